package dev.saddlebag.notion;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shapes by name, read from a table of lines. A line is the name of a shape, then its keys. An indented line is a type of
 * the shape above it, then the keys below the key of that name.
 *
 * <pre>
 * {@code key}         a key whose value is not looked into
 * {@code key=shape}   a key whose value, or whose entries at any depth of lists, have a shape
 * {@code type:a|b}    the key type, with types that have no line of their own
 * {@code *}           any key, and {@code *=shape} any key with a value of that shape
 * {@code =shape}      alone on an indented line: the value has that shape
 * </pre>
 */
final class Shapes {
    private final Map<String, Shape> byName = new HashMap<>();

    /** @throws IllegalArgumentException when a line names a shape that has no line */
    Shapes(String table) {
        Map<String, List<String>> lines = lines(table);
        lines.forEach((name, words) -> byName.put(name, shape(name, words, lines)));
        byName.values().forEach(this::check);
    }

    /** @throws IllegalArgumentException when there is none of that name */
    Shape named(String name) {
        Shape shape = byName.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("There is no shape named " + name + ".");
        }
        return shape;
    }

    private static Map<String, List<String>> lines(String table) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        String above = "";
        for (String line : table.lines().filter(text -> !text.isBlank()).toList()) {
            List<String> words = List.of(line.strip().split(" +"));
            boolean type = line.startsWith(" ");
            String name = type ? above + "." + words.get(0) : words.get(0);
            above = type ? above : name;
            if (lines.put(name, words.subList(1, words.size())) != null) {
                throw new IllegalArgumentException("There are two shapes named " + name + ".");
            }
        }
        return lines;
    }

    private static Shape shape(String name, List<String> words, Map<String, List<String>> lines) {
        Map<String, String> keys = new HashMap<>();
        Set<String> types = new HashSet<>();
        for (String word : words) {
            if (word.startsWith("type:")) {
                types.addAll(List.of(word.substring("type:".length()).split("\\|")));
                keys.put("type", Shape.NOT_LOOKED_INTO);
            } else {
                int equals = word.indexOf('=');
                keys.put(
                        equals < 0 ? word : word.substring(0, equals),
                        equals < 0 ? Shape.NOT_LOOKED_INTO : word.substring(equals + 1));
            }
        }
        Map<String, String> payloads = new HashMap<>();
        lines.forEach((other, itsWords) -> {
            if (other.startsWith(name + ".")) {
                boolean elsewhere = itsWords.size() == 1 && itsWords.get(0).startsWith("=");
                payloads.put(
                        other.substring(name.length() + 1),
                        elsewhere ? itsWords.get(0).substring(1) : other);
            }
        });
        types.addAll(payloads.keySet());
        return new Shape(name, Map.copyOf(keys), Set.copyOf(types), Map.copyOf(payloads));
    }

    private void check(Shape shape) {
        shape.keys().values().stream()
                .filter(below -> !below.equals(Shape.NOT_LOOKED_INTO))
                .forEach(this::named);
        shape.payloads().values().forEach(this::named);
    }
}
