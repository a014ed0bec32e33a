package dev.saddlebag.export;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A host of Notion's cannot answer just now, or wants to be asked less often. */
final class ExportBusyException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final Duration pause;

    ExportBusyException(String message, int status, Optional<Duration> pause) {
        super(message);
        this.status = status;
        this.pause = pause.orElse(Duration.ZERO);
    }

    /** Whether what was asked for may have been done all the same. */
    boolean leavesDoubt() {
        return status != 429;
    }

    /** How long it wants to be left alone; zero when it does not say. */
    Duration pause() {
        return pause;
    }
}
