package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers by request, and the steps of the route {@code collect-object} around them. */
final class TinyNotion {
    /** Whatever is read here is read at this time. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T02:10:00Z"), ZoneOffset.UTC);

    private final Map<String, ObjectNode> answers = new HashMap<>();
    private final Map<String, Exception> refusals = new HashMap<>();
    private final Map<String, Exception> failures = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** Sets the answer to a request, which is written as {@link NotionRequest#toString} writes it. */
    TinyNotion answer(String request, ObjectNode answer) {
        answers.put(request, answer);
        return this;
    }

    /** Makes a request fail for good. */
    TinyNotion refuse(String request, Exception cause) {
        refusals.put(request, cause);
        return this;
    }

    /** Makes a request fail for the first time, with something that is worth another try. */
    TinyNotion failOnce(String request, Exception cause) {
        failures.put(request, cause);
        return this;
    }

    /** Every request so far. */
    List<String> asked() {
        return asked;
    }

    /** Collects one object: whatever has no answer is an empty list. */
    Draft collect(Run run, Frontier frontier, ObjectRef ref) throws Exception {
        var objects = new Objects(CLOCK);
        Draft draft = objects.open(run, frontier, ref);
        while (draft.unfinished()) {
            read(draft.nextReading());
        }
        objects.putInOrder(draft);
        objects.store(run, frontier, draft);
        return draft;
    }

    /** Collects whatever the frontier hands out, to its end; gives what that was, in this order. */
    List<ObjectRef> walk(Run run, Frontier frontier) throws Exception {
        List<ObjectRef> met = new ArrayList<>();
        for (ObjectRef next = frontier.next(); next != null; next = frontier.next()) {
            met.add(next);
            collect(run, frontier, next);
            frontier.done(next);
        }
        return met;
    }

    /** Reads to the end, or to the first refusal. */
    void read(Reading reading) throws Exception {
        while (reading.isOpen()) {
            String request = reading.request().toString();
            asked.add(request);
            if (failures.containsKey(request)) {
                reading.prepareForNextAttempt(failures.remove(request));
            } else if (refusals.containsKey(request)) {
                new Gaps().ofReading(reading, refusals.get(request));
            } else {
                reading.accept(answers.getOrDefault(request, emptyList()).deepCopy());
            }
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
