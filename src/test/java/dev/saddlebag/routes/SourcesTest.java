package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source a run collects from, and what happens when the first one fails. */
class SourcesTest {
    @TempDir
    Path folder;

    private Lab lab(String sources) throws IOException {
        return new Lab(folder, SampleWorkspace.of(5, 30), Behaviour.standard()).exporting(sources);
    }

    @Test
    void when_the_export_fails_the_api_takes_its_place_in_the_same_run_and_the_snapshot_says_so() throws Exception {
        try (Lab lab = lab("export,api")) {
            lab.notion().exports().play(ExportScenario.FAILURE);

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.source()).isEqualTo("api");
            assertThat(summary.collectedBecause())
                    .startsWith("The source export failed: ")
                    .contains(lab.notion().exports().life().error());
            Path export = lab.export("export");
            var about = Json.MAPPER.readTree(export.resolve("workspace.json").toFile());
            assertThat(about.path("source").asText()).isEqualTo("api");
            assertThat(about.path("collected_because").asText()).isEqualTo(summary.collectedBecause());
            assertThat(lab.notion().exports().taskIds()).hasSize(2);
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
        }
    }

    @Test
    void an_export_becomes_a_delivered_snapshot_and_is_no_base_for_a_run_through_the_api() throws Exception {
        try (Lab lab = lab("export")) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.source()).isEqualTo("export");
            assertThat(summary.depth()).isEqualTo("sweep");
            Path export = lab.export("export");
            var about = Json.MAPPER.readTree(export.resolve("workspace.json").toFile());
            assertThat(about.path("source").asText()).isEqualTo("export");
            assertThat(about.at("/export/archives/0/zip_sha256").asText()).hasSize(64);
            assertThat(export.resolve("pages")).isNotEmptyDirectory();

            lab.restart("saddlebag.workspace.acme.source", "api");
            RunSummary through = lab.backup();

            assertThat(through.depth()).isEqualTo("sweep");
            assertThat(through.source()).isEqualTo("api");
        }
    }

    @Test
    void an_export_that_a_person_has_fetched_becomes_a_snapshot_and_stays_where_it_is() throws Exception {
        try (Lab lab = lab("export")) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            String task = lab.notion().exports().taskIds().get(0);
            Path given = Files.copy(lab.notion().exports().archive(task).orElseThrow(), folder.resolve("by-hand.zip"));
            int asked = lab.notion().exports().seen().size();

            RunSummary summary = lab.flow().ingest(Lab.WORKSPACE, given.toString());

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(given).exists();
            assertThat(lab.notion().exports().seen()).hasSize(asked);
            assertThat(lab.vault().snapshots()).hasSize(2);
        }
    }

    @Test
    void a_damaged_archive_is_refused_and_the_next_run_exports_anew() throws Exception {
        try (Lab lab = lab("export")) {
            lab.notion().exports().play(ExportScenario.DAMAGED_ENTRY);
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.FAILED);
            lab.notion().exports().play(ExportScenario.FINE);

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);

            assertThat(lab.notion().exports().taskIds()).hasSize(2);
        }
    }

    /** The routes as they are, but for how long the drop folder lets its files wait. */
    private Path impatientRoutes() throws IOException {
        Path routes = folder.resolve("routes");
        PathUtils.copyDirectory(Path.of("routes"), routes);
        Path export = routes.resolve("collect-export.camel.yaml");
        String patient = Files.readString(export);
        String impatient = patient.replace("defaultValue: \"30000\"", "defaultValue: \"500\"")
                .replace("readLockCheckInterval: \"2000\"", "readLockCheckInterval: \"200\"")
                .replace("readLockTimeout: \"20000\"", "readLockTimeout: \"2000\"");
        assertThat(impatient).isNotEqualTo(patient);
        Files.writeString(export, impatient);
        return routes;
    }

    @Test
    void what_people_put_into_the_drop_folder_is_taken_in_or_put_aside_with_the_reason() throws Exception {
        Path drop = Files.createDirectories(folder.resolve("drop"));
        try (Lab lab = lab("export").with("saddlebag.workspace.acme.drop-directory", drop.toString())) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            String task = lab.notion().exports().taskIds().get(0);
            Files.copy(lab.notion().exports().archive(task).orElseThrow(), drop.resolve("good.zip"));
            Files.writeString(drop.resolve("bad.zip"), "This is no archive.");
            Files.writeString(drop.resolve("notes.txt"), "Leave me.");
            lab.with("saddlebag.routes-directory", impatientRoutes().toString());
            lab.restartWithTimers();

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.exists(drop.resolve("done/good.zip"))
                            && Files.exists(drop.resolve("failed/bad.zip")));

            assertThat(drop.resolve("failed/bad.zip.txt")).content().contains("acme: run ");
            assertThat(drop.resolve("notes.txt")).exists();
            assertThat(lab.vault().snapshots()).hasSize(2);
        }
    }

    @Test
    void a_cookie_that_is_refused_falls_back_too() throws Exception {
        try (Lab lab = lab("export,api")) {
            lab.notion().exports().play(ExportScenario.SESSION_OVER);

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void without_another_source_a_cookie_that_is_refused_ends_the_run_as_refused_credentials() throws Exception {
        try (Lab lab = lab("export").with("saddlebag.workspace.acme.token", "unused")) {
            lab.notion().exports().play(ExportScenario.SESSION_OVER);

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(summary.exitCode()).isEqualTo(6);
            assertThat(summary.source()).isEqualTo("export");
            assertThat(summary.failure())
                    .contains("token_v2")
                    .doesNotContain(lab.notion().exports().tokenV2());
        }
    }

    @Test
    void a_blocked_machine_ends_the_run_as_failed_and_not_as_refused_credentials() throws Exception {
        try (Lab lab = lab("export")) {
            lab.notion().exports().play(ExportScenario.BOT_BLOCK);

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void when_the_api_refuses_its_token_the_export_is_ordered() throws Exception {
        try (Lab lab = lab("api,export")) {
            lab.notion().faults().killToken(true);

            RunSummary summary = lab.backup();

            assertThat(summary.source()).isEqualTo("export");
            assertThat(lab.notion().exports().taskIds()).hasSize(1);
        }
    }

    @Test
    void a_source_that_does_well_is_the_only_one_that_is_asked() throws Exception {
        try (Lab lab = lab("api,export")) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.source()).isEqualTo("api");
            assertThat(summary.collectedBecause()).isNull();
            assertThat(lab.notion().exports().seen()).isEmpty();
        }
    }

    @Test
    void a_run_that_had_fallen_back_when_it_was_broken_off_goes_on_through_the_api() throws Exception {
        try (Lab lab = lab("export,api")) {
            lab.notion().exports().play(ExportScenario.FAILURE);
            lab.notion()
                    .onRequest(
                            call -> call.path().startsWith("/v1/comments"),
                            () -> lab.notion().faults().killToken(true));
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.REFUSED);
            lab.notion().faults().killToken(false);
            lab.notion().exports().play(ExportScenario.FINE);

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.source()).isEqualTo("api");
            assertThat(summary.collectedBecause()).startsWith("The source export failed: ");
            assertThat(lab.notion().exports().taskIds()).hasSize(2);
        }
    }
}
