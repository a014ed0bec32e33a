package dev.saddlebag.doctor;

/** How good a finding is. */
public enum Level {
    OK,
    /** Backups are made, but something about them is not as it should be. */
    WARNING,
    /** Backups are not made, or do not get where they should. */
    FAILED
}
