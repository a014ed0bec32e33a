package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when a prune does not trust what it sees; nothing more is deleted then. */
public final class PruneRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    PruneRefusedException(String message) {
        super(message);
    }

    PruneRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
