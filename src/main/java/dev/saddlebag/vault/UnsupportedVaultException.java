package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when a vault or a snapshot is of a kind that this version cannot read, or belongs to another vault. */
public final class UnsupportedVaultException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsupportedVaultException(String message) {
        super(message);
    }
}
