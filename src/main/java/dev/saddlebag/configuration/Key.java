package dev.saddlebag.configuration;

/**
 * A setting of Saddlebag, or a family of them that differ in a name.
 *
 * @param pattern the key, with {@code <name>} where the name of a workspace or destination goes
 * @param meaning what it sets, in one sentence
 * @param defaultValue the value when it is not given; empty when there is none
 * @param secret whether its value must never be shown
 * @param example a value that would be accepted
 * @param type how a value is read and judged
 */
public record Key<T>(
        String pattern, String meaning, String defaultValue, boolean secret, String example, ValueType<T> type) {

    /** Turns the text of a setting into its value. */
    @FunctionalInterface
    interface ValueType<T> {
        T parse(String text) throws BadValueException;
    }

    /** The key with {@code name} in its place. */
    public String of(String name) {
        return pattern.replace(NAME, name);
    }

    boolean hasDefault() {
        return !defaultValue.isEmpty();
    }

    static final String NAME = "<name>";
}
