package dev.saddlebag.configuration;

/**
 * A token, cookie or password. It prints as {@code (secret)}, so that it reaches no log by accident.
 *
 * @param reveal the secret itself, for the one place that sends it
 */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
