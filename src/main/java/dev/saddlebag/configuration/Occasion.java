package dev.saddlebag.configuration;

/** Which reports a channel is to bring. */
public enum Occasion {
    /** Whatever asks for a look: held, partial, failed, refused and undelivered runs, stale workspaces, and their recovery. */
    PROBLEMS,
    /** Those, and each snapshot that is complete. */
    ALL
}
