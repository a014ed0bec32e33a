package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Drift;
import dev.saddlebag.snapshot.Kind;
import java.util.ArrayList;
import java.util.List;

/** Names what this version does not know of the content of an object; all of it is kept all the same. */
final class Unknown {
    private Unknown() {}

    static List<String> in(ObjectNode content) {
        List<String> unknown = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            JsonNode object = content.path(kind.word());
            if (object.isObject()) {
                unknown.addAll(Drift.in(kind.word(), object));
            }
        }
        content.path("blocks").forEach(block -> unknown.addAll(Drift.in("block", block)));
        content.path("comments").forEach(comment -> unknown.addAll(Drift.in("comment", comment)));
        return unknown;
    }
}
