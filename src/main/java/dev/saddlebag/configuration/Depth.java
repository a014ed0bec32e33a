package dev.saddlebag.configuration;

import java.util.Locale;

/** How much a run reads again. */
public enum Depth {
    /** Everything. */
    SWEEP,
    /** What search, filtered queries and the walk of changed pages do not show untouched. */
    CHANGED,
    /** What search alone shows changed. */
    QUICK;

    /** The depth as people and machines read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The depth that is called so, in letters of any case.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Depth of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
