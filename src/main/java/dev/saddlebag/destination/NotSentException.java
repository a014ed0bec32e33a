package dev.saddlebag.destination;

import java.io.IOException;

/** A message certainly did not leave: whoever sends it again sends it once. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param why a sentence without a full stop */
    public NotSentException(String why, Throwable cause) {
        super(why, cause);
    }
}
