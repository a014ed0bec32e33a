package dev.saddlebag.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The kinds of destinations or channels: one for each Kamelet in {@code routes/destinations} or {@code routes/channels}. */
final class Kinds {
    private static final String SUFFIX = ".kamelet.yaml";

    private Kinds() {}

    /** The kinds by name. What is wrong inside a Kamelet is for the check of routes to say. */
    static Map<String, Kind> in(Path directory) {
        var kinds = new TreeMap<String, Kind>();
        if (!Files.isDirectory(directory)) {
            return kinds;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Kinds::isKamelet).toList()) {
                Kind kind = read(file);
                kinds.put(kind.name(), kind);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder " + directory, e);
        }
        return kinds;
    }

    private static boolean isKamelet(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    private static Kind read(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        try {
            Object kamelet = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            Map<?, ?> definition = map(map(map(kamelet).get("spec")).get("definition"));
            List<?> required = definition.get("required") instanceof List<?> list ? list : List.of();
            var options = new LinkedHashMap<String, Kind.Option>();
            map(definition.get("properties"))
                    .forEach((key, value) -> options.put(
                            String.valueOf(key), option(String.valueOf(key), map(value), required.contains(key))));
            Map<?, ?> labels = map(map(map(kamelet).get("metadata")).get("labels"));
            return new Kind(
                    labels.get("saddlebag.dev/kind") instanceof String kind ? kind : name,
                    name,
                    !definition.isEmpty(),
                    holds(labels),
                    filesAtOnce(labels),
                    elsewhere(labels),
                    options);
        } catch (YamlEngineException e) {
            return new Kind(name, name, false, Holds.VAULT, 1, false, Map.of());
        }
    }

    private static Holds holds(Map<?, ?> labels) {
        return switch (String.valueOf(labels.get("saddlebag.dev/holds"))) {
            case "tree" -> Holds.TREE;
            case "message" -> Holds.MESSAGE;
            default -> Holds.VAULT;
        };
    }

    /** One, where the kind does not say that it bears more: many of Camel's components do not. */
    private static int filesAtOnce(Map<?, ?> labels) {
        String text = String.valueOf(labels.get("saddlebag.dev/files-at-once"));
        return text.matches("[1-9]\\d?") ? Integer.parseInt(text) : 1;
    }

    private static boolean elsewhere(Map<?, ?> labels) {
        return "true".equals(String.valueOf(labels.get("saddlebag.dev/elsewhere")));
    }

    private static Kind.Option option(String name, Map<?, ?> property, boolean required) {
        String type = property.get("type") instanceof String text ? text : "string";
        String format =
                property.get("format") instanceof String text ? text : name.equals("directory") ? Kind.PATH : "";
        List<String> words = property.get("enum") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        String pattern = property.get("pattern") instanceof String text ? text : "";
        return new Kind.Option(required && !property.containsKey("default"), type, format, words, pattern);
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
