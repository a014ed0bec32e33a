package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate says of one export after another, and of a run whose predecessor came from another source. */
class ExportGateTest {
    private static final int DATABASES = 12;
    private static final int ROWS = 8;

    @TempDir
    Path folder;

    private Lab lab;
    private SampleWorkspace workspace;

    private void open(String sources) throws IOException {
        lab = new Lab(folder, SampleWorkspace.of(1, 60), Behaviour.standard()).exporting(sources);
        workspace = lab.notion().workspace();
        String home = workspace.standalonePages().get(0);
        for (int i = workspace.databases().size(); i < DATABASES; i++) {
            workspace.addDatabase(home, "List " + i);
            List<String> sourcesOfRows = workspace.dataSources();
            workspace.addRows(sourcesOfRows.get(sourcesOfRows.size() - 1), ROWS);
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void the_same_workspace_exported_once_more_breaks_no_rule() throws Exception {
        open("export");
        RunSummary first = lab.backup();
        assertThat(first.outcome()).as(first.sentence()).isEqualTo(Outcome.COMPLETE);

        RunSummary second = lab.backup();

        assertThat(second.outcome()).as(second.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(second.verdict().baseline()).isEqualTo(first.run());
        assertThat(second.verdict().rules()).allMatch(Verdict.Measure::kept);
        assertThat(second.verdict().count()).containsEntry("pages_changed", 0L).containsEntry("pages_gone", 0L);
    }

    @Test
    void a_database_that_is_no_longer_in_the_export_holds_the_run_and_nobody_says_why_it_is_gone() throws Exception {
        open("export");
        lab.backup();
        workspace.deleteDatabase(last(workspace.databases()));

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.sentence())
                .contains("\"List 11\" with 8 rows")
                .contains(
                        "1 no longer in the export: they were deleted, or the member who exports lost access to them; an"
                                + " export does not tell which")
                .doesNotContain("trash", "for good");
        // The whole lost less than is tolerated.
        assertThat(held.verdict().rules())
                .filteredOn(measure -> measure.what().matches("(pages|databases|rows) that are gone, in percent"))
                .hasSize(3)
                .allMatch(Verdict.Measure::kept);
    }

    @Test
    void rows_that_are_no_longer_in_the_export_hold_the_run() throws Exception {
        open("export");
        lab.backup();
        workspace.rows(last(workspace.dataSources())).subList(0, 7).forEach(workspace::deletePage);

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.sentence()).contains("\"List 11\" has 1 rows left of 8, 87.5 % fewer");
    }

    @Test
    void a_page_at_the_top_that_is_no_longer_in_the_export_holds_the_run() throws Exception {
        open("export");
        lab.backup();
        String top = topBesideHome();
        workspace.addPage(workspace.addPage(top, "Below it"), "Further below");
        lab.backup();
        workspace.deletePage(top);

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.sentence()).contains("page at the top").contains("no longer in the export");
    }

    private String topBesideHome() throws Exception {
        for (String line : Files.readAllLines(lab.export("before").resolve("catalogue.jsonl"))) {
            JsonNode object = Json.MAPPER.readTree(line);
            boolean isBelow = object.at("/parent/page_id").isTextual()
                    || object.at("/parent/database_id").isTextual()
                    || object.at("/parent/data_source_id").isTextual();
            String id = object.path("id").asText();
            if (object.path("type").asText().equals("page")
                    && !isBelow
                    && !id.equals(workspace.standalonePages().get(0))) {
                return id;
            }
        }
        throw new AssertionError("There is no other page at the top");
    }

