package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers by request, and the steps of the route {@code collect-object} around them. */
final class TinyNotion {
    private final Map<String, ObjectNode> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** Sets the answer to a request, which is written as {@link NotionRequest#toString} writes it. */
    TinyNotion answer(String request, ObjectNode answer) {
        answers.put(request, answer);
        return this;
    }

    /** Every request so far. */
    List<String> asked() {
        return asked;
    }

    /** Collects one object: whatever has no answer is an empty list. */
    Draft collect(Run run, Frontier frontier, ObjectRef ref) throws Exception {
        var objects = new Objects();
        Draft draft = objects.open(run, frontier, ref);
        while (draft.unfinished()) {
            read(draft.nextReading());
        }
        objects.store(run, draft);
        return draft;
    }

    /** Reads to the end. */
    void read(Reading reading) throws Exception {
        while (reading.isOpen()) {
            String request = reading.request().toString();
            asked.add(request);
            reading.accept(answers.getOrDefault(request, emptyList()));
        }
    }

    static ObjectNode emptyList() {
        ObjectNode list = Json.MAPPER.createObjectNode().put("object", "list");
        list.putArray("results");
        return list.put("has_more", false);
    }

    /** What the snapshot holds of the object. */
    static ObjectNode stored(Run run, ObjectRef ref) throws Exception {
        var file = run.staging().tree().resolve(ref.kind().path(ref.id()));
        return (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file));
    }
}
