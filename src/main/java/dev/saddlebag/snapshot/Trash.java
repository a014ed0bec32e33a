package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.Titles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** What lies in Notion's trash, by id and title: it tells what was deleted from what is no longer shared. */
public final class Trash {
    private final SortedMap<ObjectRef, String> lines = new TreeMap<>();

    /** Notes an object as search shows it. */
    public synchronized void add(ObjectRef object, JsonNode shown) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", object.id());
        line.put("type", object.kind().word());
        line.put("title", Titles.of(shown));
        line.set("parent", shown.path("parent"));
        line.set("last_edited_time", shown.get("last_edited_time"));
        lines.put(object, line.toString());
    }

    /** All of it, to be taken up again by {@link #addAll}. */
    public synchronized ArrayNode toJson() throws IOException {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (String line : lines.values()) {
            all.add(Json.MAPPER.readTree(line));
        }
        return all;
    }

    /** Takes up what {@link #toJson} gave. */
    public synchronized void addAll(JsonNode all) {
        for (JsonNode line : all) {
            lines.put(
                    new ObjectRef(
                            Kind.of(line.path("type").asText()), line.path("id").asText()),
                    line.toString());
        }
    }

    public synchronized boolean holds(ObjectRef object) {
        return lines.containsKey(object);
    }

    public synchronized int size() {
        return lines.size();
    }

    /** Writes a line for each object, in the order of their ids. */
    public synchronized void write(Path target) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(target)) {
            for (String line : lines.values()) {
                out.write(line);
                out.write('\n');
            }
        }
    }
}
