package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when a stored file is missing, unreadable, or not what the signed list says; another copy may do. */
final class CannotFetch extends IOException {
    private static final long serialVersionUID = 1L;

    CannotFetch(String message, Throwable cause) {
        super(message, cause);
    }
}
