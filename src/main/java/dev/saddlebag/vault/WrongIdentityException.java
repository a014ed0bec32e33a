package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when something is encrypted and none of the identities at hand opens it; nothing need be wrong with it. */
public final class WrongIdentityException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongIdentityException(String message) {
        super(message);
    }

    WrongIdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
