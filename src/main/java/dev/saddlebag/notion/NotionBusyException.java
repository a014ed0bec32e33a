package dev.saddlebag.notion;

/** A conflict or a fault at Notion's end: the same request may succeed later. */
public final class NotionBusyException extends NotionException {
    private static final long serialVersionUID = 1;

    NotionBusyException(String message, int status) {
        super(message, status);
    }
}
