package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an object of Notion has that this version of Saddlebag does not know. Notion adds types and keys without a new
 * version of its API (facts/notion-api.md §0 fact 10, §1); they are kept as they come, and this is how they come to be
 * counted.
 */
public final class Drift {
    private record Step(Shape shape, JsonNode value) {}

    private final Deque<Step> open = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();

    private Drift() {}

    /**
     * Names what {@link Vocabulary} does not know in one object: types such as {@code block type drive} or {@code schema
     * type button2}, and keys with the place where they stand, such as {@code key page.new_key}, {@code key
     * block.paragraph.new_key} or {@code key rich_text.text.new_key}. What occurs twice is named twice. The names are
     * sorted; they hold words of Notion only, nothing that people wrote.
     *
     * <p>Below a key that is not known, and in the payload of a type that is not known, nothing more is named. Values
     * without a fixed form (configurations of views, results of formulas and rollups, mentions of links) are not looked
     * into.
     *
     * @param kind {@code page}, {@code database}, {@code data_source}, {@code view}, {@code comment}, {@code block},
     *     {@code user} or {@code custom_emoji}
     * @param object as Notion sent it or as a snapshot holds it; a block with the blocks below it as {@code children}
     * @return an unmodifiable list, empty for an object that is known throughout
     * @throws IllegalArgumentException for another kind
     */
    public static List<String> in(String kind, JsonNode object) {
        var drift = new Drift();
        drift.add(Vocabulary.kind(kind), object);
        return drift.names();
    }

    /** Steps wait in a queue of their own: a block tree can be deeper than the stack of a thread. */
    private List<String> names() {
        for (Step step = open.poll(); step != null; step = open.poll()) {
            if (step.value().isArray()) {
                for (JsonNode entry : step.value()) {
                    add(step.shape(), entry);
                }
            } else {
                look(step.shape(), step.value());
            }
        }
        Collections.sort(found);
        return List.copyOf(found);
    }

    private void add(Shape shape, JsonNode value) {
        if (value.isContainerNode()) {
            open.add(new Step(shape, value));
        }
    }

    private void look(Shape shape, JsonNode object) {
        String type = shape.types().isEmpty() ? null : object.path("type").textValue();
        if (type != null && !shape.types().contains(type)) {
            found.add(shape.place() + " type " + type);
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Optional<String> below = shape.below(field.getKey(), type);
            if (below.isEmpty()) {
                found.add("key " + shape.place() + "." + field.getKey());
            } else if (!below.get().equals(Shape.NOT_LOOKED_INTO)) {
                add(Vocabulary.shape(below.get()), field.getValue());
            }
        }
    }
}
