package dev.saddlebag.notion;

/** The request itself is refused and would be refused again. */
public final class RequestRejectedException extends NotionException {
    private static final long serialVersionUID = 1;

    RequestRejectedException(String message, int status) {
        super(message, status);
    }
}
