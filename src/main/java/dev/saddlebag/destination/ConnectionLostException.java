package dev.saddlebag.destination;

import java.io.IOException;

/** The connection to a server is what failed, and may serve again when it is made anew. */
final class ConnectionLostException extends IOException {
    ConnectionLostException(String sentence, Exception cause) {
        super(sentence, cause);
    }
}
