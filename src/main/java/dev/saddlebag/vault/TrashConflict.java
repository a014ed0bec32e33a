package dev.saddlebag.vault;

import java.io.IOException;

/** Thrown when a file that a snapshot needs is announced for deletion (facts/vault-study.md §4.5 step 3.2). */
final class TrashConflict extends IOException {
    private static final long serialVersionUID = 1L;

    TrashConflict(String message) {
        super(message);
    }
}
