package dev.saddlebag.export;

/** Notion, or a rule of safety of ours, says no to what was asked; asking again changes nothing. */
public final class ExportRefusedException extends ExportException {
    private static final long serialVersionUID = 1;

    ExportRefusedException(String message) {
        super(message);
    }

    @Override
    boolean canGoOn() {
        return false;
    }
}
