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

    private List<String> everyPage() {
        List<String> all = new ArrayList<>(workspace.standalonePages());
        workspace.dataSources().forEach(source -> all.addAll(workspace.rows(source)));
        return all;
    }

    private static String last(List<String> all) {
        return all.get(all.size() - 1);
    }
}
