package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** Walks through the tree of a file. */
final class CheckTree {
    private CheckTree() {}

    /** Shows {@code visitor} every node below {@code from}, and {@code from} itself, in the order of the file. */
    static void walk(JsonNode node, JsonPointer from, BiConsumer<JsonPointer, JsonNode> visitor) {
        visitor.accept(from, node);
        if (node.isObject()) {
            node.properties().forEach(field -> walk(field.getValue(), from.appendProperty(field.getKey()), visitor));
        } else {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), from.appendIndex(i), visitor);
            }
        }
    }

    /** The name under which a node stands, or nothing for an entry of a list. */
    static String name(JsonPointer pointer) {
        JsonPointer last = pointer.last();
        return last == null || last.getMatchingIndex() >= 0 ? "" : last.getMatchingProperty();
    }

    /** The name of the node around a node. */
    static String parentName(JsonPointer pointer) {
        return pointer.head() == null ? "" : name(pointer.head());
    }
}
