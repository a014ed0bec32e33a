package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.Exports.AdminStart;
import dev.saddlebag.simulator.Exports.Seen;
import dev.saddlebag.simulator.SampleWorkspace;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs through Notion's Admin API (facts/notion-export.md §1.9). */
class AdminExportTest {
    @TempDir
    Path folder;

    private Lab lab;
    private dev.saddlebag.simulator.Exports notion;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(folder, SampleWorkspace.of(5, 30), Behaviour.standard()).exporting("export");
        notion = lab.notion().exports();
        lab.with("notion.export.admin-url", notion.adminUrl().toString())
                .with("saddlebag.workspace.acme.export.provider", "admin")
                .with("saddlebag.workspace.acme.export.admin-token", notion.adminToken())
                .with("saddlebag.workspace.acme.export.on-behalf-of", "owner@example.org");
    }

    @AfterEach
    void close() {
        assertThat(notion.seen())
                .allMatch(seen -> !seen.headers().containsKey("authorization")
                        || seen.call().startsWith("admin-"));
        lab.close();
    }

    private void assertRefused(RunSummary summary, Outcome outcome, String... said) {
        assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(outcome);
        assertThat(summary.failure()).contains(said).doesNotContain(notion.adminToken());
    }

    @ParameterizedTest
    @CsvSource({"EXPORTS, /v1/exports", "EXPORTS_OF_SPACE, /v1/spaces/{space}/exports"})
    void an_export_is_ordered_where_the_settings_say_and_needs_no_cookie(AdminStart start, String path)
            throws Exception {
        notion.adminStart(start);
        lab.with("notion.export.admin-start-path", path);

        RunSummary summary = lab.backup();

        assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(notion.seen()).extracting(Seen::cookies).allMatch(java.util.Map::isEmpty);
        assertThat(notion.count("admin-start")).isEqualTo(1);
        ExportedSnapshot snapshot = ExportedSnapshot.at(lab.export("snapshot"));
        assertThat(snapshot.json("workspace.json").at("/export/provider").asText())
                .isEqualTo("admin");
        assertThat(snapshot.objects()).hasSize((int) notion.contents()
                .filter(node -> !node.kind().equals("linked_database"))
                .count());
    }

    @Test
    void each_of_several_addresses_is_fetched_and_all_make_one_snapshot() throws Exception {
        lab.backup();
        ExportedSnapshot one = ExportedSnapshot.at(lab.export("one"));
        notion.form(notion.form().withWrappers(0).withParts(3));

        RunSummary summary = lab.backup();

        assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(notion.count("download")).isEqualTo(1 + 3);
        ExportedSnapshot three = ExportedSnapshot.at(lab.export("three"));
        assertThat(three.json("workspace.json").at("/export/archives")).hasSize(3);
        Exports.assertSame(three.content(), one.content());
    }

    @Test
    void a_token_that_is_refused_is_a_matter_of_credentials() throws Exception {
        lab.with("saddlebag.workspace.acme.export.admin-token", "adm_of-somebody-else");

        assertRefused(lab.backup(), Outcome.REFUSED, "401", "workspace:export", "organisation console");
    }

    @Test
    void a_field_that_notion_calls_invalid_is_told_with_the_setting_behind_it_and_asked_once() throws Exception {
        lab.with("saddlebag.workspace.acme.export.on-behalf-of", "the owner");

        assertRefused(
                lab.backup(),
                Outcome.FAILED,
                "calls the question invalid",
                "body.on_behalf_of_user_email should be a valid email",
                "export.on-behalf-of");

        assertThat(notion.count("admin-start")).isEqualTo(1);
    }

    @Test
    void a_path_that_notion_does_not_know_is_told_with_the_setting_to_change() throws Exception {
        notion.adminStart(AdminStart.EXPORTS_OF_SPACE);

        assertRefused(lab.backup(), Outcome.FAILED, "404", "notion.export.admin-start-path");
    }

    @Test
    void a_job_that_fails_is_tried_once_more_and_told_in_notions_words() throws Exception {
        notion.play(ExportScenario.FAILURE);

        assertRefused(lab.backup(), Outcome.FAILED, notion.life().error(), "saddlebag ingest");

        assertThat(notion.taskIds()).hasSize(2);
    }

    @Test
    void addresses_that_have_expired_are_asked_for_again_a_few_times_and_never_tried() throws Exception {
        notion.play(ExportScenario.LINK_EXPIRED);

        assertRefused(lab.backup(), Outcome.FAILED, "expired at");

        assertThat(notion.count("download")).isZero();
        assertThat(notion.count("admin-poll")).isGreaterThan(1);
        assertThat(notion.taskIds()).hasSize(1);
    }

    @Test
    void a_workspace_that_is_not_the_organisations_is_named() throws Exception {
        notion.play(ExportScenario.SPACE_ABSENT);

        assertRefused(lab.backup(), Outcome.FAILED, "no workspace at all");
    }
}
