package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Staging;
import java.io.IOException;

/** Takes the pages and data sources that search and queries show in full: no further request is spent on them. */
record Listings(Staging staging, Frontier frontier) {

    void takeObjects(ObjectNode answer) throws IOException {
        for (JsonNode object : answer.path("results")) {
            if (object.path("object").asText().equals(Kind.DATA_SOURCE.word())) {
                take(new ObjectRef(Kind.DATA_SOURCE, object.path("id").asText()), (ObjectNode) object);
            } else {
                take(new ObjectRef(Kind.PAGE, object.path("id").asText()), (ObjectNode) object);
            }
        }
    }

    private void take(ObjectRef ref, ObjectNode object) throws IOException {
        // Without its properties an object is a partial one, which the API gives where access is limited.
        boolean whole = object.has("properties");
        if (frontier.knows(ref)) {
            return;
        }
        // It must lie there before another thread can come upon it.
        if (whole) {
            staging.keepSeen(ref, object);
        }
        frontier.add(ref);
    }
}
