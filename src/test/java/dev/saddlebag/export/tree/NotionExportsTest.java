package dev.saddlebag.export.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.Observations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that Notion made: every page, file and link is accounted for (facts/notion-export.md, part D). */
class NotionExportsTest {
    private static final LocalDate DAY = LocalDate.of(2025, 8, 6);
    private static final String HABITS = "152bb52e-e2b5-804d-a922-efa8c3194444";

    @TempDir
    Path home;

    @Test
    void a_workspace_in_markdown_with_a_database_of_daily_rows() throws Exception {
        SampleExport export =
                SampleExport.in(home).unzipped(SampleExport.fixture("obsidian-importer/Notion.Test.Export.zip"));
        SnapshotBuilder made = SnapshotBuilder.build(export.run, export.unpacked(), DAY);

        assertThat(made.tree().pages()).hasSize(278);
        assertThat(made.tree().databases()).containsOnlyKeys(HABITS);
        assertThat(links(made)).isEqualTo(Map.of(Link.What.PAGE, 3L, Link.What.DEAD_DATABASE, 2L));
        // The Home page names the table of My tasks, of which there is only a page; so does it of its views.
        assertThat(made.tally().repaired()).isEqualTo(2);
        WorkspaceIndex index = made.tree().index().orElseThrow();
        assertThat(index.places().values().stream().filter(place -> place.address() != null))
                .hasSize(276);
        assertThat(index.name()).isEqualTo("Test Workspace");
        assertThat(index.space()).contains("00000000-0000-4000-8000-000000000000");
        assertThat(made.tree().pages().values().stream().filter(page -> HABITS.equals(page.parent())))
                .hasSize(270);
        assertThat(export.paths("pages")).hasSize(279);
    }

    @Test
    void every_row_finds_its_page_and_the_template_is_told_apart() throws Exception {
        SampleExport export =
                SampleExport.in(home).unzipped(SampleExport.fixture("obsidian-importer/Notion.Test.Export.zip"));
        SnapshotBuilder made = SnapshotBuilder.build(export.run, export.unpacked(), DAY);

        Rows rows = made.rows().get(HABITS);
        assertThat(rows.count()).isEqualTo(269);
        assertThat(rows.pages()).isEqualTo(270);
        assertThat(rows.ids()).hasSize(269);
        assertThat(rows.templates()).containsExactly("152bb52e-e2b5-8133-a786-fa3d8869531a");
        assertThat(made.tree()
                        .pages()
                        .get("246bb52e-e2b5-81c5-8fd5-e8a7825bd053")
                        .title())
                .isEqualTo("@August 5, 2025");
        assertThat(export.text("pages/Habit Tracker/@August 4, 2025.md")).startsWith("# @August 4, 2025\n");
        assertThat(export.text("pages/Habit Tracker.csv"))
                .startsWith("Date,Ran today,Meditated,Practiced guitar,Full date,id\r\n")
                .contains("\"@August 4, 2025 \",No,No,No,\"August 4, 2025 6:56 AM\","
                        + "245bb52e-e2b5-8187-ab95-d060ede63ddf\r\n");
    }

