package dev.saddlebag.export;

/** Notion began an export and did not bring it to an end. */
public final class ExportFailedException extends ExportException {
    private static final long serialVersionUID = 1;

    ExportFailedException(String message) {
        super(message);
    }

    @Override
    boolean canGoOn() {
        return false;
    }
}
