package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportForm;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.ExportTree;
import dev.saddlebag.simulator.SampleWorkspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs that back up Notion's own export: what they deliver, what they hold back, and what they refuse. */
class ExportBackupTest {
    private static final int PAGES = 120;
    private static final int LEAST_LINKS = 100;

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T08:00:00Z"));
    private Lab lab;
    private dev.saddlebag.simulator.Exports notion;

    @BeforeEach
    void open() throws Exception {
        InstantSource watch = now::get;
        lab = new Lab(
                        folder,
                        SampleWorkspace.of(5, PAGES),
                        Behaviour.standard().withClock(watch.withZone(ZoneOffset.UTC)))
                .exporting("export");
        notion = lab.notion().exports();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private RunSummary complete() throws Exception {
        RunSummary summary = lab.backup();
        assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
        return summary;
    }

    @Test
    void every_page_and_database_is_accounted_for_and_no_other_and_every_link_leads_somewhere() throws Exception {
        RunSummary summary = complete();

        ExportedSnapshot snapshot = newest();
        Exports.assertSame(snapshot.objects(), held(notion.contents().toList()));
        assertThat(summary.counts().pages())
                .isEqualTo(snapshot.objects().values().stream()
                        .filter("page"::equals)
                        .count());
        assertThat(snapshot.followLinks()).isGreaterThan(LEAST_LINKS);
        List<String> linked = notion.contents()
                .filter(node -> node.kind().equals("linked_database"))
                .map(ExportTree.Node::id)
                .toList();
        assertThat(linked).isNotEmpty();
        assertThat(summary.gaps()).extracting(gap -> gap.id()).containsAll(linked);
    }

    @Test
    void an_unchanged_workspace_changes_nothing_in_the_next_snapshot_whatever_changes_in_its_archive()
            throws Exception {
        notion.form(notion.form().withDateTitles(true));
        complete();
        SortedMap<String, String> first = newest().content();
        now.updateAndGet(today -> today.plus(Duration.ofDays(1)));
        notion.form(notion.form().withParts(3));

        complete();

        assertThat(notion.taskIds()).hasSize(2);
        Exports.assertSame(newest().content(), first);
    }

    @Test
    void the_layout_of_old_differs_in_nothing_but_the_paths_in_the_archive() throws Exception {
        complete();
        ExportedSnapshot plain = newest();
        notion.play(ExportScenario.OLD_LAYOUT);

        complete();

        Exports.assertSame(newest().hashes("pages", "files"), plain.hashes("pages", "files"));
        Exports.assertSame(newest().catalogueWithoutOrigin(), plain.catalogueWithoutOrigin());
    }

    @Test
    void html_and_markdown_have_the_same_pages() throws Exception {
        complete();
        ExportedSnapshot markdown = newest();
        lab.close();
        lab = new Lab(folder.resolve("html"), SampleWorkspace.of(5, PAGES), Behaviour.standard())
                .exporting("export")
                .with("saddlebag.workspace.acme.export.format", "html");

        complete();

        ExportedSnapshot html = newest();
        assertThat(html.json("workspace.json").at("/export/format").asText()).isEqualTo("html");
        Exports.assertSame(html.objects(), markdown.objects());
        assertThat(html.followLinks()).isGreaterThan(LEAST_LINKS);
        // Markdown leaves out the covers and icons of pages (facts/notion-export.md §2.6), so that HTML may have more
        // files.
        assertThat(html.hashes("files").keySet())
                .containsAll(markdown.hashes("files").keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "PART_MISSING, part 2",
        "TRAVERSAL, escaped.txt",
        "BOMB, ZIP bomb",
        "TRUNCATED, cut off",
        "CONFLICTING_PARTS, twice.txt",
        "DAMAGED_ENTRY, damaged.txt"
    })
    void an_archive_that_cannot_be_trusted_ends_the_run_and_touches_nothing(ExportScenario scenario, String named)
            throws Exception {
        RunSummary good = complete();
        SortedMap<String, String> before = newest().content();
        notion.play(scenario);

        RunSummary failed = lab.backup();

        assertThat(failed.outcome()).as(failed.sentence()).isEqualTo(Outcome.FAILED);
        assertThat(failed.failure()).contains(named);
        assertThat(lab.staging().resolve("tree/export")).doesNotExist();
        assertThat(lab.staging().resolve("temporary/unpacking")).doesNotExist();
        assertThat(lab.staging().resolve("export-download/001.zip")).doesNotExist();
        assertThat(lab.vault().find("latest").id().value()).isEqualTo(good.run());
        notion.play(ExportScenario.FINE);
        complete();
        assertThat(notion.taskIds()).hasSize(3);
        Exports.assertSame(newest().content(), before);
    }

    @ParameterizedTest
    @CsvSource({
        "PAGE_LOST, export-index, index.html names 1 page without a file",
        "ROWS_LOST, export-rows, Pages of rows are missing",
        "OTHER_WORKSPACE, export-space, The export is of the workspace",
        "SMALLER, , Home"
    })
    void an_export_that_lacks_something_is_held_and_says_what(ExportScenario scenario, String rule, String said)
            throws Exception {
        RunSummary good = complete();
        notion.play(scenario);

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.sentence()).contains(said);
        if (rule != null) {
            assertThat(held.verdict().faults())
                    .extracting(Verdict.Finding::rule)
                    .contains(rule);
        }
        assertThat(lab.vault().find("latest").id().value()).isEqualTo(good.run());
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_WRAPPER", "TWO_WRAPPERS", "FIVE_PARTS", "ZIP64"})
    void however_it_is_packed_the_snapshot_is_the_same(ExportScenario scenario) throws Exception {
        complete();
        ExportedSnapshot plain = newest();
        notion.play(scenario);

        RunSummary summary = complete();

        assertThat(summary.verdict().findings()).isEmpty();
        Exports.assertSame(newest().hashes("pages", "files"), plain.hashes("pages", "files"));
        Exports.assertSame(newest().catalogueWithoutOrigin(), plain.catalogueWithoutOrigin());
    }

    @Test
    void names_in_another_normal_form_lead_to_the_same_places() throws Exception {
        complete();
        ExportedSnapshot plain = newest();
        notion.play(ExportScenario.NAMES);

        RunSummary summary = complete();

        ExportedSnapshot decomposed = newest();
        assertThat(summary.verdict().findings()).isEmpty();
        Exports.assertSame(decomposed.objects(), plain.objects());
        assertThat(decomposed.hashes("pages").keySet())
                .isEqualTo(plain.hashes("pages").keySet());
        Exports.assertSame(decomposed.hashes("files"), plain.hashes("files"));
        assertThat(decomposed.followLinks()).isEqualTo(plain.followLinks());
    }

    @Test
    void an_index_that_is_not_taken_strictly_warns_of_a_lost_page() throws Exception {
        lab.with("saddlebag.workspace.acme.export.index-strict", "false");
        notion.play(ExportScenario.PAGE_LOST);

        RunSummary summary = complete();

        assertThat(summary.verdict().warnings())
                .filteredOn(finding -> finding.rule().equals("export-index"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("without a file in the export"));
    }

    @Test
    void an_export_in_another_format_than_was_ordered_is_held() throws Exception {
        notion.form(notion.form().withOddity(ExportForm.Oddity.OTHER_FORMAT));

        RunSummary held = lab.backup();

        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().faults())
                .extracting(Verdict.Finding::sentence)
                .contains("The export was ordered as markdown, and what came is html.");
    }

    @Test
    void what_is_kept_of_a_run_is_for_its_owner_alone_and_holds_no_link() throws Exception {
        notion.play(ExportScenario.ROWS_LOST);

        RunSummary held = lab.backup();

        Path kept = lab.state().resolve("acme/held").resolve(held.run()).resolve("export.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        JsonNode job = Json.MAPPER.readTree(kept.toFile());
        assertThat(job.path("pieces"))
                .hasSize(1)
                .allMatch(piece -> piece.path("done").asBoolean());
        assertThat(job.path("pieces"))
                .allMatch(piece -> piece.path("link").asText().isEmpty());
        complete(ExportScenario.FINE);
        assertThat(lab.staging().resolve("export.json")).doesNotExist();
    }

    private void complete(ExportScenario scenario) throws Exception {
        notion.play(scenario);
        complete();
    }

    @Test
    void without_an_index_the_folders_say_where_pages_stand_and_the_snapshot_warns() throws Exception {
        complete();
        ExportedSnapshot plain = newest();
        notion.play(ExportScenario.NO_INDEX);

        RunSummary summary = complete();

        assertThat(summary.verdict().warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.contains("no index.html"));
        Exports.assertSame(newest().objects(), plain.objects());
    }

    @Test
    void an_archive_among_the_attachments_stays_an_attachment() throws Exception {
        complete();
        ExportedSnapshot plain = newest();
        notion.play(ExportScenario.ZIP_ATTACHMENT);

        complete();

        Exports.assertSame(newest().objects(), plain.objects());
        List<String> files = new ArrayList<>(newest().hashes("files").keySet());
        files.removeAll(plain.hashes("files").keySet());
        assertThat(files).hasSize(2).allMatch(file -> file.endsWith(".zip"));
    }

    @Test
    void the_export_that_somebody_else_makes_meanwhile_is_not_taken_for_ours() throws Exception {
        lab.close();
        lab = new Lab(
                        folder.resolve("busy"),
                        SampleWorkspace.of(5, PAGES),
                        Behaviour.standard().withClock(whoseLooksTakeASecond()))
                .exporting("export");
        notion = lab.notion().exports();
        notion.play(ExportScenario.FOREIGN_EXPORT_FIRST);
        notion.life(notion.life().withPolls(12));

        complete();

        JsonNode about = newest().json("workspace.json").path("export");
        assertThat(about.path("format").asText()).isEqualTo("markdown");
        Path made = notion.archive(notion.taskIds().get(0)).orElseThrow();
        assertThat(about.at("/archives/0/zip_sha256").asText()).isEqualTo(ExportRig.sha256(made));
    }

    private static Clock whoseLooksTakeASecond() {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-20T08:00:00Z"));
        InstantSource source = () -> time.getAndUpdate(before -> before.plus(Duration.ofSeconds(1)));
        return source.withZone(ZoneOffset.UTC);
    }

    private ExportedSnapshot newest() throws Exception {
        return ExportedSnapshot.at(lab.export("snapshot-" + System.nanoTime()));
    }

    private static Map<String, String> held(List<ExportTree.Node> nodes) {
        return nodes.stream()
                .filter(node -> !node.kind().equals("linked_database"))
                .collect(Collectors.toMap(
                        ExportTree.Node::id, ExportTree.Node::kind, (one, other) -> one, TreeMap::new));
    }
}
