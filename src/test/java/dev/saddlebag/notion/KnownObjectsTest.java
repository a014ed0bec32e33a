package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vocabulary holds every word of real answers and of the simulator's, and no more than is needed to be told. */
class KnownObjectsTest {
    private static final Path RECORDINGS = Path.of("..", "shared", "fixtures", "notion-api-recordings");
    private static final Set<String> KINDS =
            Set.of("page", "database", "data_source", "view", "comment", "block", "user");

    /** Where anything may stand. */
    private static final Set<String> WITHOUT_FORM = Set.of(
            "configuration",
            "filter",
            "sorts",
            "quick_filters",
            "formula",
            "rollup",
            "link_mention",
            "owner",
            "workspace_limits",
            "single_property");

    private record Known(String kind, JsonNode object) {}

    @Test
    void real_objects_are_no_drift() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "There are no recordings in " + RECORDINGS + ".");
        Map<String, Integer> checked = new TreeMap<>();
        for (Known known : recorded()) {
            assertThat(Drift.in(known.kind(), known.object()))
                    .as(known.object().toString())
                    .isEmpty();
            checked.merge(known.kind(), 1, Integer::sum);
        }

        // Nobody recorded a view there; should one come, it is checked.
        assertThat(checked).containsKeys("page", "database", "data_source", "comment", "block", "user", "custom_emoji");
        assertThat(checked.get("page")).isGreaterThan(800);
        assertThat(checked.get("block")).isGreaterThan(200);
        assertThat(checked.get("data_source")).isGreaterThan(500);
    }

    @Test
    void a_new_key_in_any_place_of_a_real_object_is_named_once() throws IOException {
        assumeTrue(Files.isDirectory(RECORDINGS), "There are no recordings in " + RECORDINGS + ".");
        for (Known known : recorded()) {
            assertEveryPlaceIsWatched(known);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "7, 60", "42, 300"})
    void what_a_perfect_backup_of_the_simulator_holds_is_no_drift(long seed, int pages) {
        Map<String, Integer> checked = new TreeMap<>();
        for (Known known : simulated(seed, pages)) {
            assertThat(Drift.in(known.kind(), known.object()))
                    .as(known.object().toString())
                    .isEmpty();
            checked.merge(known.kind(), 1, Integer::sum);
        }

        assertThat(checked).containsOnlyKeys("page", "database", "data_source", "view", "comment", "block");
    }

    @Test
    void a_new_key_in_any_place_of_a_simulated_object_is_named_once() {
        for (Known known : simulated(7, 30)) {
            assertEveryPlaceIsWatched(known);
        }
    }

    private static void assertEveryPlaceIsWatched(Known known) {
        List<ObjectNode> places = new ArrayList<>();
        places(known.object(), places);
        for (ObjectNode place : places) {
            place.put("new_key", "new");
            assertThat(Drift.in(known.kind(), known.object()))
                    .as(place.toString())
                    .singleElement()
                    .asString()
                    .matches("key .+\\.new_key");
            place.remove("new_key");
        }
    }

    private static void places(JsonNode node, List<ObjectNode> places) {
        if (node instanceof ObjectNode object) {
            places.add(object);
        }
        node.properties().forEach(field -> {
            boolean schema = node.path("id").isTextual() && node.has("name") && node.has("description");
            if (field.getKey().equals("properties")) {
                field.getValue().forEach(property -> places(property, places));
            } else if (schema || !WITHOUT_FORM.contains(field.getKey())) {
                places(field.getValue(), places);
            }
        });
        if (node.isArray()) {
            node.forEach(entry -> places(entry, places));
        }
    }

    private static List<Known> recorded() throws IOException {
        List<Known> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode exchange : Json.MAPPER.readTree(Files.readAllBytes(file))) {
                    find(exchange.path("response"), found);
                }
            }
        }
        return found;
    }

    /** Every object at any depth that says what it is, and the custom emojis, which do not. */
    private static void find(JsonNode node, List<Known> found) {
        String kind = node.path("object").asText();
        if (KINDS.contains(kind)) {
            found.add(new Known(kind, node));
        }
        if (node.path("custom_emoji").isObject()) {
            found.add(new Known("custom_emoji", node.path("custom_emoji")));
        }
        node.forEach(below -> find(below, found));
    }

    private static List<Known> simulated(long seed, int pages) {
        TruthOptions everything = TruthOptions.standard()
                .withMeetingSections(true)
                .withComments(TruthOptions.Comments.BLOCK)
                .withViews(true)
                .withTemplates(true);
        List<Known> found = new ArrayList<>();
        SampleWorkspace.of(seed, pages)
                .truth("http://127.0.0.1:1", everything)
                .objects()
                .map(entry -> entry.content())
                .forEach(stored -> {
                    for (String kind : List.of("page", "database", "data_source", "view")) {
                        if (stored.has(kind)) {
                            found.add(new Known(kind, stored.path(kind)));
                        }
                    }
                    stored.path("blocks").forEach(block -> found.add(new Known("block", block)));
                    stored.path("comments").forEach(comment -> found.add(new Known("comment", comment)));
                });
        return found;
    }
}
