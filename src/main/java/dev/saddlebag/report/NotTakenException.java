package dev.saddlebag.report;

import java.io.IOException;
import java.time.Duration;

/** Whoever was to take a message answered that it does not. */
public final class NotTakenException extends IOException {
    private final transient Duration retryAfter;

    /** @param retryAfter for how long it asks to be left alone; zero when it does not say */
    public NotTakenException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** For how long it asks to be left alone. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