    @Test
    void the_day_of_the_export_is_not_needed_where_the_table_says_the_dates() throws Exception {
        SampleExport export = SampleExport.in(home)
                .unzipped(SampleExport.fixture("obsidian-importer/Notion.Test.Export.zip"))
                .built();

        assertThat(export.run.started().toString()).startsWith("2026-11-01");
        assertThat(export.paths("pages/Habit Tracker"))
                .hasSize(270)
                .contains("pages/Habit Tracker/@August 4, 2025.md", "pages/Habit Tracker/@date.md");
        assertThat(export.number("dead-links-to-databases")).isEqualTo(2);
        assertThat(export.run.observed().remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.weight()).isEqualTo(Observations.Weight.WARNING);
            assertThat(remark.sentence()).startsWith("index.html names 4 databases without a table");
        });
    }

    @Test
    void a_workspace_in_html_with_oddly_named_attachments() throws Exception {
        SampleExport export =
                SampleExport.in(home).unzipped(SampleExport.fixture("obsidian-importer/notion-testspace.zip"));
        SnapshotBuilder made = SnapshotBuilder.build(export.run, export.unpacked(), DAY);

        assertThat(links(made)).isEqualTo(Map.of(Link.What.PAGE, 6L, Link.What.FILE, 5L, Link.What.ELSEWHERE, 34L));
        assertThat(made.tree().attachments()).isEqualTo(5);
        assertThat(export.paths("files"))
                .as("the five attachments have one content")
                .hasSize(1);
        assertThat(export.paths("pages"))
                .containsExactly(
                        "pages/Notion-Testspace.html",
                        "pages/Notion-Testspace/Attachment Tests.html",
                        "pages/Notion-Testspace/Block Reference.html",
                        "pages/Notion-Testspace/Formatting Tests.html");
        String file = export.paths("files").get(0);
        assertThat(export.text("pages/Notion-Testspace/Attachment Tests.html"))
                .contains("<a href=\"../../" + file + "\">felis-catus.jpg</a>")
                .doesNotContain("%25D0");
        assertThat(export.text("pages/Notion-Testspace.html"))
                .contains("href=\"Notion-Testspace/Block%20Reference.html\"");
    }

    @Test
    void the_layout_whose_folders_have_no_ids() throws Exception {
        SampleExport export = SampleExport.in(home).copied(SampleExport.fixture("new-layout-model/data/test"));
        SnapshotBuilder made = SnapshotBuilder.build(export.run, export.unpacked(), DAY);

        assertThat(made.tree().pages()).hasSize(22);
        assertThat(made.tree().databases()).hasSize(4);
        assertThat(made.rows().values().stream().map(rows -> rows.count() + "/" + rows.pages()))
                .containsExactlyInAnyOrder("5/5", "3/3", "10/10", "3/3");
        assertThat(links(made)).isEqualTo(Map.of(Link.What.DATABASE, 1L, Link.What.FILE, 4L));
        Item task = made.tree().pages().get("aabb0000-0000-0000-0000-00000000cc01");
        assertThat(task.parent()).isEqualTo("6f7a8b9c-0d1e-2f3a-4b5c-6d7e8f9a0b1c");
        assertThat(made.tree().databases().get(task.parent()).parent())
                .isEqualTo("3c4d5e6f-7a8b-9c0d-1e2f-3a4b5c6d7e8f");
        assertThat(export.paths("pages")).contains("pages/Projects/API Integration/Tasks/Design API schema.md");
        assertThat(export.text("pages/Projects/API Integration.md")).contains("[Tasks](API%20Integration/Tasks.csv)");
    }

    @Test
    void a_handbook_without_an_index_and_with_files_of_all_kinds() throws Exception {
        SampleExport export = SampleExport.in(home).copied(SampleExport.fixture("notion-qa/Notion_DB"));
        SnapshotBuilder made = SnapshotBuilder.build(export.run, export.unpacked(), DAY);

        assertThat(made.tree().pages()).hasSize(50);
        assertThat(made.tree().attachments()).isEqualTo(45);
        assertThat(export.paths("files")).hasSize(45);
        assertThat(links(made))
                .isEqualTo(Map.of(
                        Link.What.PAGE, 71L,
                        Link.What.FILE, 45L,
                        Link.What.ELSEWHERE, 340L,
                        Link.What.DEAD_PAGE, 2L,
                        Link.What.DEAD_FILE, 1L));
        assertThat(made.tree().pages().values().stream().filter(page -> page.parent() == null))
                .hasSize(1);
    }

    @Test
    void every_link_that_was_made_leads_to_a_file_of_the_snapshot() throws Exception {
        int followed = 0;
        for (String name : List.of("notion-qa/Notion_DB", "new-layout-model/data/test")) {
            SampleExport export = SampleExport.in(home.resolve(name))
                    .copied(SampleExport.fixture(name))
                    .built();
            Path tree = export.run.staging().tree();
            for (String path : export.paths("pages")) {
                var address =
                        java.util.regex.Pattern.compile("\\]\\(([^)\\s:]+)\\)").matcher(export.text(path));
                while (address.find()) {
                    String target = Links.decoded(address.group(1)).orElseThrow();
                    boolean dead = target.matches(".*(?: |^)[0-9a-f]{32}.*|Job Matrix.*|path/to.*|FolderName.*");
                    if (!dead || Files.exists(tree.resolve(path).resolveSibling(target))) {
                        assertThat(tree.resolve(path).resolveSibling(target).normalize())
                                .as("%s in %s", target, path)
                                .exists();
                        followed++;
                    }
                }
            }
        }
        assertThat(followed).isEqualTo(71 + 45 + 5);
    }

    @Test
    void the_catalogue_has_a_line_for_every_page_and_database() throws Exception {
        SampleExport export = SampleExport.in(home)
                .copied(SampleExport.fixture("new-layout-model/data/test"))
                .built();

        List<String> lines = export.text("catalogue.jsonl").lines().toList();
        assertThat(lines).hasSize(26);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "{\"id\":\"aa11bb22-cc33-dd44-ee55-ff6677889900\",\"type\":\"database\",\"title\":\"Projects\","
                                        + "\"parent\":{\"type\":\"workspace\",\"workspace\":true},\"path\":\"pages/Projects.csv\","
                                        + "\"export\":\"Projects aa11bb22cc33dd44ee55ff6677889900_all.csv\"")
                        .endsWith("\"rows\":5,\"files\":[]}"));
        assertThat(export.run.ledger().counts().pages()).isEqualTo(22);
        assertThat(export.run.ledger().accounts().objects(Kind.DATABASE)).hasSize(4);
        assertThat(export.text("completeness.json")).contains("Private pages of other members");
        assertThat(export.text("workspace.json")).contains("\"source\":\"export\"");
    }

    private static Map<Link.What, Long> links(SnapshotBuilder made) {
        Map<Link.What, Long> links = new TreeMap<>();
        Stream.of(Link.What.values())
                .filter(what -> made.tally().of(what) > 0)
                .forEach(what -> links.put(what, made.tally().of(what)));
        return links;
    }
}
