package dev.saddlebag.simulator;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the simulator's answers against real ones, key by key. */
class RecordedAnswersTest {
    private static final Path RECORDINGS = Path.of("..", "shared", "fixtures", "notion-api-recordings");

    /** Kinds of objects that nobody recorded, and the section of facts/notion-api.md that describes them. */
    private static final Map<String, String> NEVER_RECORDED = Map.ofEntries(
            Map.entry("block of heading_4", "3.7"),
            Map.entry("block of heading_4.it", "3.7"),
            Map.entry("block of toggle", "3.7"),
            Map.entry("block of toggle.it", "3.7"),
            Map.entry("block of template", "3.7"),
            Map.entry("block of template.it", "3.7"),
            Map.entry("block of link_preview", "3.7"),
            Map.entry("block of link_preview.it", "3.7"),
            Map.entry("block of link_to_page.it of database_id", "3.7"),
            Map.entry("block of file.it of file", "2.9"),
            Map.entry("block of meeting_notes", "2.2"),
            Map.entry("block of meeting_notes.it", "2.2"),
            Map.entry("block of meeting_notes.it.calendar_event", "2.2"),
            Map.entry("block of meeting_notes.it.children", "2.2"),
            Map.entry("block of meeting_notes.it.recording", "2.2"),
            Map.entry("comment.attachments", "2.7"),
            Map.entry("icon of file", "3.4"),
            Map.entry("parent of agent_id", "3.3"),
            Map.entry("icon of icon", "3.4"),
            Map.entry("icon of icon.it", "3.4"),
            Map.entry("text of mention.it of database", "3.6"),
            Map.entry("text of mention.it of database.it", "3.6"),
            Map.entry("text of mention.it of date", "3.6"),
            Map.entry("text of mention.it of link_mention", "3.6"),
            Map.entry("text of mention.it of link_mention.it", "3.6"),
            Map.entry("text of mention.it of link_preview", "3.6"),
            Map.entry("text of mention.it of link_preview.it", "3.6"),
            Map.entry("text of mention.it of template_mention", "3.6"),
            Map.entry("text of mention.it of template_mention.it of template_mention_date", "3.6"),
            Map.entry("text of mention.it of template_mention.it of template_mention_user", "3.6"),
            Map.entry("value of files.it of file", "2.9"),
            Map.entry("value of formula.it of unsupported", "3.8"),
            Map.entry("value of formula.it of unsupported.it", "3.8"),
            Map.entry("value of verification", "3.8"),
            Map.entry("value of verification.it", "3.8"));

    /** Keys with a JSON type that no recording has, and the section that describes them. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("block of numbered_list_item.it: list_format STRING", "3.7"),
            Map.entry("block of numbered_list_item.it: list_start_index NUMBER", "3.7"),
            Map.entry("block of paragraph.it: icon OBJECT", "3.7"),
            Map.entry("column of number: description STRING", "3.9"),
            Map.entry("comment: attachments ARRAY", "2.7"),
            Map.entry("database: cover OBJECT", "3.4"),
            Map.entry("database: icon OBJECT", "3.4"),
            Map.entry("date: end STRING", "3.1"),
            Map.entry("list of block: next_cursor STRING", "2.1"),
            Map.entry("list of user: next_cursor STRING", "2.1"),
            Map.entry("user of person: avatar_url STRING", "3.5"),
            Map.entry("value of formula.it of date: date NULL", "3.8"),
            Map.entry("value of unique_id.it: prefix STRING", "3.8"));

    @Test
    void everyObjectHasTheKeysOfRealOnes() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "There are no recordings in " + RECORDINGS + ".");
        Shapes real = recorded();
        Shapes simulated = simulated();
        List<String> complaints = new ArrayList<>();
        simulated.kinds().forEach((kind, shape) -> {
            if (NEVER_RECORDED.containsKey(kind)) {
                return;
            }
            if (real.kind(kind).isEmpty()) {
                complaints.add(kind + ": never recorded, keys " + shape.types().keySet());
                return;
            }
            Shapes.Shape truth = real.kind(kind).get();
            truth.always().stream()
                    .filter(key -> !shape.always().contains(key))
                    .forEach(key -> complaints.add(kind + ": lacks " + key));
            shape.types().forEach((key, types) -> {
                Set<String> known = truth.types().getOrDefault(key, Set.of());
                types.stream()
                        .filter(type -> !known.contains(type) && !ALLOWED.containsKey(kind + ": " + key + " " + type))
                        .forEach(type -> complaints.add(kind + ": " + key + " " + type + ", recorded " + known));
            });
            shape.sequences().stream()
                    .filter(keys -> !truth.knowsOrder(keys))
                    .forEach(keys -> complaints.add(kind + ": order " + keys + ", recorded " + truth.sequences()));
        });
        assertThat(complaints).isEmpty();
    }

    private static Shapes recorded() throws IOException {
        var shapes = new Shapes();
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode exchange : Json.MAPPER.readTree(Files.readAllBytes(file))) {
                    if (exchange.path("notion_version").asText().equals("2026-03-11")) {
                        shapes.see(exchange.get("response"));
                    }
                }
            }
        }
        return shapes;
    }

    private static Shapes simulated() {
        var shapes = new Shapes();
        try (var notion = NotionSimulator.start(SampleWorkspace.of(7, 400), Behaviour.standard())) {
            var client = new SimulatorClient(notion);
            ObjectNode everything = Json.MAPPER.createObjectNode();
            shapes.see(client.post("/v1/search", everything).body());
            shapes.see(client.get("/v1/users").body());
            shapes.see(client.get("/v1/users/me").body());
            shapes.see(
                    client.get("/v1/users/745e79dd-3e43-40de-9d51-39357c1c428f").body());
            shapes.see(
                    client.get("/v1/pages/12345678-1234-1234-1234-123456789abc").body());
            for (String page : notion.workspace().standalonePages()) {
                shapes.see(client.get("/v1/pages/" + page).body());
                shapes.see(client.get("/v1/comments?block_id=" + page).body());
                children(client, page, shapes);
            }
            for (String database : notion.workspace().databases()) {
                shapes.see(client.get("/v1/databases/" + database).body());
            }
            for (String source : notion.workspace().dataSources()) {
                shapes.see(client.get("/v1/data_sources/" + source).body());
                shapes.see(client.post("/v1/data_sources/" + source + "/query", everything)
                        .body());
            }
        }
        return shapes;
    }

    private static void children(SimulatorClient client, String block, Shapes shapes) {
        JsonNode list = client.get("/v1/blocks/" + block + "/children").body();
        shapes.see(list);
        for (JsonNode child : list.path("results")) {
            if (child.get("has_children").asBoolean() && !child.has("child_page")) {
                children(client, child.get("id").asText(), shapes);
            }
        }
    }
}
