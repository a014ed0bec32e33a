package dev.saddlebag.destination;

import java.io.IOException;

/** A mirror of ours that cannot be read. */
final class DamagedMirrorException extends IOException {
    DamagedMirrorException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
