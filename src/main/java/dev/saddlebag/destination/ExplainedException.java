package dev.saddlebag.destination;

import java.io.IOException;

/** A failure that is said in a sentence already; what a library puts around it on the way says nothing more. */
final class ExplainedException extends IOException {
    ExplainedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
