package dev.saddlebag.collect;

/** Notion does not give a list to its end (facts/notion-api.md §2.5). */
public final class ListCutOffException extends Exception {
    private static final long serialVersionUID = 1;

    ListCutOffException(String message) {
        super(message);
    }
}
