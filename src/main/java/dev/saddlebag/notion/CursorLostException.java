package dev.saddlebag.notion;

/** Notion no longer knows where a list goes on; it must be begun again (facts/notion-api.md §7). */
public final class CursorLostException extends NotionException {
    private static final long serialVersionUID = 1;

    CursorLostException(String message, int status) {
        super(message, status);
    }
}
