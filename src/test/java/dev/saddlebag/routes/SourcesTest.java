package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import java.io.IOException;
import java.nio.file.Path;
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
