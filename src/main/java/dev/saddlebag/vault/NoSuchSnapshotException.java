package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when nothing, or more than one thing, answers to what a person called a snapshot. */
public final class NoSuchSnapshotException extends IOException {
    private static final long serialVersionUID = 1L;

    NoSuchSnapshotException(String message) {
        super(message);
    }
}
