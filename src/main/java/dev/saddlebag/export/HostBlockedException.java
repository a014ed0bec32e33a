package dev.saddlebag.export;

/** What stands before Notion does not let this machine through; the cookie may be good. */
public final class HostBlockedException extends ExportException {
    private static final long serialVersionUID = 1;

    HostBlockedException(String message) {
        super(message);
    }

    @Override
    boolean canGoOn() {
        return true;
    }
}
