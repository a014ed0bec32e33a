package dev.saddlebag.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run can end, with the exit code of the command line for it. */
public enum Outcome {
    /** The snapshot lacks nothing but what Notion withholds, and every destination has it. */
    COMPLETE(0),
    /** A quick run found nothing new: the last snapshot stands. */
    UNCHANGED(0),
    /** The run failed; the last good snapshot is still the newest. */
    FAILED(1),
    /** The snapshot is kept and delivered, but something that should be in it could not be collected. */
    PARTIAL(3),
    /** The gate holds the snapshot back. */
    HELD(4),
    /** The snapshot is accepted, but not every destination has it. */
    UNDELIVERED(5),
    /** Notion refuses the credentials. */
    REFUSED(6);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The outcome as machines read it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
