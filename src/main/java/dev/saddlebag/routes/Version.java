package dev.saddlebag.routes;

import java.util.Optional;

/** Which Saddlebag this is. */
public final class Version {
    /** The version of the jar, or {@code development} when it runs from the compiler's output. */
    public static final String NUMBER = Optional.ofNullable(
                    Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    /** The name that snapshots carry. */
    public static final String NAME = "saddlebag " + NUMBER;

    private Version() {}
}
