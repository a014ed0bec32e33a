package dev.saddlebag.export;

/**
 * An export did not come about. The subclasses are the classes by which the routes and the report decide; the message says
 * what happened, what is safe and what to do, without cookies and without the query of a signed address.
 */
public abstract sealed class ExportException extends Exception
        permits CookieRefusedException, HostBlockedException, ExportRefusedException, ExportFailedException {
    private static final long serialVersionUID = 1;

    ExportException(String message) {
        super(message);
    }

    /** Whether a later run should go on where this one was; otherwise it begins afresh. */
    abstract boolean canGoOn();
}
