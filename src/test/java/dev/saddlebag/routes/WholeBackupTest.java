package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Fault;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup through the real routes holds what the workspace holds, whatever the network does. */
class WholeBackupTest {
    private static final TruthOptions WHAT_IS_COLLECTED = TruthOptions.complete();

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}, {1} pages")
    @CsvSource({"1, 5", "2, 60", "3, 240"})
    void an_exported_snapshot_equals_the_workspace(long seed, int pages) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(seed, pages), Behaviour.standard())) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            Exports.assertEqualsWorkspace(lab, WHAT_IS_COLLECTED);
            assertThat(lab.notion().requests().tokenLeaks()).isZero();
        }
    }

    @Test
    void whatever_the_snapshot_names_has_one_final_state_in_the_ledger() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(3, 240), Behaviour.standard()).readable()) {
            lab.backup();
            Path export = lab.export("export");
            Map<String, String> states = new HashMap<>();
            for (String line : Files.readAllLines(export.resolve("ledger.jsonl"))) {
                JsonNode object = Json.MAPPER.readTree(line);
                String before = states.put(
                        object.path("type").asText() + " " + object.path("id").asText(),
                        object.path("state").asText());
                assertThat(before).as(line).isNull();
            }
            Set<String> named = new TreeSet<>();
            for (String text : Exports.objects(export).values()) {
                collectNames(Json.MAPPER.readTree(text), named);
            }
            assertThat(named).hasSizeGreaterThan(240);
            assertThat(states.keySet()).containsAll(named);
            for (String line : Files.readAllLines(export.resolve("catalogue.jsonl"))) {
                JsonNode object = Json.MAPPER.readTree(line);
                assertThat(states.get(object.path("type").asText() + " "
                                + object.path("id").asText()))
                        .as(line)
                        .isEqualTo("collected");
            }
        }
    }

    /** The pages, databases and data sources that parents, links, mentions and values of relations name. */
    private static void collectNames(JsonNode node, Set<String> named) {
        for (String type : List.of("page", "database", "data_source")) {
            for (String place : List.of("/parent/%s_id", "/link_to_page/%s_id", "/mention/%s/id")) {
                JsonNode id = node.at(place.formatted(type));
                if (id.isTextual()) {
                    named.add(type + " " + id.asText());
                }
            }
        }
        if (node.path("relation").isArray()) {
            node.path("relation")
                    .forEach(target -> named.add("page " + target.path("id").asText()));
        }
        node.forEach(child -> collectNames(child, named));
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"11", "12", "13"})
    void faults_of_every_kind_change_no_byte(long seed) throws Exception {
        Map<String, String> quiet;
        try (Lab lab =
                new Lab(folder.resolve("quiet"), SampleWorkspace.of(seed, 60), Behaviour.standard()).readable()) {
            lab.backup();
            quiet = Exports.withoutAddress(lab, Exports.objects(lab.export("export")));
        }
        try (Lab lab =
                new Lab(folder.resolve("noisy"), SampleWorkspace.of(seed, 60), Behaviour.standard()).readable()) {
            lab.notion().faults().mix(seed, 25);
            lab.notion().faults().mixFiles(seed, 25);
            lab.notion().faults().slowness(Duration.ofMillis(5));

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            Exports.assertSame(Exports.withoutAddress(lab, Exports.objects(lab.export("export"))), quiet);
            Exports.assertEqualsWorkspace(lab, WHAT_IS_COLLECTED);
        }
    }

    @Test
    void the_same_workspace_twice_gives_the_same_objects_and_an_almost_empty_second_run() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(4, 240), Behaviour.standard())) {
            RunSummary first = lab.backup();
            Map<String, String> firstObjects = Exports.objects(lab.export("first"));
            RunSummary second = lab.backup();
            assertThat(second.outcome()).as(second.sentence()).isEqualTo(Outcome.COMPLETE);
            Map<String, String> secondObjects = Exports.objects(lab.export("second"));

            Exports.assertSame(secondObjects, firstObjects);
            assertThat(second.deliveries().get(0).bytes())
                    .isLessThan(first.deliveries().get(0).bytes() / 50);
            assertThat(lab.vault().verify(Level.FULL, run -> true, List.of())).noneMatch(Finding::isDamage);
        }
    }

    @Test
    void addresses_that_ended_before_their_turn_came_are_renewed() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T02:00:00Z"));
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        try (Lab lab =
                new Lab(folder, SampleWorkspace.of(5, 60), Behaviour.standard().withClock(clock))) {
            // Search has shown all pages when the first block is asked for; two hours pass at that moment.
            Instant later = now.get().plus(Duration.ofHours(2));
            lab.notion()
                    .faults()
                    .fail(
                            call -> {
                                if (call.path().contains("/blocks/")) {
                                    now.set(later);
                                }
                                return false;
                            },
                            Fault.SLOW,
                            1);

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            Exports.assertEqualsWorkspace(lab, WHAT_IS_COLLECTED);
        }
    }

    @Test
    void what_search_does_not_know_is_found_by_walking() throws Exception {
        Behaviour blindSearch = Behaviour.standard().withIncompleteSearch(Duration.ZERO, 40);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(6, 60), blindSearch)) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            Exports.assertEqualsWorkspace(lab, WHAT_IS_COLLECTED);
        }
    }

    @Test
    void a_list_that_notion_cuts_off_makes_the_run_partial_and_is_named() throws Exception {
        try (Lab lab =
                new Lab(folder, SampleWorkspace.of(7, 60), Behaviour.standard().withQueryCap(2))) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(summary.gaps())
                    .anyMatch(gap -> gap.explanation().contains("than Notion gives to one query")
                            && gap.object().equals("data_source"));
            assertThat(lab.vault().find("latest").facts().complete()).isFalse();
        }
    }
}
