package dev.saddlebag.notion;

/** The object is absent or not shared with the connection; the API does not tell which (facts/notion-api.md §2.0). */
public final class ObjectNotVisibleException extends NotionException {
    private static final long serialVersionUID = 1;

    ObjectNotVisibleException(String message, int status) {
        super(message, status);
    }
}
