package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Mistake;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A YAML file as a tree whose nodes remember their lines.
 *
 * @param name the file, as mistakes name it
 * @param text what it holds
 * @param content its tree
 * @param lines the line of each node; of a value in a mapping, the line of its key
 * @param starts the line on which each node itself begins
 */
record CheckedFile(
        String name, String text, JsonNode content, Map<JsonPointer, Integer> lines, Map<JsonPointer, Integer> starts) {

    boolean isKamelet() {
        return name.endsWith(".kamelet.yaml");
    }

    /** The line of a node, or of the nearest one around it. */
    int line(JsonPointer pointer) {
        for (JsonPointer at = pointer; at != null; at = at.head()) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    Mistake mistake(JsonPointer pointer, String sentence) {
        return new Mistake(name, line(pointer), routeId(pointer), sentence);
    }

    /** The id of the route (or the name of the Kamelet) that a node belongs to, or nothing. */
    String routeId(JsonPointer pointer) {
        if (isKamelet()) {
            return content.at("/metadata/name").asText();
        }
        JsonNode item = content.at(top(pointer));
        return item.elements().hasNext() ? item.elements().next().path("id").asText() : "";
    }

    /** The entry of the file to which a node belongs. */
    static JsonPointer top(JsonPointer pointer) {
        JsonPointer at = pointer;
        while (at.head() != null && at.head().head() != null) {
            at = at.head();
        }
        return at;
    }

    /** The line from {@code first} on, and before the entry of the file ends, on which {@code word} stands. */
    Optional<Integer> lineOf(String word, int first) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return lineOf(first, pointer -> word.equals(CheckTree.name(pointer)))
                .or(() -> lineOf(first, pointer -> content.at(pointer).asText().contains(word)));
    }

    private Optional<Integer> lineOf(int first, Predicate<JsonPointer> wanted) {
        int end = entryLines().stream().filter(line -> line > first).findFirst().orElse(Integer.MAX_VALUE);
        return lines.entrySet().stream()
                .filter(entry -> entry.getValue() >= first && entry.getValue() < end)
                .filter(entry -> wanted.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .min(Integer::compare);
    }

    /**
     * The line of a step to which Camel gives the number {@code counted}: that of its text, or the one before that on
     * which its options begin.
     */
    Optional<Integer> lineOfStep(String step, int counted) {
        return lines.entrySet().stream()
                .filter(entry -> step.equals(CheckTree.name(entry.getKey())))
                .filter(entry ->
                        starts.get(entry.getKey()) - (content.at(entry.getKey()).isObject() ? 1 : 0) == counted)
                .map(Map.Entry::getValue)
                .min(Integer::compare);
    }

    /** The text of one entry, with empty lines in place of all others, so that Camel counts the same lines. */
    String textOf(int... indexes) {
        NavigableSet<Integer> starts = entryLines();
        String[] all = text.split("\r\n|\r|\n", -1);
        var kept = new String[all.length];
        Arrays.fill(kept, "");
        for (int index : indexes) {
            int first = line(JsonPointer.compile("/" + index));
            Integer next = starts.higher(first);
            int end = next == null ? all.length : next - 1;
            System.arraycopy(all, first - 1, kept, first - 1, end - first + 1);
        }
        return String.join("\n", kept);
    }

    /** Whether a line belongs to an entry. */
    boolean contains(int index, int line) {
        int first = line(JsonPointer.empty().appendIndex(index));
        Integer next = entryLines().higher(first);
        return line >= first && (next == null || line < next);
    }

    private NavigableSet<Integer> entryLines() {
        var starts = new TreeSet<Integer>();
        for (int i = 0; !isKamelet() && i < content.size(); i++) {
            starts.add(line(JsonPointer.compile("/" + i)));
        }
        return starts;
    }
}
