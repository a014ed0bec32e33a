package dev.saddlebag.routes;

/** A run that was asked for cannot begin; nothing was touched. */
public final class RunRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RunRefusedException(String message) {
        super(message);
    }
}
