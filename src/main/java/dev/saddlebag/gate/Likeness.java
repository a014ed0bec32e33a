package dev.saddlebag.gate;

import dev.saddlebag.configuration.Source;

/** How much of a snapshot can be compared with the last accepted one, by where both came from. */
enum Likeness {
    /** Everything. */
    ALIKE,
    /**
     * Exports of the same workspace, one in Markdown and one in HTML, or one of which nobody knows: what is there, and not
     * what is in it, for Notion writes each page differently in each.
     */
    OTHER_FORMAT,
    /** An export holds what its member sees, the API what is shared with the connection: less of one is no loss. */
    OTHER_SOURCE;

    /** That of a snapshot of {@code source}, in {@code format} if it is an export, after {@code baseline}. */
    static Likeness of(Baseline baseline, Source source, String format) {
        if (baseline.source() != source) {
            return OTHER_SOURCE;
        }
        // Counts are the same in every format.
        boolean isSameFormat =
                source == Source.API || !baseline.items() || (format != null && format.equals(baseline.format()));
        return isSameFormat ? ALIKE : OTHER_FORMAT;
    }

    /** Whether what is fewer is a loss. */
    boolean isSameSource() {
        return this != OTHER_SOURCE;
    }
}