    @Test
    void a_mass_edit_is_seen_by_what_the_pages_hold() throws Exception {
        open("export");
        lab.backup();
        for (String page : everyPage()) {
            // An export does not show when a page was edited.
            workspace.addParagraph(page, "YOUR DATA IS OURS", Touch.KEEPS_LAST_EDITED_TIME);
        }

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().faults())
                .extracting(Verdict.Finding::rule)
                .containsExactly("maximum-changed-percent");
    }

    @Test
    void emptied_pages_are_held_with_names() throws Exception {
        open("api,export");
        lab.backup();
        List<JsonNode> stored = new ArrayList<>();
        try (Stream<Path> pages = Files.list(lab.export("before").resolve("objects/pages"))) {
            for (Path page : pages.sorted().toList()) {
                stored.add(Json.MAPPER.readTree(page.toFile()));
            }
        }
        lab.restart("saddlebag.workspace.acme.source", "export");
        assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        for (JsonNode page : stored) {
            for (JsonNode block : page.path("blocks")) {
                if (!block.path("type").asText().startsWith("child_")) {
                    workspace.deleteBlock(block.path("id").asText(), Touch.MOVES_LAST_EDITED_TIME);
                }
            }
        }

        RunSummary held = lab.backup();

        assertThat(held.verdict().faults())
                .as(held.sentence())
                .extracting(Verdict.Finding::rule)
                .contains("maximum-emptied-percent");
    }

    @Test
    void more_dead_links_than_in_the_last_export_hold_the_run_by_their_limit() throws Exception {
        open("export");
        lab.with("saddlebag.workspace.acme.gate.maximum-dead-link-increase", "0");
        lab.backup();
        lab.notion().exports().play(ExportScenario.PAGE_LOST);

        RunSummary held = lab.backup();

        assertThat(held.verdict().faults())
                .as(held.sentence())
                .extracting(Verdict.Finding::rule)
                .contains("maximum-dead-link-increase");
        assertThat(held.sentence()).containsPattern("There are \\d+ dead links to pages, and there were \\d+ in 20");
    }

    @Test
    void a_run_through_the_api_that_sees_less_than_the_last_export_is_warned_of_and_not_held() throws Exception {
        open("export,api");
        RunSummary export = lab.backup();
        assertThat(export.source()).isEqualTo("export");
        workspace.standalonePages().subList(1, 20).forEach(workspace::revokeSharing);
        lab.notion().exports().play(ExportScenario.FAILURE);

        RunSummary api = lab.backup();

        assertThat(api.source()).isEqualTo("api");
        assertThat(api.outcome()).as(api.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(api.verdict().words()).isEqualTo("accepted with warnings");
        assertThat(api.verdict().warnings())
                .anyMatch(finding -> finding.rule().equals("maximum-drop-percent")
                        && finding.sentence().contains("pages in " + export.run() + " are gone")
                        && finding.sentence().contains("not shared with it")
                        && finding.measured() != null)
                .anyMatch(finding -> finding.sentence().contains("came from another source (export)"));

        lab.notion().exports().play(ExportScenario.FINE);
        RunSummary next = lab.backup();
        assertThat(next.source()).isEqualTo("export");
        assertThat(next.verdict().baseline()).isEqualTo(export.run());

        lab.notion().exports().play(ExportScenario.FAILURE);
        workspace.deleteDatabase(last(workspace.databases()));
        RunSummary held = lab.backup();
        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().baseline()).isEqualTo(api.run());
    }

    @Test
    void an_export_that_holds_less_than_the_last_run_through_the_api_is_warned_of_and_not_held() throws Exception {
        open("api,export");
        RunSummary api = lab.backup();
        assertThat(api.source()).isEqualTo("api");
        workspace.deleteDatabase(last(workspace.databases()));
        lab.restart("saddlebag.workspace.acme.source", "export");

        RunSummary export = lab.backup();

        assertThat(export.source()).isEqualTo("export");
        assertThat(export.outcome()).as(export.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(export.verdict().warnings())
                .anyMatch(finding -> finding.sentence().contains("\"List 11\" with 8 rows"))
                .anyMatch(finding -> finding.sentence().contains("came from another source (api)"));
    }

    @Test
    void exports_in_different_formats_are_compared_by_what_is_there_and_the_verdict_says_that_edits_were_not()
            throws Exception {
        open("export");
        RunSummary markdown = lab.backup();
        String task = last(lab.notion().exports().taskIds());
        Path byHand = Files.copy(lab.notion().exports().archive(task).orElseThrow(), folder.resolve("by-hand.zip"));
        lab.restart("saddlebag.workspace.acme.export.format", "html");

        RunSummary html = lab.backup();

        assertThat(html.outcome()).as(html.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(html.verdict().baseline()).isEqualTo(markdown.run());
        assertThat(html.verdict().warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.startsWith("This export is in HTML, and that of " + markdown.run()
                                + ", which it is compared with, is in Markdown.")
                        && sentence.contains("whether pages were edited or emptied")
                        && sentence.contains("was not compared this time"));
        assertThat(comparedRules(html)).containsExactly("maximum-drop-percent");

        RunSummary again = lab.backup();
        assertThat(again.verdict().words()).isEqualTo("accepted");
        assertThat(comparedRules(again))
                .contains("maximum-changed-percent", "maximum-emptied-percent", "maximum-dead-link-increase");

        RunSummary ingested = lab.flow().ingest(Lab.WORKSPACE, byHand.toString());
        assertThat(ingested.outcome()).as(ingested.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(ingested.verdict().warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.startsWith("This export is in Markdown, and that of " + again.run()
                        + ", which it is compared with, is in HTML."));
    }

    @Test
    void a_database_that_is_gone_holds_an_export_in_another_format_too() throws Exception {
        open("export");
        lab.backup();
        lab.restart("saddlebag.workspace.acme.export.format", "html");
        workspace.deleteDatabase(last(workspace.databases()));

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().faults()).extracting(Verdict.Finding::rule).containsExactly("maximum-drop-percent");
        assertThat(held.sentence()).contains("\"List 11\" with 8 rows");
        assertThat(held.verdict().warnings()).extracting(Verdict.Finding::rule).contains("baseline");
    }

    @Test
    void the_format_is_known_again_after_a_lost_state_directory() throws Exception {
        open("export");
        lab.backup();
        lab.restart("saddlebag.state-directory", "another-state");
        assertThat(lab.backup().verdict().warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.contains("was lost and was read from its catalogue again"))
                .noneMatch(sentence -> sentence.contains("This export is in"));

        lab.restart("saddlebag.state-directory", "a-third-state");
        lab.restart("saddlebag.workspace.acme.export.format", "html");
        assertThat(lab.backup().verdict().warnings())
                .extracting(Verdict.Finding::sentence)
                .anyMatch(sentence -> sentence.startsWith("This export is in HTML, and that of 20")
                        && sentence.contains(", which it is compared with, is in Markdown."));
    }

    /** The rules that need a snapshot before, of which the verdict has a measure. */
    private static Set<String> comparedRules(RunSummary summary) {
        return summary.verdict().rules().stream()
                .map(Verdict.Measure::rule)
                .filter(rule -> !rule.startsWith("minimum-") && !rule.equals("maximum-gaps"))
                .collect(Collectors.toSet());
    }

    private List<String> everyPage() {
        List<String> all = new ArrayList<>(workspace.standalonePages());
        workspace.dataSources().forEach(source -> all.addAll(workspace.rows(source)));
        return all;
    }

    private static String last(List<String> all) {
        return all.get(all.size() - 1);
    }
}
