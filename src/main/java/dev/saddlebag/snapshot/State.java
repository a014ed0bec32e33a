package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of an object that a run met. Each ends in exactly one of these. */
public enum State {
    /** Read in this run, and in the snapshot. */
    COLLECTED,
    /** Untouched since an earlier run read it, as far as the depth of the run can tell, and in the snapshot. */
    CARRIED_OVER,
    /** Absent, or not shared with the connection: the API does not tell which (facts/notion-api.md §2.0). */
    NOT_SHARED,
    /** In Notion's trash. */
    TRASHED,
    /** Notion has no way to give it out through the API. */
    UNSUPPORTED,
    /** A view of a database that lives elsewhere; the database itself is collected there. */
    LINKED_VIEW,
    /** It should have been collected, and was not. */
    FAILED;

    /** The state as machines read it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the snapshot holds an object in this state. */
    public boolean isHeld() {
        return this == COLLECTED || this == CARRIED_OVER;
    }

    /** Whether the object is no longer there to be read. */
    public boolean isGone() {
        return this == TRASHED || this == NOT_SHARED;
    }
}
