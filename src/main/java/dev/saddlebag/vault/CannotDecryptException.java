package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when encrypted content is cut off, altered, or no encrypted content at all. */
public final class CannotDecryptException extends IOException {
    private static final long serialVersionUID = 1L;

    CannotDecryptException(String message, Throwable cause) {
        super(message, cause);
    }
}
