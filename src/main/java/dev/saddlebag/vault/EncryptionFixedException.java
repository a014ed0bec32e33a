package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when a vault that was made with encryption shall go on without, or the other way; nothing was changed. */
public final class EncryptionFixedException extends IOException {
    private static final long serialVersionUID = 1L;

    EncryptionFixedException(String message) {
        super(message);
    }
}
