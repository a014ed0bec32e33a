package dev.saddlebag.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Notion has really answered is rendered, and nothing of it is unknown. */
class RecordingsTest {
    private static final Path RECORDINGS = Path.of("..", "shared", "fixtures", "notion-api-recordings");
    private static final Set<String> KINDS = Set.of("page", "database", "data_source", "block", "comment");

    private final Map<String, Integer> seen = new TreeMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<String> lost = new ArrayList<>();

    @Test
    void every_object_of_the_recordings_is_rendered_with_nothing_unknown() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "There are no recordings in " + RECORDINGS + ".");
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode exchange : Json.MAPPER.readTree(Files.readAllBytes(file))) {
                    look(exchange.path("response"));
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(lost).isEmpty();
        assertThat(seen.keySet()).containsAll(KINDS);
        assertThat(seen.get("page")).isGreaterThan(500);
        assertThat(seen.get("block")).isGreaterThan(200);
    }

    private void look(JsonNode node) {
        String kind = node.path("object").asText("");
        boolean isWhole = node.has("created_time") && (!kind.equals("block") || node.has("type"));
        if (KINDS.contains(kind) && isWhole) {
            seen.merge(kind, 1, Integer::sum);
            render(kind, node);
        }
        node.forEach(this::look);
    }

    /** The rows of a table are answered apart from it. */
    private static ObjectNode table(JsonNode row) {
        ObjectNode table = Json.MAPPER.createObjectNode().put("type", "table");
        table.putArray("children").add(row);
        return table;
    }

    private void render(String kind, JsonNode object) {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        if (kind.equals("block") || kind.equals("comment")) {
            stored.putObject("page").put("id", SampleLinks.SELF);
            stored.putArray(kind + "s").add(object.path("type").asText().equals("table_row") ? table(object) : object);
        } else {
            stored.set(kind, object);
        }
        Document document = new DocumentReader().read(stored);
        Rendered rendered = new MarkdownRenderer().render(document);
        String text = Placeholders.resolve(rendered.text(), new SampleLinks(rendered.synced()));
        document.notes().stream()
                .filter(note -> note.reason() == Note.Reason.UNKNOWN)
                .forEach(note -> unknown.add(note.what() + " " + note.type()));
        if (!kind.equals("block") && !kind.equals("comment")) {
            return;
        }
        for (JsonNode part : object.findValues("plain_text")) {
            if (part.asText().startsWith("@")) {
                // Names of people were replaced in the recordings, but not in the text of their mentions.
                continue;
            }
            for (String word : part.asText().split("[^\\p{L}\\p{N}]+", -1)) {
                if (!text.contains(word)) {
                    lost.add(word + " of " + part);
                }
            }
        }
    }
}
