package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Records as the web application gets them: each in one envelope, or since 2026 in two (facts/notion-export.md §1.6). */
final class RecordMap {
    private static final int MOST_ENVELOPES = 4;

    private RecordMap() {}

    /** The records of a table, out of their envelopes, in the order of the map, which means nothing. */
    static List<JsonNode> records(JsonNode table) {
        List<JsonNode> records = new ArrayList<>();
        table.forEach(envelope -> records.add(unwrap(envelope)));
        return records;
    }

    static JsonNode unwrap(JsonNode envelope) {
        JsonNode record = envelope;
        for (int depth = 0; depth < MOST_ENVELOPES && record.path("value").isObject() && !record.has("type"); depth++) {
            record = record.path("value");
        }
        return record;
    }
}
