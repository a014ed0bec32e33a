package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.gate.Verdicts;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import dev.saddlebag.simulator.TruthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate at work: what it holds that a count would let through, and what becomes of what it holds. */
class GateTest {
    private static final int DATABASES = 12;
    private static final int ROWS = 8;

    @TempDir
    Path folder;

    private Lab lab;
    private SampleWorkspace workspace;
    private List<String> databases;

    @BeforeEach
    void twelveDatabases() throws Exception {
        lab = new Lab(folder, SampleWorkspace.of(1, 60), Behaviour.standard());
        workspace = lab.notion().workspace();
        String home = workspace.standalonePages().get(0);
        for (int i = workspace.databases().size(); i < DATABASES; i++) {
            workspace.addDatabase(home, "List " + i);
            List<String> sources = workspace.dataSources();
            workspace.addRows(sources.get(sources.size() - 1), ROWS);
        }
        databases = workspace.databases();
        assertThat(databases).hasSize(DATABASES);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void one_of_twelve_databases_that_is_deleted_holds_the_run_where_counts_would_let_it_through() throws Exception {
        RunSummary good = lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));

        RunSummary held = lab.backup("changed");

        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.exitCode()).isEqualTo(4);
        // What a gate sees that counts: less is gone than the limit tolerates.
        assertThat(held.counts().pages()).isGreaterThan(good.counts().pages() * 80 / 100);
        assertThat(held.counts().databases()).isGreaterThan(good.counts().databases() * 80 / 100);
        assertThat(held.verdict().rules())
                .filteredOn(measure -> measure.what().matches("(pages|databases|rows|files) that are gone, in percent"))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(Verdict.Measure::kept);
        assertThat(held.verdict().faults()).hasSize(1);
        assertThat(held.sentence())
                .contains("1 database that " + good.run() + " has is gone: \"List 11\" with 8 rows.")
                .contains("1 in Notion's trash");
        assertThat(lab.vault().find("latest").id().value()).isEqualTo(good.run());
    }

    @Test
    void a_run_that_is_held_and_accepted_is_the_snapshot_that_it_would_have_been() throws Exception {
        RunSummary good = lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        RunSummary held = lab.backup("changed");
        lab.notion().requests().reset();

        RunSummary accepted = lab.flow().acceptHeld(Lab.WORKSPACE, held.run(), "The list was done with.");

        assertThat(accepted.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(accepted.run()).isEqualTo(held.run());
        assertThat(accepted.counts()).isEqualTo(held.counts());
        assertThat(accepted.gaps()).isEqualTo(held.gaps());
        assertThat(lab.notion().requests().total()).isZero();
        assertThat(lab.vault().find("latest").id().value()).isEqualTo(held.run());
        assertThat(lab.vault().find("latest").parent()).get().hasToString(good.run());
        Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
        assertThat(heldRuns()).isEmpty();

        JsonNode record =
                Json.MAPPER.readTree(lab.export("accepted").resolve("gate.json").toFile());
        assertThat(record.at("/acceptance/because").asText()).isEqualTo("The list was done with.");
        assertThat(record.at("/findings/0/rule").asText()).isEqualTo("maximum-drop-percent");
        assertThat(verdict(held.run()).words()).isEqualTo("accepted by hand");

        RunSummary next = lab.backup("changed");
        assertThat(next.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(next.verdict().baseline()).isEqualTo(held.run());
        assertThat(next.verdict().words()).isEqualTo("accepted");
    }

    @Test
    void held_runs_are_never_what_others_are_measured_against_and_the_newest_can_be_accepted() throws Exception {
        RunSummary good = lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        RunSummary first = lab.backup();
        RunSummary second = lab.backup();
        assertThat(List.of(first.outcome(), second.outcome())).containsOnly(Outcome.HELD);
        assertThat(second.verdict().baseline()).isEqualTo(good.run());

        assertThat(lab.flow().acceptHeld(Lab.WORKSPACE, second.run(), "").outcome())
                .isEqualTo(Outcome.COMPLETE);

        assertThatThrownBy(() -> lab.flow().acceptHeld(Lab.WORKSPACE, first.run(), ""))
                .isInstanceOf(RunRefusedException.class)
                .hasMessageContaining("newer")
                .hasMessageContaining(second.run());
        assertThatThrownBy(() -> lab.flow().acceptHeld(Lab.WORKSPACE, good.run(), ""))
                .isInstanceOf(RunRefusedException.class)
                .hasMessageContaining("not held");
        // A refusal leaves no lock.
        assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void a_held_run_that_carries_over_from_a_snapshot_that_is_no_longer_the_newest_is_refused() throws Exception {
        lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        RunSummary first = lab.backup("changed");
        RunSummary second = lab.backup("changed");
        lab.flow().acceptHeld(Lab.WORKSPACE, first.run(), "");

        assertThatThrownBy(() -> lab.flow().acceptHeld(Lab.WORKSPACE, second.run(), ""))
                .isInstanceOf(RunRefusedException.class)
                .hasMessageContaining("no longer the newest")
                .hasMessageContaining("--depth sweep");
    }

    @Test
    void only_the_newest_held_runs_are_kept() throws Exception {
        lab.with("saddlebag.workspace.acme.gate.keep-held", "2");
        lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        String first = lab.backup().run();
        String second = lab.backup().run();
        String third = lab.backup().run();

        assertThat(heldRuns()).containsExactly(second, third);
        assertThat(verdict(first).held()).isTrue();
    }

    @Test
    void what_was_sealed_when_the_process_was_killed_is_finished_by_the_same_command() throws Exception {
        lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        String held = lab.backup().run();
        Path aside = lab.state().resolve("acme/held").resolve(held);
        Path copy = folder.resolve("copy");
        copy(aside, copy);
        Path baseline = lab.state().resolve("acme/baseline-api.jsonl");
        String before = Files.readString(baseline);
        lab.flow().acceptHeld(Lab.WORKSPACE, held, "");
        // As if it had been killed between the seal and the next step.
        copy(copy, aside);
        Files.move(baseline, baseline.resolveSibling("baseline-api.pending.jsonl"));
        Files.writeString(baseline, before);

        assertThat(lab.flow().acceptHeld(Lab.WORKSPACE, held, "").outcome()).isEqualTo(Outcome.COMPLETE);

        assertThat(heldRuns()).isEmpty();
        assertThat(lab.backup().verdict().baseline()).isEqualTo(held);
        assertThat(lab.vault().snapshots()).hasSize(3);
    }

    @Test
    void what_was_accepted_already_is_delivered_by_the_same_command_and_is_the_same_snapshot() throws Exception {
        lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        String held = lab.backup().run();
        RunSummary first = lab.flow().acceptHeld(Lab.WORKSPACE, held, "The list was done with.");

        RunSummary again = lab.flow().acceptHeld(Lab.WORKSPACE, held, "Said once more.");

        assertThat(again.outcome()).as(again.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(again.counts()).isEqualTo(first.counts());
        assertThat(again.verdict().acceptance()).isEqualTo(first.verdict().acceptance());
        assertThat(lab.vault().snapshots()).hasSize(2);
        assertThat(lab.backup().verdict().baseline()).isEqualTo(held);
    }

    @Test
    void a_held_run_whose_acceptance_broke_off_before_the_seal_is_accepted_by_the_same_command() throws Exception {
        RunSummary good = lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        String held = lab.backup().run();
        // The last step before the seal fails, since a folder has the name of its file; the verdict is kept by then.
        Path inTheWay = lab.state().resolve("acme/baseline-api.pending.jsonl.tmp");
        Files.createDirectory(inTheWay);
        assertThat(lab.flow().acceptHeld(Lab.WORKSPACE, held, "The first word.").outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(heldRuns()).containsExactly(held);
        assertThat(verdict(held).words()).isEqualTo("accepted by hand");
        Files.delete(inTheWay);

        RunSummary accepted = lab.flow().acceptHeld(Lab.WORKSPACE, held, "Another word.");

        assertThat(accepted.outcome()).as(accepted.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(accepted.verdict().acceptance().because()).isEqualTo("The first word.");
        assertThat(heldRuns()).isEmpty();
        assertThat(lab.vault().find("latest").parent()).get().hasToString(good.run());
    }

    @Test
    void what_a_killed_acceptance_left_of_a_sealed_run_is_cleared_by_the_next_run() throws Exception {
        lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        String held = lab.backup().run();
        Path aside = lab.state().resolve("acme/held").resolve(held);
        Path copy = folder.resolve("copy");
        copy(aside, copy);
        lab.flow().acceptHeld(Lab.WORKSPACE, held, "");
        copy(copy, aside);

        assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);

        assertThat(heldRuns()).isEmpty();
        assertThat(verdict(held).words()).isEqualTo("accepted by hand");
    }

    @Test
    void a_run_that_is_put_aside_before_its_verdict_is_on_record_is_held_and_its_verdict_outlives_it()
            throws Exception {
        lab.with("saddlebag.workspace.acme.gate.keep-held", "1");
        lab.backup();
        workspace.deleteDatabase(databases.get(DATABASES - 1));
        String first = lab.backup().run();
        Files.delete(lab.state().resolve("acme/runs").resolve(first).resolve("verdict.json"));

        String second = lab.backup().run();

        assertThat(heldRuns()).containsExactly(second);
        assertThat(verdict(first).held()).isTrue();
    }

    @Test
    void a_measure_whose_snapshot_was_never_sealed_counts_for_nothing() throws Exception {
        RunSummary good = lab.backup();
        Path baseline = lab.state().resolve("acme/baseline-api.jsonl");
        Files.writeString(
                baseline.resolveSibling("baseline-api.pending.jsonl"),
                Files.readString(baseline).replace(good.run(), "20990101T000000Z-7f3a91"));

        assertThat(lab.backup().verdict().baseline()).isEqualTo(good.run());
    }

    @Test
    void a_page_whose_sharing_ends_is_told_from_one_that_was_deleted() throws Exception {
        lab.with("saddlebag.workspace.acme.gate.maximum-drop-percent", "0")
                .with("saddlebag.workspace.acme.gate.small-drop", "0");
        lab.backup();
        String source = workspace.dataSources().get(workspace.dataSources().size() - 1);
        List<String> rows = workspace.rows(source);
        workspace.revokeSharing(rows.get(0));
        workspace.deletePage(rows.get(1));
        workspace.deletePage(rows.get(2));

        RunSummary held = lab.backup();

        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.sentence())
                .contains("\"List 11\" has 5 rows left of 8")
                .contains("2 in Notion's trash")
                .contains("1 no longer visible and not known to be in the trash");
    }

    @Test
    void a_mass_edit_is_held_with_names() throws Exception {
        // The rows that are as young as the edit show the same minute; the others alone are to break the limit.
        lab.with("saddlebag.workspace.acme.gate.maximum-changed-percent", "30");
        lab.backup();
        for (String source : workspace.dataSources()) {
            workspace
                    .rows(source)
                    .forEach(row -> workspace.editTitle(row, "YOUR DATA IS OURS", Touch.MOVES_LAST_EDITED_TIME));
        }
        workspace
                .standalonePages()
                .forEach(page -> workspace.editTitle(page, "YOUR DATA IS OURS", Touch.MOVES_LAST_EDITED_TIME));

        RunSummary held = lab.backup("changed");

        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().faults())
                .extracting(Verdict.Finding::rule)
                .containsExactly("maximum-changed-percent");
        assertThat(held.sentence()).contains("YOUR DATA IS OURS");
        assertThat(held.verdict().faults().get(0).examples()).hasSize(10);
    }

    @Test
    void emptied_pages_are_held_with_names() throws Exception {
        lab.backup();
        try (Stream<Path> pages = Files.list(lab.export("before").resolve("objects/pages"))) {
            for (Path stored : pages.sorted().toList()) {
                empty(Json.MAPPER.readTree(stored.toFile()).path("blocks"));
            }
        }

        RunSummary held = lab.backup("changed");

        assertThat(held.verdict().faults())
                .as(held.sentence())
                .extracting(Verdict.Finding::rule)
                .contains("maximum-emptied-percent");
    }

    /** Deletes what stands in a page, but for the pages and databases in it. */
    private void empty(JsonNode blocks) {
        for (JsonNode block : blocks) {
            if (!block.path("type").asText().startsWith("child_")) {
                workspace.deleteBlock(block.path("id").asText(), Touch.MOVES_LAST_EDITED_TIME);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "changed"})
    void a_small_workspace_passes_its_first_runs_with_small_edits(String depth) throws Exception {
        try (Lab small = new Lab(folder.resolve("small"), SampleWorkspace.of(3, 5), Behaviour.standard())) {
            SampleWorkspace pages = small.notion().workspace();
            assertThat(small.backup().verdict().words()).isEqualTo("accepted");
            String page = pages.standalonePages().get(0);
            pages.editTitle(page, "Another title", Touch.MOVES_LAST_EDITED_TIME);
            pages.addPage(page, "A new page");
            assertThat(small.backup(depth).outcome()).isEqualTo(Outcome.COMPLETE);

            pages.deletePage(pages.standalonePages().get(2));
            assertThat(small.backup(depth).outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void after_a_lost_state_directory_single_databases_are_compared_by_the_catalogue() throws Exception {
        RunSummary good = lab.backup();
        lab.restart("saddlebag.state-directory", "another-state");
        workspace.deleteDatabase(databases.get(DATABASES - 1));

        RunSummary held = lab.backup();

        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().baseline()).isEqualTo(good.run());
        assertThat(held.sentence()).contains("\"List 11\" with 8 rows");
        assertThat(held.verdict().warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.contains("whether pages were emptied could not be compared this time"));
    }

    private Verdict verdict(String run) throws IOException {
        return new Verdicts(lab.state(), Lab.WORKSPACE).of(run).orElseThrow();
    }

    private List<String> heldRuns() throws IOException {
        try (Stream<Path> all = Files.list(lab.state().resolve("acme/held"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        PathUtils.copyDirectory(from, to);
    }
}
