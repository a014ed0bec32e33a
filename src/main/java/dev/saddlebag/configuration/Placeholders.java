package dev.saddlebag.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Resolves placeholders as Camel writes them: {@code {{key}}}, {@code {{key:default}}}, {@code {{?key}}},
 * {@code {{env:NAME}}}, {@code {{env:NAME:default}}} and {@code {{sys:name}}}, also one inside the other. The functions
 * that ask a vault or a cluster, such as {@code {{aws:name}}}, are handed to a resolver.
 */
final class Placeholders {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    /** Stand for the braces of what the resolver left alone, so that it is not met again. */
    private static final String KEPT_OPEN = "\u0001";

    private static final String KEPT_CLOSE = "\u0002";

    private static final Set<String> FUNCTIONS_OF_CAMEL = Set.of(
            "aws",
            "azure",
            "gcp",
            "hashicorp",
            "ibm",
            "cyberark",
            "spring-config",
            "bean",
            "service",
            "service.name",
            "service.host",
            "service.port",
            "secret",
            "configmap",
            "secret-binary",
            "configmap-binary");

    private final Entries entries;
    private final Function<String, Optional<String>> defaults;
    private final UnaryOperator<String> functions;

    /**
     * @param entries the settings in force
     * @param defaults the defaults of our own settings
     * @param functions resolves one of Camel's functions, braces included, or gives it back as it is
     */
    Placeholders(Entries entries, Function<String, Optional<String>> defaults, UnaryOperator<String> functions) {
        this.entries = entries;
        this.defaults = defaults;
        this.functions = functions;
    }

    /** A placeholder that cannot be resolved, and the setting in which it stands. */
    static final class UnresolvedException extends Exception {
        private final transient Entry place;

        UnresolvedException(Entry place, String message) {
            super(message);
            this.place = place;
        }

        Mistake mistake() {
            return place.mistake(getMessage());
        }
    }

    /** The value of a setting; empty when it is one optional placeholder that is not set. */
    Optional<String> resolve(Entry entry) throws UnresolvedException {
        return resolve(entry, List.of(entry.key()))
                .map(text -> text.replace(KEPT_OPEN, OPEN).replace(KEPT_CLOSE, CLOSE));
    }

    /** Whether a resolved text still has a function in it that only Camel can resolve. */
    static boolean isDeferred(String text) {
        return text.contains(OPEN);
    }

    private Optional<String> resolve(Entry entry, List<String> path) throws UnresolvedException {
        String text = entry.text();
        int close = text.indexOf(CLOSE);
        while (close >= 0) {
            int open = text.lastIndexOf(OPEN, close - 1);
            if (open < 0) {
                throw new UnresolvedException(entry, entry.key() + " has }} without {{ before it");
            }
            Optional<String> value = lookUp(text.substring(open + OPEN.length(), close), entry, path);
            String before = text.substring(0, open);
            String after = text.substring(close + CLOSE.length());
            if (value.isEmpty() && before.isEmpty() && after.isEmpty()) {
                return Optional.empty();
            }
            text = before + value.orElse("") + after;
            close = text.indexOf(CLOSE);
        }
        if (text.contains(OPEN)) {
            throw new UnresolvedException(entry, entry.key() + " has {{ without }} after it");
        }
        return Optional.of(text);
    }

    private Optional<String> lookUp(String written, Entry place, List<String> path) throws UnresolvedException {
        boolean optional = written.startsWith("?");
        String reference = optional ? written.substring(1) : written;
        int colon = reference.indexOf(':');
        String function = colon < 0 ? "" : reference.substring(0, colon);
        if (FUNCTIONS_OF_CAMEL.contains(function)) {
            return Optional.of(functions
                    .apply(OPEN + written + CLOSE)
                    .replace(OPEN, KEPT_OPEN)
                    .replace(CLOSE, KEPT_CLOSE));
        }
        Optional<String> value = switch (function) {
            case "env" -> byName(reference.substring(colon + 1), this::environmentVariable);
            case "sys" -> byName(reference.substring(colon + 1), name -> Optional.ofNullable(System.getProperty(name)));
            default -> setting(reference, path);
        };
        if (value.isEmpty() && !optional) {
            throw new UnresolvedException(place, missing(place, function, reference.substring(colon + 1), reference));
        }
        return value;
    }

    private static Optional<String> byName(String written, Function<String, Optional<String>> source) {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : written.substring(0, colon);
        return source.apply(name).or(() -> colon < 0 ? Optional.empty() : Optional.of(written.substring(colon + 1)));
    }

    private Optional<String> environmentVariable(String name) {
        return Optional.ofNullable(entries.environment().get(name))
                .or(() -> EnvironmentNames.of(name).stream()
                        .filter(entries.environment()::containsKey)
                        .findFirst()
                        .map(entries.environment()::get));
    }

    private Optional<String> setting(String reference, List<String> path) throws UnresolvedException {
        int colon = reference.indexOf(':');
        String key = colon < 0 ? reference : reference.substring(0, colon);
        Optional<Entry> entry = entries.find(key);
        if (entry.isPresent()) {
            if (path.contains(key)) {
                throw new UnresolvedException(
                        entry.get(), key + " refers to itself: " + String.join(" -> ", path) + " -> " + key);
            }
            var longer = new ArrayList<>(path);
            longer.add(key);
            return resolve(entry.get(), longer);
        }
        return defaults.apply(key).or(() -> colon < 0 ? Optional.empty() : Optional.of(reference.substring(colon + 1)));
    }

    private String missing(Entry place, String function, String name, String reference) {
        return switch (function) {
            case "env" ->
                place.key() + " needs the environment variable " + name + ", which is not set"
                        + Suggestion.hint(name, environmentNames());
            case "sys" -> place.key() + " needs the system property " + name + ", which is not set";
            default -> {
                var known = new TreeSet<String>();
                entries.named().forEach(entry -> known.add(entry.key()));
                yield place.key() + " refers to {{" + reference + "}}, which is not set"
                        + Suggestion.hint(reference, known);
            }
        };
    }

    private Set<String> environmentNames() {
        return entries.environment().keySet();
    }
}
