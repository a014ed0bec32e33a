package dev.saddlebag.configuration;

/** How much a run reads again. */
public enum Depth {
    /** Everything. */
    SWEEP,
    /** What search, filtered queries and the walk of changed pages do not show untouched. */
    CHANGED,
    /** What search alone shows changed. */
    QUICK
}
