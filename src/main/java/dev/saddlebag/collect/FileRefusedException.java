package dev.saddlebag.collect;

/** The host of a file will not give it out, although its address is fresh. */
public final class FileRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    FileRefusedException(String message) {
        super(message);
    }
}
