package dev.saddlebag.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Source;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.ObjectRef;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule has a name, a limit and a sentence with names and numbers in it. */
class RuleTest {
    @TempDir
    Path folder;

    @Test
    void the_names_are_those_of_the_settings() {
        assertThat(List.of(Rule.values()))
                .extracting(Rule::setting)
                .containsExactly(
                        "minimum-pages",
                        "minimum-databases",
                        "maximum-drop-percent",
                        "maximum-emptied-percent",
                        "maximum-changed-percent",
                        "maximum-gaps",
                        "maximum-dead-link-increase");
    }

    @Test
    void fewer_pages_or_databases_than_the_minimum_break_the_rule() {
        Map<String, String> limits = Map.of("minimum-pages", "5", "minimum-databases", "2");

        assertThat(alone(5, 2, 0, limits).findings()).isEmpty();
        assertThat(alone(4, 1, 0, limits).sentence())
                .isEqualTo("4 pages were collected; 5 is the least. 1 databases were collected; 2 is the least.");
    }

    @Test
    void gaps_are_tolerated_up_to_their_number() {
        assertThat(alone(5, 0, 25, Map.of()).findings()).isEmpty();
        assertThat(alone(5, 0, 26, Map.of()).held()).isTrue();
        assertThat(alone(5, 0, 26, Map.of()).sentence())
                .isEqualTo("26 objects or files could not be collected; 25 are tolerated.");
    }

