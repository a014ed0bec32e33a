package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Fault;
import dev.saddlebag.simulator.Faults;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.snapshot.Gap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The known traps of Notion's API (facts/notion-api.md §7): none of them takes anything from a backup in silence. */
class TrapsTest {
    private static final TruthOptions ALL = TruthOptions.complete();

    @TempDir
    Path folder;

    @Test
    void a_list_that_loses_its_place_in_the_middle_is_begun_again() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(31, 240);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            Predicate<Faults.Call> goesOn = call -> (call.path() + call.body()).contains("start_cursor");
            lab.notion().faults().fail(goesOn, Fault.INVALID_CURSOR, 3);

            complete(lab);
        }
    }

    @Test
    void a_list_that_loses_its_place_all_the_time_is_named() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(31, 240), Behaviour.standard())) {
            lab.notion()
                    .faults()
                    .fail(
                            call -> call.path().startsWith("/v1/search")
                                    && call.body().contains("start_cursor"),
                            Fault.INVALID_CURSOR,
                            1_000);

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(summary.exitCode()).isEqualTo(3);
            assertThat(summary.gaps())
                    .anySatisfy(gap -> assertThat(gap.object()).isEqualTo("search"));
        }
    }

    @Test
    void a_search_that_misses_most_pages_costs_none_of_what_hangs_together() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(32, 120);
        try (Lab lab =
                new Lab(folder, workspace, Behaviour.standard().withIncompleteSearch(Duration.ofMinutes(5), 70))) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            Path export = lab.export("export");
            for (String row : workspace.rows(workspace.dataSources().get(0))) {
                assertThat(export.resolve("objects/pages/" + row + ".json")).exists();
            }
            for (String hidden : workspace.hiddenPages()) {
                assertThat(export.resolve("objects/pages/" + hidden + ".json")).exists();
            }
        }
    }

    @Test
    void pages_that_are_shorter_than_asked_for_are_followed_to_the_end() throws Exception {
        try (Lab lab = new Lab(
                folder, SampleWorkspace.of(33, 120), Behaviour.standard().withShortPages(true))) {
            complete(lab);
        }
    }

    @Test
    void more_rows_than_a_query_gives_are_read_in_windows() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(34, 300);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard().withQueryCap(20))) {
            complete(lab);
        }
    }

    @Test
    void more_rows_of_one_minute_than_a_query_gives_are_told_apart_by_their_values() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(34, 60);
        workspace.addRows(workspace.dataSources().get(0), 60);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard().withQueryCap(20))) {
            complete(lab);
        }
    }

    @Test
    void rows_of_one_minute_that_nothing_tells_apart_are_named_as_cut_off() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(34, 60);
        String source = workspace.dataSources().get(0);
        workspace.addRows(source, 2_000);
        try (Lab lab = new Lab(
                folder, workspace, Behaviour.standard().withQueryCap(20).withIncompleteSearch(Duration.ZERO, 100))) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(summary.gaps())
                    .filteredOn(gap -> gap.reason() == Gap.Reason.FAILED)
                    .allSatisfy(gap -> assertThat(gap.explanation()).contains("no property tells them apart"))
                    .anySatisfy(gap -> assertThat(gap.id()).isEqualTo(source));
            assertThat(completeness(lab).path("complete").asBoolean()).isFalse();
        }
    }

    @Test
    void an_archived_row_that_nothing_names_is_found_by_a_query_of_its_own() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(34, 60);
        String row = workspace.addRow(workspace.dataSources().get(0), "Archived, and named by nothing");
        workspace.archiveRow(row, Touch.KEEPS_LAST_EDITED_TIME);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            complete(lab);
            assertThat(page(lab, row).at("/page/is_archived").asBoolean()).isTrue();
        }
    }

    @Test
    void a_search_that_ends_at_its_cap_is_read_from_both_ends_or_named() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(35, 120);
        int known = workspace.standalonePages().size();
        try (Lab lab =
                new Lab(folder.resolve("both"), workspace, Behaviour.standard().withSearchCap(100))) {
            complete(lab);
        }
        try (Lab lab =
                new Lab(folder.resolve("cut"), workspace, Behaviour.standard().withSearchCap(known / 4))) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(summary.gaps())
                    .anySatisfy(gap -> assertThat(gap.explanation()).contains("/v1/search", "no other way"));
        }
    }

    @Test
    void queries_that_are_too_heavy_are_asked_for_in_smaller_pages() throws Exception {
        try (Lab lab = new Lab(
                folder, SampleWorkspace.of(36, 300), Behaviour.standard().withHeavyQueryRows(25))) {
            RunSummary summary = complete(lab);

            assertThat(summary.gaps()).noneMatch(gap -> gap.reason().isFault());
        }
    }

    @Test
    void copies_whose_blocks_cannot_be_listed_are_held_by_their_originals() throws Exception {
        for (boolean listed : new boolean[] {true, false}) {
            try (Lab lab = new Lab(
                    folder.resolve("listed-" + listed),
                    SampleWorkspace.of(37, 120),
                    Behaviour.standard().withSyncedCopiesListed(listed))) {
                complete(lab);
            }
        }
    }

    @Test
    void a_capability_that_the_connection_lacks_is_found_out_once_and_named_once() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(38, 120);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard().withCapabilities(false, false))) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.gaps())
                    .filteredOn(gap -> gap.reason() == Gap.Reason.NOT_PERMITTED)
                    .extracting(Gap::object)
                    .containsExactlyInAnyOrder("comments", "users");
            // As many pages as are collected side by side may ask before the first refusal has come.
            assertThat(lab.notion().requests().count("comments")).isLessThanOrEqualTo(16);
        }
    }

    @Test
    void text_with_many_mentions_is_whole_whether_notion_cuts_it_or_not() throws Exception {
        for (boolean cut : new boolean[] {true, false}) {
            try (Lab lab = new Lab(
                    folder.resolve("cut-" + cut),
                    SampleWorkspace.of(39, 240),
                    Behaviour.standard().withMentionsCut(cut))) {
                complete(lab);
            }
        }
    }

    @Test
    void comments_of_blocks_are_read_when_they_are_wanted_and_no_comments_when_not() throws Exception {
        try (Lab lab = new Lab(folder.resolve("block"), SampleWorkspace.of(40, 60), Behaviour.standard())
                .with("saddlebag.workspace.acme.comments", "block")) {
            complete(lab, ALL.withComments(TruthOptions.Comments.BLOCK));
        }
        try (Lab lab = new Lab(folder.resolve("none"), SampleWorkspace.of(40, 60), Behaviour.standard())
                .with("saddlebag.workspace.acme.comments", "none")) {
            complete(lab, ALL.withComments(TruthOptions.Comments.NONE));
            assertThat(lab.notion().requests().count("comments")).isZero();
        }
    }

    @Test
    void a_page_that_is_edited_after_its_turn_is_read_again() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(41, 120);
        String early = workspace.standalonePages().get(0);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            AtomicInteger requests = new AtomicInteger();
            lab.notion().onRequest(call -> requests.incrementAndGet() == 150, () -> {
                workspace.editTitle(early, "Edited while the backup went on", Touch.MOVES_LAST_EDITED_TIME);
                workspace.addParagraph(early, "And more of it", Touch.MOVES_LAST_EDITED_TIME);
                workspace.addPage(early, "A page that did not exist when the backup began");
                workspace.addRow(workspace.dataSources().get(0), "A row that did not exist when the backup began");
            });

            RunSummary summary = lab.backup();

            assertThat(summary.requests()).isGreaterThan(150);
            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            JsonNode page = page(lab, early);
            assertThat(page.toString()).contains("Edited while the backup went on", "And more of it");
            assertThat(Files.readString(lab.export("titles").resolve("catalogue.jsonl")))
                    .contains(
                            "A page that did not exist when the backup began",
                            "A row that did not exist when the backup began");
        }
    }

    @Test
    void a_page_that_is_edited_again_while_it_is_read_again_is_read_once_more() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(41, 60);
        String page = workspace.standalonePages().get(0);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            for (int turn = 1; turn <= 2; turn++) {
                String title = "Turn " + turn;
                Clock minutesLater = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(turn));
                AtomicInteger left = new AtomicInteger(turn);
                lab.notion()
                        .onRequest(
                                call -> call.path().startsWith("/v1/comments?block_id=" + page)
                                        && left.decrementAndGet() == 0,
                                () -> {
                                    workspace.clock(minutesLater);
                                    workspace.addParagraph(page, title, Touch.MOVES_LAST_EDITED_TIME);
                                });
            }

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            assertThat(page(lab, page).toString()).contains("Turn 1", "Turn 2");
        }
    }

    @Test
    void a_page_that_is_deleted_before_its_turn_is_named_in_the_trash_or_as_gone() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(42, 120);
        String doomed = workspace.hiddenPages().get(0);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            AtomicBoolean begun = new AtomicBoolean();
            lab.notion()
                    .onRequest(
                            call -> call.path().contains("/children") && begun.compareAndSet(false, true),
                            () -> workspace.deletePage(doomed));

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            Path export = lab.export("export");
            assertThat(export.resolve("objects/pages/" + doomed + ".json")).doesNotExist();
            assertThat(Files.readAllLines(export.resolve("ledger.jsonl")))
                    .filteredOn(line -> line.contains(doomed))
                    .singleElement()
                    .satisfies(line -> assertThat(
                                    Json.MAPPER.readTree(line).path("state").asText())
                            .isEqualTo("trashed"));
        }
    }

    @Test
    void a_page_with_its_markdown_beside_it_says_what_the_markdown_lacks() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(43, 60), Behaviour.standard())
                .with("saddlebag.workspace.acme.page-markdown", "true")) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            String home = lab.notion().workspace().standalonePages().get(0);
            assertThat(page(lab, home).path("markdown").path("markdown").asText())
                    .isNotEmpty();
        }
    }

    @Test
    void files_outside_notion_are_fetched_when_they_are_wanted_and_named_when_they_are_gone() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(44, 60);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())
                .with("saddlebag.workspace.acme.external-media", "any")) {
            String home = workspace.standalonePages().get(0);
            workspace.addExternalImage(home, lab.notion().externalImage());
            workspace.addExternalImage(home, lab.notion().movedExternalImage());
            workspace.addExternalImage(home, lab.notion().missingExternalImage());

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.gaps())
                    .filteredOn(gap -> gap.reason() == Gap.Reason.UNREACHABLE)
                    .anySatisfy(gap -> assertThat(gap.explanation()).contains("404"));
            String text = page(lab, home).toString();
            assertThat(text).contains(lab.notion().externalImage() + "\",\"sha256\"");
        }
    }

    private static RunSummary complete(Lab lab) throws Exception {
        return complete(lab, ALL);
    }

    private static RunSummary complete(Lab lab, TruthOptions options) throws Exception {
        RunSummary summary = lab.backup();
        assertThat(summary.outcome()).as(summary.gaps().toString()).isEqualTo(Outcome.COMPLETE);
        Exports.assertEqualsWorkspace(lab, options);
        return summary;
    }

    private static JsonNode page(Lab lab, String id) throws Exception {
        return Json.MAPPER.readTree(
                Files.readAllBytes(lab.export("page-" + System.nanoTime()).resolve("objects/pages/" + id + ".json")));
    }

    private static JsonNode completeness(Lab lab) throws Exception {
        return Json.MAPPER.readTree(
                Files.readAllBytes(lab.export("books-" + System.nanoTime()).resolve("completeness.json")));
    }
}
