package dev.saddlebag.configuration;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All settings in force: the file's, overridden by the environment's, overridden by the command line's. */
final class Entries {
    private final Map<String, Entry> fromFile;
    private final Map<String, String> environment;
    private final Map<String, String> overrides;

    Entries(Collection<Entry> fromFile, Map<String, String> environment, Map<String, String> overrides) {
        this.fromFile = new LinkedHashMap<>();
        fromFile.forEach(entry -> this.fromFile.put(entry.key(), entry));
        this.environment = Map.copyOf(environment);
        this.overrides = new LinkedHashMap<>(overrides);
    }

    Optional<Entry> find(String key) {
        return Optional.ofNullable(overrides.get(key))
                .map(text -> new Entry(key, text, "-D", 0))
                .or(() -> fromEnvironment(key))
                .or(() -> Optional.ofNullable(fromFile.get(key)));
    }

    private Optional<Entry> fromEnvironment(String key) {
        return EnvironmentNames.of(key).stream()
                .filter(environment::containsKey)
                .findFirst()
                .map(name -> new Entry(key, environment.get(name), "environment " + name, 0));
    }

    /** The settings that the file and the command line name, in that order, each once. */
    Collection<Entry> named() {
        var named = new LinkedHashMap<>(fromFile);
        overrides.forEach((key, text) -> named.put(key, new Entry(key, text, "-D", 0)));
        return named.values();
    }

    Map<String, String> environment() {
        return environment;
    }
}
