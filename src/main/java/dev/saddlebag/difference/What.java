package dev.saddlebag.difference;

import java.util.Locale;

/** What became of an object from one snapshot to another. */
public enum What {
    ADDED,
    REMOVED,
    /** It stands in another page, database or block, or at the top. */
    MOVED,
    /** It has another title. */
    RENAMED,
    /** Something else that people see of it is different. */
    CHANGED,
    /** It is stored differently, and nothing that people see of it is different: it was opened and saved again, say. */
    TOUCHED;

    /** The word for it in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
