package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that does not read everything sees, what it can't see, and that it says so. */
class DepthTest {
    private static final TruthOptions ALL = TruthOptions.complete();

    @TempDir
    Path folder;

    private final SampleWorkspace workspace = SampleWorkspace.of(21, 120);
    private Lab lab;
    private String home;
    private String source;

    @BeforeEach
    void backUpOnce() throws Exception {
        lab = new Lab(folder, workspace, Behaviour.standard());
        assertThat(lab.backup("sweep").outcome()).isEqualTo(Outcome.COMPLETE);
        home = workspace.standalonePages().get(0);
        source = workspace.dataSources().get(0);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void nothing_changed_gives_the_same_objects_without_reading_them() throws Exception {
        RunSummary second = run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
        assertThat(completeness().at("/objects/page").path("collected").asInt()).isZero();
        assertThat(second.deliveries().get(0).bytes()).isLessThan(100_000);
        assertThat(lab.vault().verify(Level.FULL, run -> true, List.of())).noneMatch(Finding::isDamage);
    }

    @Test
    void edits_that_notion_dates_are_seen_by_a_changed_run() throws Exception {
        workspace.editTitle(home, "A new title", Touch.MOVES_LAST_EDITED_TIME);
        workspace.addParagraph(home, "More", Touch.MOVES_LAST_EDITED_TIME);
        workspace.addRow(source, "One row more");
        workspace.editProperty(
                workspace.rows(source).get(1), "Amount", Json.MAPPER.readTree("5"), Touch.MOVES_LAST_EDITED_TIME);
        String parent = workspace.standalonePages().get(2);
        workspace.addPage(parent, "A page more");

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void a_second_edit_in_the_minute_of_the_first_is_seen_although_notion_dates_both_alike() throws Exception {
        workspace.editTitle(home, "First", Touch.MOVES_LAST_EDITED_TIME);
        run("changed");
        String paragraph = workspace.paragraphs(home).get(0);
        workspace.editParagraph(paragraph, "Second, a moment later", Touch.KEEPS_LAST_EDITED_TIME);

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void a_row_of_a_small_data_source_is_seen_changed_although_its_date_stays() throws Exception {
        workspace.editProperty(
                workspace.rows(source).get(1), "Amount", Json.MAPPER.readTree("77"), Touch.KEEPS_LAST_EDITED_TIME);

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void what_was_deleted_is_gone_and_named_in_the_trash() throws Exception {
        String row = workspace.rows(source).get(2);
        String page =
                workspace.standalonePages().get(workspace.standalonePages().size() - 1);
        workspace.deletePage(row);
        workspace.deletePage(page);
        workspace.deleteDatabase(workspace.databases().get(1));
        lab.restart("saddlebag.workspace.acme.gate.maximum-drop-percent", "100");

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
        assertThat(Files.readString(lab.export("trash").resolve("trash.jsonl"))).contains(row, page);
    }

    @Test
    void a_row_that_was_moved_to_another_data_source_is_in_its_new_place() throws Exception {
        workspace.movePage(
                workspace.rows(source).get(3), workspace.dataSources().get(3), Touch.KEEPS_LAST_EDITED_TIME);

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void an_archived_row_stays_in_the_snapshot_as_an_archived_one() throws Exception {
        workspace.archiveRow(workspace.rows(source).get(4), Touch.KEEPS_LAST_EDITED_TIME);

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void a_new_column_and_a_new_database_are_seen() throws Exception {
        workspace.editSchema(source, "Colour", Touch.KEEPS_LAST_EDITED_TIME);
        workspace.addDatabase(home, "A list more");

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void a_data_source_without_a_single_row_is_looked_at_like_any_other() throws Exception {
        workspace.addDatabase(home, "A list without rows");
        run("changed");

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void a_page_that_search_never_shows_is_looked_at_by_itself() throws Exception {
        String hidden = workspace.hiddenPages().get(0);
        workspace.editTitle(hidden, "Found all the same", Touch.MOVES_LAST_EDITED_TIME);

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void what_notion_does_not_date_waits_for_the_sweep_and_the_snapshot_says_so() throws Exception {
        String paragraph = workspace.paragraphs(home).get(0);
        workspace.editParagraph(paragraph, "Edited by a bot", Touch.KEEPS_LAST_EDITED_TIME);
        workspace.addComment(home, "A remark");
        String before = Exports.objects(lab.export("before")).get("objects/pages/" + home + ".json");

        run("changed");
        assertThat(Exports.objects(lab.export("changed"))).containsEntry("objects/pages/" + home + ".json", before);
        assertThat(completeness().path("blind_spots_of_depth").toString()).contains("does not date");

        run("sweep");
        Exports.assertEqualsWorkspace(lab, ALL);
        assertThat(completeness().path("blind_spots_of_depth")).isEmpty();
    }

    @Test
    void a_quick_run_sees_what_search_sees_and_says_what_it_can_miss() throws Exception {
        workspace.editTitle(home, "Quickly changed", Touch.MOVES_LAST_EDITED_TIME);
        lab.notion().requests().reset();
        workspace.addRow(source, "A quick row");

        RunSummary quick = run("quick");

        Exports.assertEqualsWorkspace(lab, ALL);
        assertThat(quick.requests())
                .as(lab.notion().requests().counts().toString())
                .isLessThan(25);
        assertThat(completeness().path("blind_spots_of_depth").toString()).contains("deletions");
    }

    @Test
    void many_runs_one_upon_the_other_end_where_a_sweep_ends() throws Exception {
        for (int i = 0; i < 4; i++) {
            workspace.editTitle(workspace.standalonePages().get(i), "Turn " + i, Touch.MOVES_LAST_EDITED_TIME);
            workspace.addRow(workspace.dataSources().get(i % 3), "Turn " + i);
            workspace.deletePage(workspace.rows(source).get(5 + i));
            run("changed");
        }
        Exports.assertEqualsWorkspace(lab, ALL);
        var changed = Exports.objects(lab.export("last-changed"));
        run("sweep");
        Exports.assertSame(Exports.objects(lab.export("sweep")), changed);
    }

    @Test
    void what_a_partial_run_lacked_is_read_by_the_next() throws Exception {
        workspace.editTitle(home, "Edited before the trouble", Touch.MOVES_LAST_EDITED_TIME);
        lab.notion()
                .faults()
                .fail(
                        call -> call.path().contains("/blocks/" + home + "/children"),
                        dev.saddlebag.simulator.Fault.INTERNAL_ERROR,
                        1_000);
        assertThat(lab.backup("changed").outcome()).isEqualTo(Outcome.PARTIAL);
        lab.notion().faults().clear();

        run("changed");

        Exports.assertEqualsWorkspace(lab, ALL);
    }

    @Test
    void other_settings_mean_that_everything_is_read() throws Exception {
        lab.restart("saddlebag.workspace.acme.comments", "block");

        RunSummary summary = run("changed");

        assertThat(summary.depth()).isEqualTo("sweep");
        Exports.assertEqualsWorkspace(lab, ALL.withComments(TruthOptions.Comments.BLOCK));
    }

    @Test
    void a_lost_memory_means_that_everything_is_read() throws Exception {
        try (var files = Files.list(lab.state().resolve("acme").resolve("accepted"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThat(run("changed").depth()).isEqualTo("sweep");
        Exports.assertEqualsWorkspace(lab, ALL);
    }

    private RunSummary run(String depth) throws Exception {
        RunSummary summary = lab.backup(depth);
        assertThat(summary.outcome()).as(summary.sentence() + summary.gaps()).isEqualTo(Outcome.COMPLETE);
        return summary;
    }

    private com.fasterxml.jackson.databind.JsonNode completeness() throws Exception {
        return Json.MAPPER.readTree(
                Files.readAllBytes(lab.export("books-" + System.nanoTime()).resolve("completeness.json")));
    }
}
