package dev.saddlebag.notion;

/**
 * Notion answered, and the answer was no. The subclasses are the classes by which the routes decide what to do; the
 * message says what was asked and what Notion said to it.
 */
public abstract sealed class NotionException extends Exception
        permits RateLimitedException,
                NotionBusyException,
                CursorLostException,
                ObjectNotVisibleException,
                RequestRejectedException,
                AccessRefusedException {
    private static final long serialVersionUID = 1;

    private final int status;

    NotionException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
