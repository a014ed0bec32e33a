package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of destination or channel, as its Kamelet describes it. What concerns destinations only means nothing for channels.
 *
 * @param name the name, such as {@code folder}
 * @param kamelet the name of its Kamelet, which differs where a channel has one of that name
 * @param readable whether its Kamelet could be read; if not, its options cannot be judged
 * @param holds what its destinations hold
 * @param filesAtOnce how many files may be on their way there at the same time
 * @param elsewhere whether its destinations lie outside this building, as a rule
 * @param options what can be set, by name, in the order of the Kamelet
 */
record Kind(
        String name,
        String kamelet,
        boolean readable,
        Holds holds,
        int filesAtOnce,
        boolean elsewhere,
        Map<String, Option> options) {
    /** The format of an option that is the path of a file or folder. */
    static final String PATH = "path";

    /** The format of an option that is a path or the address of something that can be reached by ssh or http. */
    static final String PATH_OR_ADDRESS = "path-or-address";

    /** The format of an option that must never be shown. */
    static final String PASSWORD = "password";
    /**
     * One thing that can be set on a kind.
     *
     * @param required whether it must be given
     * @param type {@code string}, {@code integer}, {@code number} or {@code boolean}
     * @param format what a text stands for, such as {@link #PATH}; empty for nothing in particular
     * @param words the only values that it can have; empty for any
     * @param pattern the regular expression of its values; empty for any
     */
    record Option(boolean required, String type, String format, List<String> words, String pattern) {

        /** What is wrong with {@code value}, going on from the name of the setting. */
        Optional<String> fault(String value) {
            if (!words.isEmpty() && !words.contains(value)) {
                return Optional.of("must be one of " + String.join(", ", words) + Suggestion.hint(value, words));
            }
            if (format.equals(PATH_OR_ADDRESS) && Address.is(value)) {
                return Address.fault(value);
            }
            if (isPath()) {
                return faultOfPath(value);
            }
            if (!pattern.isEmpty() && !value.matches(pattern)) {
                // The value may be secret.
                return Optional.of("must have the form " + pattern);
            }
            return switch (type) {
                case "integer" -> value.matches("-?\\d+") ? Optional.empty() : Optional.of("must be a whole number");
                case "number" -> value.matches("-?\\d+(\\.\\d+)?") ? Optional.empty() : Optional.of("must be a number");
                case "boolean" -> value.matches("true|false") ? Optional.empty() : Optional.of("must be true or false");
                default -> Optional.empty();
            };
        }

        /** Nothing but a shell knows the sign for somebody's home: a folder of that name would be made. */
        private static Optional<String> faultOfPath(String value) {
            if (value.startsWith("~")) {
                return Optional.of(
                        "begins with ~, which stands for no home here: write {{env:HOME}} or the whole path, "
                                + "or ./~ if the name begins so");
            }
            try {
                Types.path().parse(value);
                return Optional.empty();
            } catch (BadValueException noPath) {
                return Optional.of(noPath.getMessage());
            }
        }

        /** The value as the Kamelet gets it: a path that is relative starts at {@code folder}. */
        String value(Path folder, String given) {
            return isPath() && !isAddress(given) && fault(given).isEmpty()
                    ? folder.resolve(given).normalize().toString()
                    : given;
        }

        /** Whether the value is never to be shown. */
        boolean isSecret() {
            return format.equals(PASSWORD);
        }

        private boolean isPath() {
            return format.equals(PATH) || format.equals(PATH_OR_ADDRESS);
        }

        private boolean isAddress(String value) {
            return format.equals(PATH_OR_ADDRESS) && Address.is(value);
        }
    }
}
