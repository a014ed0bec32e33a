package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something that a snapshot does not hold, and why.
 *
 * @param object what it is: {@code page}, {@code block}, {@code file} …
 * @param id the id of the object, or the address of the file without its query
 * @param reason why it is missing
 * @param explanation a sentence for people: what was asked for and what the answer was
 */
public record Gap(String object, String id, Reason reason, String explanation) implements Comparable<Gap> {
    private static final Comparator<Gap> ORDER = Comparator.comparing(Gap::object)
            .thenComparing(Gap::id)
            .thenComparing(Gap::reason)
            .thenComparing(Gap::explanation);

    /** Why something is missing. */
    public enum Reason {
        /** Absent, or not shared with the connection: the API does not tell which (facts/notion-api.md §2.0). */
        NOT_SHARED,
        /** Notion has no way to give it out through the API (facts/notion-api.md §2.2). */
        UNSUPPORTED,
        /** A view of a database that lives elsewhere; the database itself is collected there. */
        LINKED_VIEW,
        /** The connection lacks the capability that Notion asks for (facts/notion-api.md §2.0). */
        NOT_PERMITTED,
        /** It lies outside Notion, and its host does not give it out. */
        UNREACHABLE,
        /** It should have been collected, and was not. */
        FAILED;

        /** The reason as machines read it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it makes the run partial; what is withheld is named and is no fault of the run. */
        public boolean isFault() {
            return this == FAILED;
        }
    }

    @Override
    public int compareTo(Gap other) {
        return ORDER.compare(this, other);
    }
}
