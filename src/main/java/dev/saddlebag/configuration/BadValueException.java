package dev.saddlebag.configuration;

/** A value that a setting cannot have; the message goes on from the setting's name. */
final class BadValueException extends Exception {
    BadValueException(String message) {
        super(message);
    }
}
