package dev.saddlebag.snapshot;

import java.io.IOException;

/** The local disk does not take or give what a run needs: no retry and no other object will help. */
public final class StagingException extends Exception {
    private static final long serialVersionUID = 1;

    public StagingException(String what, IOException cause) {
        super(
                what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "). Is the disk of saddlebag.state-directory full or read-only?",
                cause);
    }
}
