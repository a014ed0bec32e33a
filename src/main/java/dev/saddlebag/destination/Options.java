package dev.saddlebag.destination;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.StringHelper;

/** The options of a destination, as its Kamelet hands them on: text, and empty where nothing was set. */
final class Options {
    private final Map<String, Object> given;

    /** @param given the options by their names in camel case, which is what Camel makes of them */
    Options(Map<String, Object> given) {
        this.given = new HashMap<>(given);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(StringHelper.dashToCamelCase(name)))
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    /** @throws IllegalArgumentException when it was not set */
    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("the option " + name + " is missing"));
    }

    /** @throws IllegalArgumentException when it is less than {@code least} or no whole number */
    int number(String name, int least, int unset) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return unset;
        }
        try {
            int number = Integer.parseInt(text.get().trim());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "the option " + name + " must be a whole number from " + least + " on, but is \"" + text.get() + "\"");
    }

    /** How long a server may be silent. */
    Duration timeout() {
        return Duration.ofSeconds(number("timeout", 1, 60));
    }

    boolean flag(String name, boolean unset) {
        return text(name).map(Boolean::parseBoolean).orElse(unset);
    }
}
