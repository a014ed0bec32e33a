package dev.saddlebag.notion;

/**
 * Notion orders to wait, because of too many requests or an overload. It is no fault: the connection pauses for as long
 * as Notion says, and then the same request succeeds. The message says whose limit is reached.
 */
public final class RateLimitedException extends NotionException {
    private static final long serialVersionUID = 1;

    RateLimitedException(String message, int status) {
        super(message, status);
    }
}