    @Test
    void an_unchanged_workspace_breaks_nothing_and_every_rule_says_what_it_measured() throws Exception {
        Verdict verdict = workspace().after(workspace(), folder);

        assertThat(verdict.words()).isEqualTo("accepted");
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.baseline()).isEqualTo(Sketch.BEFORE);
        assertThat(verdict.rules())
                .allMatch(Verdict.Measure::kept)
                .extracting(Verdict.Measure::rule)
                .contains("minimum-pages", "maximum-drop-percent", "maximum-changed-percent", "maximum-gaps");
        assertThat(verdict.count()).containsEntry("pages", 141L).containsEntry("rows", 120L);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 70, accepted",
        "100, 69, held",
        "10, 7, accepted",
        "10, 4, held",
        "10, 6, warned",
        "2, 1, warned",
        "11, 6, warned",
        "12, 6, held",
        "10, 5, warned",
        "9, 4, held",
        "3, 1, held"
    })
    void a_loss_of_the_whole_is_tolerated_up_to_its_share_and_a_small_one_is_a_warning(
            int before, int now, String verdict) throws Exception {
        Verdict judged =
                pages(now).after(pages(before), folder, Map.of("maximum-drop-percent", "30"), RuleTest::withoutTrace);

        assertThat(judged.held()).isEqualTo(verdict.equals("held"));
        assertThat(judged.findings().isEmpty()).isEqualTo(verdict.equals("accepted"));
    }

    @Test
    void what_is_gone_is_counted_although_as_much_is_new() throws Exception {
        Sketch now = pages(70);
        for (int i = 0; i < 30; i++) {
            now.page("new " + i, null);
        }

        assertThat(now.after(pages(100), folder).sentence())
                .startsWith(
                        "30 of the 100 pages in " + Sketch.BEFORE + " are gone, which is 30 %; 20 % are tolerated.");
    }

    @Test
    void databases_without_rows_count_as_a_whole_and_few_of_them_are_a_warning() throws Exception {
        Sketch before = pages(3);
        for (int i = 0; i < 10; i++) {
            before.database("Empty " + i, null, 0);
        }
        Sketch now = before.copy();
        for (int i = 0; i < 6; i++) {
            now.withoutAll("Empty " + i);
        }

        assertThat(now.after(before, folder).sentence())
                .startsWith("6 of the 10 databases in " + Sketch.BEFORE
                        + " are gone, which is 60 %; 20 % are tolerated. Of these: 6 no longer visible");
        assertThat(now.after(before, folder).faults()).hasSize(1);
        Sketch few = pages(3).database("Empty 1", null, 0).database("Empty 2", null, 0);
        assertThat(pages(3).after(few, folder).words()).isEqualTo("accepted with warnings");
    }

    @Test
    void rows_that_are_gone_from_many_databases_hold_the_snapshot_though_each_lost_few() throws Exception {
        Sketch before = pages(200);
        Sketch now = pages(200);
        Sketch renewed = pages(200);
        for (int i = 0; i < 10; i++) {
            before.database("Table " + i, null, 10);
            now.database("Table " + i, null, 7);
            renewed.database("Table " + i, null, 7);
        }
        Sketch takenOut = before.copy();
        for (int i = 0; i < 10; i++) {
            for (int row = 7; row < 10; row++) {
                takenOut.moved("Table " + i + " row " + row, null);
            }
        }
        renewed.rows("Table 0", 100, 130);

        assertThat(now.after(before, folder).sentence()).startsWith("30 of the 100 rows in ");
        assertThat(now.after(before, folder).faults()).hasSize(1);
        assertThat(renewed.after(before, folder).held()).isFalse();
        assertThat(takenOut.after(before, folder).findings()).isEmpty();
    }

    @Test
    void what_is_below_the_only_page_at_the_top_is_the_whole_and_named_once() throws Exception {
        Sketch before = new Sketch().page("Home", null);
        for (int i = 0; i < 100; i++) {
            before.page("page " + i, "Home");
        }
        Sketch now = before.copy();
        for (int i = 0; i < 30; i++) {
            now.without("page " + i);
        }

        assertThat(now.after(before, folder).findings())
                .extracting(Verdict.Finding::sentence)
                .singleElement()
                .asString()
                .startsWith("30 of the 101 pages");
    }

    @Test
    void a_limit_of_100_percent_lets_whole_databases_and_pages_at_the_top_go() throws Exception {
        Sketch now = workspace().withoutAll("List 3").withoutAll("Team");

        assertThat(now.after(workspace(), folder, Map.of("maximum-drop-percent", "100"), RuleTest::withoutTrace)
                        .findings())
                .isEmpty();
        assertThat(now.after(workspace(), folder, Map.of("maximum-drop-percent", "99.9"), RuleTest::withoutTrace)
                        .faults())
                .hasSize(2);
    }

    @Test
    void a_database_that_is_gone_holds_the_snapshot_though_the_whole_lost_little() throws Exception {
        Verdict verdict = workspace().withoutAll("List 3").after(workspace(), folder);

        assertThat(verdict.held()).isTrue();
        assertThat(verdict.faults()).hasSize(1);
        assertThat(verdict.sentence())
                .startsWith("1 database that " + Sketch.BEFORE + " has is gone: \"List 3\" with 10 rows.");
        assertThat(verdict.faults().get(0).examples())
                .containsExactly(new Verdict.Example("database", Sketch.id("List 3"), "List 3"));
        assertThat(verdict.rules())
                .filteredOn(measure -> measure.what().startsWith("pages that are gone"))
                .allMatch(Verdict.Measure::kept);
    }

    @Test
    void a_database_that_is_gone_without_its_rows_is_a_warning() throws Exception {
        Sketch before = workspace().database("Empty", null, 0);
        Sketch merged = workspace();
        for (int row = 0; row < 10; row++) {
            merged.moved("List 3 row " + row, "List 4 source");
        }
        merged.without("List 3").without("List 3 source");

        assertThat(workspace().after(before, folder).words()).isEqualTo("accepted with warnings");
        assertThat(merged.after(workspace(), folder).words()).isEqualTo("accepted with warnings");
    }

    @Test
    void a_database_that_lost_many_rows_holds_the_snapshot_though_the_whole_lost_little() throws Exception {
        Sketch before = workspace().database("Orders", null, 30);
        Sketch now = workspace().database("Orders", null, 23);

        assertThat(now.after(before, folder).sentence())
                .startsWith("1 database lost more than 20 % since " + Sketch.BEFORE
                        + ": \"Orders\" has 23 rows left of 30, 23.4 % fewer.");
    }

    @ParameterizedTest
    @CsvSource({"5, accepted", "4, held", "8, nothing"})
    void a_database_may_lose_as_many_rows_as_a_small_drop_has(int left, String verdict) throws Exception {
        Verdict judged =
                workspace().database("Few", null, left).after(workspace().database("Few", null, 10), folder);

        assertThat(judged.held()).isEqualTo(verdict.equals("held"));
        assertThat(judged.findings().isEmpty()).isEqualTo(verdict.equals("nothing"));
    }

    @ParameterizedTest
    @CsvSource({"8, 3, false", "8, 2, true"})
    void as_many_files_of_a_kind_may_go_as_a_small_drop_has(int before, int now, boolean held) throws Exception {
        Sketch many = withImages(before);
        Sketch few = withImages(now);
        for (int i = 0; i < 100; i++) {
            many.file("Home", "paper-" + i + ".pdf", 1000);
            few.file("Home", "paper-" + i + ".pdf", 1000);
        }

        Verdict verdict = few.after(many, folder);

        assertThat(verdict.held()).isEqualTo(held);
        assertThat(verdict.sentence()).contains(now + " files of the kind image are left of 8");
    }

    @ParameterizedTest
    @CsvSource({"5, false", "6, true"})
    void so_few_files_may_all_be_replaced_by_smaller_ones(int files, boolean held) throws Exception {
        Sketch before = workspace();
        Sketch now = workspace();
        for (int i = 0; i < files; i++) {
            before.file("Home", "film-" + i + ".mp4", 1000);
            now.file("Home", "short-film-" + i + ".mp4", 10);
        }

        assertThat(now.after(before, folder).held()).isEqualTo(held);
        assertThat(now.after(before, folder).words()).isNotEqualTo("accepted");
    }

    @Test
    void a_few_files_that_were_most_of_the_bytes_are_a_warning_when_they_are_gone() throws Exception {
        Sketch now = withImages(30);

        Verdict verdict = now.after(
                withImages(30).file("Home", "film.mp4", 1_000_000).file("Home", "another-film.mp4", 1_000_000), folder);

        assertThat(verdict.words()).isEqualTo("accepted with warnings");
        assertThat(verdict.warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.startsWith("300 bytes in files are left of 2000300"));
    }

    private static Sketch withImages(int number) {
        Sketch sketch = workspace();
        for (int i = 0; i < number; i++) {
            sketch.file("Home", "photo-" + i + ".JPG", 10);
        }
        return sketch;
    }

    @Test
    void one_row_of_three_is_everyday_work() throws Exception {
        Sketch before = workspace().database("Few", null, 3);
        Sketch now = workspace().database("Few", null, 2);

        Verdict verdict = now.after(before, folder);
        assertThat(verdict.words()).isEqualTo("accepted with warnings");
        assertThat(verdict.sentence()).contains("\"Few\" has 2 rows left of 3");
        assertThat(now.after(before, folder, Map.of("small-drop", "0"), RuleTest::withoutTrace)
                        .held())
                .isTrue();
    }

    @Test
    void rows_that_make_room_for_new_ones_or_move_elsewhere_are_no_loss_of_their_database() throws Exception {
        Sketch before = workspace().database("Queue", null, 20);
        Sketch renewed = workspace().database("Queue", null, 0).rows("Queue", 10, 30);
        Sketch moved = before.copy();
        for (int row = 0; row < 10; row++) {
            moved.moved("Queue row " + row, "List 1 source");
        }

        assertThat(renewed.after(before, folder).findings()).isEmpty();
        assertThat(moved.after(before, folder).findings()).isEmpty();
    }

    @Test
    void a_page_at_the_top_that_is_gone_with_what_is_below_it_holds_the_snapshot() throws Exception {
        Verdict verdict = workspace().withoutAll("Team").after(workspace(), folder);

        assertThat(verdict.sentence())
                .startsWith("1 page at the top that " + Sketch.BEFORE + " has is gone: \"Team\" with 5 pages below.");
    }

    @Test
    void a_page_at_the_top_with_nothing_below_it_may_go() throws Exception {
        assertThat(workspace().without("Note 1").after(workspace(), folder).findings())
                .isEmpty();
    }

    @Test
    void a_page_at_the_top_that_lost_much_holds_the_snapshot() throws Exception {
        Sketch before = workspace();
        for (int i = 0; i < 20; i++) {
            before.page("Team detail " + i, "Team");
        }
        Sketch now = before.copy();
        for (int i = 0; i < 8; i++) {
            now.without("Team detail " + i);
        }

        assertThat(now.after(before, folder).sentence())
                .startsWith("1 page at the top lost more than 20 % since " + Sketch.BEFORE
                        + ": \"Team\" has 17 pages below left of 25, 32 % fewer.");
    }

    @Test
    void all_images_gone_hold_the_snapshot_though_they_are_a_small_part_of_the_files() throws Exception {
        Sketch before = workspace();
        Sketch now = workspace();
        for (int i = 0; i < 100; i++) {
            before.file("Home", "paper-" + i + ".pdf", 1000);
            now.file("Home", "paper-" + i + ".pdf", 1000);
        }
        for (int i = 0; i < 8; i++) {
            before.file("Home", "photo-" + i + ".JPG", 10);
        }

        assertThat(now.after(before, folder).sentence())
                .startsWith("0 files of the kind image are left of 8 in " + Sketch.BEFORE + ", which is 100 % fewer;"
                        + " 20 % are tolerated.");
    }

    @Test
    void files_that_are_there_and_hold_nothing_hold_the_snapshot() throws Exception {
        Sketch before = workspace();
        Sketch now = workspace();
        for (int i = 0; i < 10; i++) {
            before.file("Home", "paper-" + i + ".pdf", 1000);
            now.file("Home", "paper-" + i + ".pdf", 0);
        }

        assertThat(now.after(before, folder).sentence()).startsWith("0 bytes in files are left of 10000");
    }

    @Test
    void a_large_file_of_few_that_is_replaced_by_a_smaller_one_is_a_warning() throws Exception {
        Sketch before = workspace().file("Home", "film.mp4", 5_000_000);
        Sketch now = workspace().file("Home", "short-film.mp4", 10);

        assertThat(now.after(before, folder).words()).isEqualTo("accepted with warnings");
    }

    @Test
    void pages_that_lost_their_content_hold_the_snapshot_by_name() throws Exception {
        Sketch now = workspace();
        for (int row = 0; row < 10; row++) {
            now.blocks("List 1 row " + row, 0);
            now.blocks("List 2 row " + row, 0);
        }

        Verdict verdict = now.after(workspace(), folder);
        assertThat(verdict.sentence())
                .startsWith("20 pages of 141 that had content are empty or all but empty now, which is 14.2 %;"
                        + " 10 % are tolerated: \"List 1 row ")
                .contains("and 17 more");
        assertThat(verdict.faults().get(0).examples()).hasSize(10);
    }

    @Test
    void one_empty_paragraph_is_what_is_left_of_a_page_that_somebody_wiped() throws Exception {
        Sketch now = workspace();
        for (int i = 0; i < 20; i++) {
            now.blocks(i == 0 ? "Home" : i < 6 ? "Team page " + (i - 1) : "Note " + (i - 6), 1);
        }
        // A page of three blocks that has one left was edited, not wiped.
        now.blocks("List 1 row 1", 1);

        assertThat(now.after(workspace(), folder).count()).containsEntry("pages_emptied", 20L);
        Sketch before = workspace().blocks("Home", 5).blocks("Team page 0", 4);
        assertThat(now.after(before, folder).count()).containsEntry("pages_emptied", 19L);
        assertThat(now.after(workspace(), folder).held()).isTrue();
    }

    @Test
    void a_few_emptied_pages_of_few_are_a_warning() throws Exception {
        Sketch now = pages(5).blocks("page 1", 0);

        assertThat(now.after(pages(5), folder).words()).isEqualTo("accepted with warnings");
    }

    @ParameterizedTest
    @CsvSource({"5, false", "6, true"})
    void as_many_pages_may_be_emptied_as_a_small_drop_has(int emptied, boolean held) throws Exception {
        Sketch before = pages(30);
        Sketch now = pages(30);
        for (int i = 0; i < 30; i++) {
            // Empty pages are no part of what can be emptied: six of fifteen are too many, six of thirty too.
            before.blocks("page " + i, i < 15 ? 7 : 0);
            now.blocks("page " + i, i < 15 && i >= emptied ? 7 : 0);
        }

        Verdict verdict = now.after(before, folder, Map.of("maximum-emptied-percent", "30"), RuleTest::withoutTrace);

        assertThat(verdict.held()).isEqualTo(held);
        assertThat(verdict.sentence()).startsWith(emptied + " pages of 15 that had content");
    }

    @Test
    void pages_of_which_nobody_knows_when_they_were_edited_are_neither_edited_nor_a_part_of_the_share()
            throws Exception {
        Sketch now = pages(20);
        for (int i = 0; i < 19; i++) {
            now.edited("page " + i);
        }

        assertThat(now.after(pages(20), folder).held()).isTrue();
        assertThat(now.after(pages(20).unmarked("page 19"), folder).findings()).isEmpty();
        assertThat(now.unmarked("page 19").after(pages(20), folder).findings()).isEmpty();
    }

    @Test
    void edits_are_a_share_of_the_pages_that_are_still_there() throws Exception {
        Sketch now = new Sketch();
        for (int i = 0; i < 40; i++) {
            now.page("page " + i, null);
            if (i < 21) {
                now.edited("page " + i);
            }
        }
        Map<String, String> limits = Map.of("maximum-drop-percent", "30");

        Verdict verdict = now.after(pages(50), folder, limits, RuleTest::withoutTrace);
        assertThat(verdict.sentence()).startsWith("21 of the 40 pages that were there before were edited since");
        assertThat(verdict.held()).isTrue();
        assertThat(now.without("page 0")
                        .page("page 0", null)
                        .after(pages(50), folder, limits, RuleTest::withoutTrace)
                        .findings())
                .isEmpty();
    }

    @Test
    void a_mass_edit_holds_the_snapshot_by_name() throws Exception {
        Sketch now = workspace();
        for (int list = 1; list <= 8; list++) {
            for (int row = 0; row < 10; row++) {
                now.edited("List " + list + " row " + row);
            }
        }

        Verdict verdict = now.after(workspace(), folder);
        assertThat(verdict.sentence())
                .startsWith("80 of the 141 pages that were there before were edited since, which is 56.8 %");
        assertThat(verdict.faults().get(0).examples()).hasSize(10);
        assertThat(now.after(workspace(), folder, Map.of("maximum-changed-percent", "60"), RuleTest::withoutTrace)
                        .findings())
                .isEmpty();
    }

    @Test
    void in_a_small_workspace_everything_may_be_edited_in_a_day() throws Exception {
        Sketch now = pages(19);
        for (int i = 0; i < 19; i++) {
            now.edited("page " + i);
        }

        assertThat(now.after(pages(19), folder).findings()).isEmpty();
        assertThat(now.page("page 19", null)
                        .edited("page 19")
                        .after(pages(20), folder)
                        .held())
                .isTrue();
    }

    @Test
    void more_dead_links_are_a_warning_and_many_more_hold_the_snapshot() throws Exception {
        Sketch before = pages(5);
        before.observed().number("dead-links-to-pages", 4);
        Sketch few = pages(5);
        few.observed().number("dead-links-to-pages", 6);
        Sketch many = pages(5);
        many.observed().number("dead-links-to-pages", 55);

        assertThat(before.after(before, folder).findings()).isEmpty();
        assertThat(few.after(before, folder).words()).isEqualTo("accepted with warnings");
        assertThat(many.after(before, folder).sentence())
                .isEqualTo("There are 55 dead links to pages, and there were 4 in " + Sketch.BEFORE
                        + "; 50 more are tolerated.");
        assertThat(many.after(before, folder).held()).isTrue();
    }

    @Test
    void dead_links_are_compared_sort_by_sort_and_fewer_or_unknown_ones_are_nothing_to_say() throws Exception {
        Sketch before = pages(5);
        before.observed().number("dead-links-to-pages", 4);
        before.observed().number("dead-links-to-files", 60);
        before.observed().number("export-parts", 1);
        Sketch now = pages(5);
        now.observed().number("dead-links-to-pages", 55);
        now.observed().number("dead-links-to-files", 3);
        now.observed().number("dead-links-broken", 1000);
        now.observed().number("export-parts", 90);

        assertThat(now.after(before, folder).findings())
                .extracting(Verdict.Finding::sentence)
                .containsExactly("There are 55 dead links to pages, and there were 4 in " + Sketch.BEFORE
                        + "; 50 more are tolerated.");
        now.observed().number("dead-links-to-pages", 54);
        assertThat(now.after(before, folder).words()).isEqualTo("accepted with warnings");
    }

    @Test
    void what_the_run_remarks_becomes_a_finding_of_its_weight() throws Exception {
        Sketch now = pages(5);
        now.observed().warn("export-warnings", "No index.html.");
        assertThat(now.after(pages(5), folder).words()).isEqualTo("accepted with warnings");

        now.observed().fault("export-rows", "\"Tasks\" has 3 pages for 5 rows.");
        Verdict verdict = now.after(pages(5), folder);
        assertThat(verdict.held()).isTrue();
        assertThat(verdict.sentence()).isEqualTo("\"Tasks\" has 3 pages for 5 rows.");
        assertThat(verdict.findings())
                .extracting(Verdict.Finding::rule)
                .containsExactly("export-rows", "export-warnings");
    }

    @Test
    void less_than_another_source_had_is_named_with_numbers_and_holds_nothing() throws Exception {
        Sketch now = workspace().withoutAll("List").withoutAll("Team");

        Verdict verdict = now.after(
                workspace().file("Home", "film.mp4", 5_000_000),
                Source.EXPORT,
                folder,
                Map.of("small-drop", "0"),
                unused -> Fate.NOT_SHARED);

        assertThat(verdict.words()).isEqualTo("accepted with warnings");
        assertThat(verdict.sentence())
                .contains("126 of the 141 pages in " + Sketch.BEFORE + " are gone")
                .contains("\" with 10 rows", "\"Team\" with 5 pages below")
                .contains("not visible to the connection")
                .doesNotContain("files");
        assertThat(verdict.warnings()).extracting(Verdict.Finding::rule).containsOnly("maximum-drop-percent");
        assertThat(now.after(workspace(), Source.API, folder, Map.of(), RuleTest::withoutTrace)
                        .held())
                .isTrue();
        assertThat(new Sketch()
                        .after(workspace(), Source.EXPORT, folder, Map.of(), RuleTest::withoutTrace)
                        .sentence())
                .isEqualTo("0 pages were collected; 1 is the least.");
    }

    @Test
    void a_part_of_a_database_or_of_a_page_is_no_loss_across_sources_either() throws Exception {
        Sketch before = workspace().database("Orders", null, 30);
        Sketch now = workspace().database("Orders", null, 10);
        for (int i = 0; i < 30; i++) {
            before.page("Team detail " + i, "Team");
        }

        assertThat(now.after(before, Source.EXPORT, folder, Map.of(), RuleTest::withoutTrace)
                        .warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.contains("\"Orders\" has 10 rows left of 30"))
                .anyMatch(sentence -> sentence.contains("\"Team\" has 5 pages below left of 35"));
        assertThat(now.after(before, Source.EXPORT, folder, Map.of(), RuleTest::withoutTrace)
                        .accepted())
                .isTrue();
    }

    @Test
    void another_format_of_the_same_export_changes_every_mark_and_is_no_mass_edit() throws Exception {
        Sketch before = workspace().file("Home", "cover.png", 100);
        before.observed().number("dead-links-to-pages", 0);
        Sketch now = workspace();
        now.observed().number("dead-links-to-pages", 500);
        for (int list = 1; list <= 12; list++) {
            for (int row = 0; row < 10; row++) {
                now.edited("List " + list + " row " + row).blocks("List " + list + " row " + row, 0);
            }
        }
        for (int i = 0; i < 40; i++) {
            before.file("Home", "icon-" + i + ".png", 100);
        }

        assertThat(now.after(before, folder).faults())
                .extracting(Verdict.Finding::rule)
                .contains("maximum-changed-percent", "maximum-emptied-percent", "maximum-dead-link-increase");
        Verdict other = inOtherFormat(now, before);
        assertThat(other.words()).isEqualTo("accepted with warnings");
        assertThat(other.findings()).extracting(Verdict.Finding::rule).containsOnly("maximum-drop-percent");
        assertThat(other.rules())
                .extracting(Verdict.Measure::rule)
                .doesNotContain("maximum-changed-percent", "maximum-emptied-percent", "maximum-dead-link-increase");
        assertThat(other.count()).containsKey("pages_gone").doesNotContainKeys("pages_changed", "pages_emptied");
        assertThat(other.sentence()).contains("0 files are left of 41");

        assertThat(inOtherFormat(workspace().withoutAll("List 3"), workspace()).sentence())
                .startsWith("1 database that " + Sketch.BEFORE + " has is gone: \"List 3\" with 10 rows.");
        assertThat(inOtherFormat(workspace().withoutAll("List 3"), workspace()).held())
                .isTrue();
        assertThat(inOtherFormat(new Sketch(), new Sketch()).held()).isTrue();
    }

    private Verdict inOtherFormat(Sketch now, Sketch before) throws Exception {
        return now.after(before, Source.API, Likeness.OTHER_FORMAT, folder, Map.of(), RuleTest::withoutTrace);
    }

    @Test
    void two_snapshots_are_alike_when_source_and_format_are_known_to_be_the_same() {
        assertThat(Likeness.of(known(Source.API, null), Source.API, null)).isEqualTo(Likeness.ALIKE);
        assertThat(Likeness.of(known(Source.EXPORT, "html"), Source.EXPORT, "html"))
                .isEqualTo(Likeness.ALIKE);
        assertThat(Likeness.of(known(Source.EXPORT, "html"), Source.EXPORT, "markdown"))
                .isEqualTo(Likeness.OTHER_FORMAT);
        assertThat(Likeness.of(known(Source.EXPORT, null), Source.EXPORT, "markdown"))
                .isEqualTo(Likeness.OTHER_FORMAT);
        assertThat(Likeness.of(known(Source.EXPORT, null), Source.EXPORT, null)).isEqualTo(Likeness.OTHER_FORMAT);
        assertThat(Likeness.of(known(Source.EXPORT, "html"), Source.API, null)).isEqualTo(Likeness.OTHER_SOURCE);
        assertThat(Likeness.of(known(null, null), Source.API, null)).isEqualTo(Likeness.OTHER_SOURCE);
        assertThat(Likeness.of(
                        Baseline.counted(Sketch.BEFORE, Source.EXPORT, new Counts(1, 0, 0, 0, 0, 0, 0, 0)),
                        Source.EXPORT,
                        "html"))
                .isEqualTo(Likeness.ALIKE);
    }

    private static Baseline known(Source source, String format) {
        Counts counts = new Counts(1, 0, 0, 0, 0, 0, 0, 0);
        return new Baseline(Sketch.BEFORE, source, format, counts, new TreeMap<>(), new TreeMap<>(), true, true);
    }

    @Test
    void pages_that_the_server_exported_and_that_did_not_come_are_a_warning() throws Exception {
        Sketch before = pages(100);
        before.observed().number("export-pages-exported", 120);
        Sketch same = pages(91);
        same.observed().number("export-pages-exported", 120);
        Sketch less = pages(89);
        less.observed().number("export-pages-exported", 120);
        Sketch more = pages(100);
        more.observed().number("export-pages-exported", 100);
        Sketch unknown = pages(85);

        assertThat(same.after(before, folder).findings()).isEmpty();
        assertThat(unknown.after(before, folder).findings()).isEmpty();
        assertThat(less.after(pages(100), folder).findings()).isEmpty();
        assertThat(less.after(before, Source.EXPORT, folder, Map.of(), RuleTest::withoutTrace)
                        .findings())
                .isEmpty();
        Verdict verdict = less.after(before, folder);
        assertThat(verdict.words()).isEqualTo("accepted with warnings");
        assertThat(verdict.warnings()).extracting(Verdict.Finding::rule).containsExactly("export-warnings");
        assertThat(verdict.sentence())
                .isEqualTo("Notion says that it exported 120, and 89 pages came; by the share of " + Sketch.BEFORE
                        + " (100 pages of 120) it would be 100. Look whether pages are missing.");
        assertThat(more.after(before, folder).sentence()).contains("it would be 83");
    }

    @ParameterizedTest
    @CsvSource({"35, true", "34, false"})
    void an_export_may_be_off_by_as_many_pages_as_a_small_drop_has(int came, boolean fine) throws Exception {
        Sketch before = pages(40);
        before.observed().number("export-pages-exported", 40);
        Sketch now = pages(came);
        now.observed().number("export-pages-exported", 40);

        assertThat(now.after(before, folder).findings().isEmpty()).isEqualTo(fine);
    }

    @Test
    void what_nobody_set_has_the_numbers_that_the_documentation_names() {
        assertThat(new Limits(Map.of()).smallDrop()).isEqualTo(5);
        assertThat(new Limits(Map.of()).keepHeld()).isEqualTo(3);
        assertThat(new Limits(Map.of()).of(Rule.MINIMUM_PAGES)).isEmpty();
    }

    @Test
    void in_a_small_export_one_page_more_or_less_is_no_warning() throws Exception {
        Sketch before = pages(5);
        before.observed().number("export-pages-exported", 6);
        Sketch now = pages(5);
        now.observed().number("export-pages-exported", 8);

        assertThat(now.after(before, folder).findings()).isEmpty();
    }

    @Test
    void deletion_is_told_from_lost_access_also_for_what_went_with_its_parent() throws Exception {
        Sketch now = workspace().withoutAll("Team").withoutAll("List 3");
        Function<ObjectRef, Fate> trash =
                object -> object.equals(Sketch.page("Team")) ? Fate.IN_TRASH : Fate.NOT_VISIBLE;

        Verdict verdict = now.after(workspace(), folder, Map.of("maximum-drop-percent", "5"), trash);

        assertThat(verdict.faults().get(0).sentence())
                .startsWith("16 of the 141 pages in ")
                .contains("6 in Notion's trash, from where they can be restored (\"Team\"")
                .contains("10 no longer visible and not known to be in the trash")
                .contains("and 7 more");
    }

    @Test
    void what_failed_is_not_called_deleted() throws Exception {
        Verdict verdict = pages(50).after(pages(100), folder, Map.of(), unused -> Fate.FAILED);

        assertThat(verdict.sentence()).contains("50 not collected this time").doesNotContain("trash");
    }

    @Test
    void titles_of_strangers_cannot_spoil_a_sentence() throws Exception {
        Sketch before = pages(3).database("evil\u001b[2J\nname" + "x".repeat(100), null, 4);

        assertThat(pages(3).after(before, folder).sentence())
                .contains("\"evil [2J namexxx")
                .contains("x…\"")
                .doesNotContain("\u001b", "\n");
    }

    @Test
    void counts_alone_are_compared_when_nothing_else_is_known() {
        Measurement measured = new Measurement(
                new Counts(79, 0, 0, 0, 0, 0, 0, 0),
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                Optional.of(Baseline.counted(Sketch.BEFORE, Source.API, new Counts(100, 0, 0, 0, 0, 0, 10, 500))),
                Optional.empty(),
                Likeness.ALIKE);

        assertThat(Gate.judge(measured, true, Sketch.limits(Map.of())).sentence())
                .contains("21 of the 100 pages in " + Sketch.BEFORE + " are gone, which is 21 %; 20 % are tolerated.")
                .contains("0 files are left of 10");
    }

    @Test
    void databases_are_counted_too_when_nothing_else_is_known() {
        Measurement measured = new Measurement(
                new Counts(100, 7, 0, 0, 0, 0, 0, 0),
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                Optional.of(Baseline.counted(Sketch.BEFORE, Source.API, new Counts(100, 13, 0, 0, 0, 0, 0, 0))),
                Optional.empty(),
                Likeness.ALIKE);

        assertThat(Gate.judge(measured, true, Sketch.limits(Map.of())).faults())
                .extracting(Verdict.Finding::sentence)
                .containsExactly("6 of the 13 databases in " + Sketch.BEFORE
                        + " are gone, which is 46.2 %; 20 % are tolerated.");
    }

    @Test
    void a_broken_limit_never_looks_as_if_it_were_kept() {
        assertThat(Words.percent(30_001, 100_000)).isEqualTo(new BigDecimal("30.1"));
        assertThat(Words.exceeds(30_001, 100_000, new BigDecimal("30"))).isTrue();
        assertThat(Words.exceeds(30_000, 100_000, new BigDecimal("30"))).isFalse();
        assertThat(Words.exceeds(0, 0, BigDecimal.ZERO)).isFalse();
    }

    private static Verdict alone(long pages, long databases, long gaps, Map<String, String> limits) {
        return Gate.judge(
                Measurement.alone(new Counts(pages, databases, 0, 0, 0, 0, 0, 0), gaps), true, Sketch.limits(limits));
    }

    private static Sketch pages(int number) {
        Sketch sketch = new Sketch();
        for (int i = 0; i < number; i++) {
            sketch.page("page " + i, null);
        }
        return sketch;
    }

    /** 12 databases of 10 rows, a team with 5 pages, 14 notes, and a home. */
    private static Sketch workspace() {
        Sketch sketch = new Sketch().page("Home", null).page("Team", null);
        for (int i = 0; i < 5; i++) {
            sketch.page("Team page " + i, "Team");
        }
        for (int i = 0; i < 14; i++) {
            sketch.page("Note " + i, null);
        }
        for (int i = 1; i <= 12; i++) {
            sketch.database("List " + i, "Home", 10);
        }
        return sketch;
    }

    private static Fate withoutTrace(ObjectRef unused) {
        return Fate.NOT_VISIBLE;
    }
}
