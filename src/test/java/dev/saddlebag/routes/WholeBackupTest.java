package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Fault;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.Truth;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup through the real routes holds what the workspace holds, whatever the network does. */
class WholeBackupTest {
    private static final TruthOptions WHAT_IS_COLLECTED =
            TruthOptions.standard().withMeetingSections(true);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}, {1} pages")
    @CsvSource({"1, 5", "2, 60", "3, 240"})
    void an_exported_snapshot_equals_the_workspace(long seed, int pages) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(seed, pages), Behaviour.standard())) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThatExportEqualsWorkspace(lab);
            assertThat(lab.notion().requests().tokenLeaks()).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"11", "12", "13"})
    void faults_of_every_kind_change_no_byte(long seed) throws Exception {
        Map<String, String> quiet;
        try (Lab lab = new Lab(folder.resolve("quiet"), SampleWorkspace.of(seed, 60), Behaviour.standard())) {
            lab.backup();
            quiet = withoutAddress(lab, contents(lab.export("export"), "objects"));
        }
        try (Lab lab = new Lab(folder.resolve("noisy"), SampleWorkspace.of(seed, 60), Behaviour.standard())) {
            lab.notion().faults().mix(seed, 25);
            lab.notion().faults().mixFiles(seed, 25);
            lab.notion().faults().slowness(Duration.ofMillis(5));

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            assertThat(withoutAddress(lab, contents(lab.export("export"), "objects")))
                    .isEqualTo(quiet);
            assertThatExportEqualsWorkspace(lab);
        }
    }

    @Test
    void the_same_workspace_twice_gives_the_same_objects_and_an_almost_empty_second_run() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(4, 240), Behaviour.standard())) {
            RunSummary first = lab.backup();
            Map<String, String> firstObjects = contents(lab.export("first"), "objects");
            RunSummary second = lab.backup();
            Map<String, String> secondObjects = contents(lab.export("second"), "objects");

            assertThat(secondObjects).isEqualTo(firstObjects);
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
            assertThatExportEqualsWorkspace(lab);
        }
    }

    @Test
    void what_search_does_not_know_is_found_by_walking() throws Exception {
        Behaviour blindSearch = Behaviour.standard().withIncompleteSearch(Duration.ZERO, 40);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(6, 60), blindSearch)) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(contents(lab.export("export"), "objects").keySet())
                    .isEqualTo(truth(lab).keySet());
        }
    }

    @Test
    void a_list_that_notion_cuts_off_makes_the_run_partial_and_is_named() throws Exception {
        try (Lab lab =
                new Lab(folder, SampleWorkspace.of(7, 60), Behaviour.standard().withQueryCap(2))) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(summary.gaps())
                    .anyMatch(gap -> gap.explanation().contains("query_result_limit_reached")
                            && gap.object().equals("data_source"));
            assertThat(lab.vault().find("latest").facts().complete()).isFalse();
        }
    }

    private static void assertThatExportEqualsWorkspace(Lab lab) throws Exception {
        Path export = lab.export("export-" + System.nanoTime());
        assertThat(contents(export, "objects")).isEqualTo(truth(lab));
        for (Truth.FileEntry file :
                lab.notion().truth(WHAT_IS_COLLECTED).files().values()) {
            try (Stream<Path> named = Files.list(export.resolve("files"))) {
                Path stored = named.filter(path -> path.getFileName().toString().startsWith(file.sha256()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(file.path() + " is missing"));
                try (InputStream expected = file.bytes().open();
                        InputStream found = Files.newInputStream(stored)) {
                    assertThat(found).hasSameContentAs(expected);
                }
            }
        }
    }

    private static Map<String, String> truth(Lab lab) {
        Map<String, String> objects = new TreeMap<>();
        lab.notion()
                .truth(WHAT_IS_COLLECTED)
                .objects()
                .forEach(entry -> objects.put(entry.path(), text(entry.content())));
        return objects;
    }

    /** Each simulator has a port of its own, which the addresses of its files show. */
    private static Map<String, String> withoutAddress(Lab lab, Map<String, String> contents) {
        contents.replaceAll((path, text) -> text.replace(lab.notion().baseUrl(), "http://notion"));
        return contents;
    }

    private static String text(JsonNode json) {
        return json + "\n";
    }

    private static Map<String, String> contents(Path export, String below) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(export.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(export.relativize(file).toString(), text(Json.MAPPER.readTree(Files.readAllBytes(file))));
            }
        }
        return contents;
    }
}
