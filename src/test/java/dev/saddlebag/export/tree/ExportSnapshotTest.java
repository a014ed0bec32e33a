package dev.saddlebag.export.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.collect.FileDownloads;
import dev.saddlebag.collect.FileLink;
import dev.saddlebag.collect.Gaps;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Catalogue;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Observations;
import dev.saddlebag.snapshot.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the oddities of exports (facts/notion-export.md §2.3 to §2.9). */
class ExportSnapshotTest {
    private static final String ONE = "11111111111111111111111111111111";
    private static final String TWO = "22222222222222222222222222222222";
    private static final String THREE = "33333333333333333333333333333333";
    private static final String GONE = "99999999999999999999999999999999";
    private static final String SIGNED = "https://prod-files-secure.s3.us-west-2.amazonaws.com/a/b/pic.png";

    @TempDir
    Path home;

    private SampleExport export;

    @BeforeEach
    void begin() throws IOException {
        export = SampleExport.in(home);
    }

    @Test
    void dead_links_are_counted_by_what_they_should_lead_to_and_stay() throws Exception {
        String dead = "[p](P%20" + GONE + ".md) [d](D%20" + GONE
                + ".csv) ![f](f.png) [b](https://www.notion.soundefined)" + " [m](100%25%zz) [x](../../../etc/passwd)";
        export.with("A " + ONE + ".md", "# A\n\n" + dead + "\n").built();

        assertThat(export.number("dead-links-to-pages")).isEqualTo(1);
        assertThat(export.number("dead-links-to-databases")).isEqualTo(1);
        assertThat(export.number("dead-links-to-files")).isEqualTo(2);
        assertThat(export.number("dead-links-broken")).isEqualTo(2);
        assertThat(export.text("pages/A.md")).contains(dead);
    }

    @Test
    void a_link_to_a_table_that_has_become_a_page_is_repaired() throws Exception {
        export.with("A " + ONE + ".md", "# A\n\n[wiki](Wiki%20" + TWO + ".csv)\n")
                .with("Wiki " + TWO + ".md", "# Wiki\n")
                .built();

        assertThat(export.text("pages/A.md")).contains("[wiki](Wiki.md)");
        assertThat(export.text("workspace.json")).contains("\"repaired_links\":1");
        assertThat(export.number("dead-links-to-databases")).isZero();
    }

    @Test
    void addresses_of_notion_lead_to_the_page_when_the_export_has_it() throws Exception {
        export.with(
                        "A " + ONE + ".md",
                        "# A\n\n[a](https://www.notion.so/acme/B-" + TWO + "?pvs=4#block) [b](https://app.notion.com/p/"
                                + GONE + ") [c](https://example.com/" + TWO + ")\n")
                .with("B " + TWO + ".md", "# B\n")
                .built();

        assertThat(export.text("pages/A.md"))
                .contains("[a](B.md#block) [b](https://app.notion.com/p/" + GONE + ") [c](https://example.com/" + TWO
                        + ")");
    }

    @Test
    void a_host_glued_to_a_path_is_cut_off() throws Exception {
        export.with("A " + ONE + ".md", "# A\n\n![i](https://app.notion.comA/img.png)\n")
                .with("A/img.png", "bytes")
                .built();

        assertThat(export.text("pages/A.md")).matches("(?s).*!\\[i]\\(\\.\\./files/[0-9a-f]{64}\\.png\\).*");
        assertThat(export.number("dead-links-broken")).isZero();
    }

    @Test
    void decomposed_names_are_the_same_as_composed_ones() throws Exception {
        export.with("A " + ONE + ".md", "# W\u00f6rter\n\n![i](A/Wo%CC%88.png) ![j](A/W%C3%B6.png)\n")
                .with("A/W\u00f6.png", "bytes")
                .built();

        assertThat(export.number("dead-links-to-files")).isZero();
        assertThat(export.paths("pages")).containsExactly("pages/W\u00f6rter.md");
    }

    @Test
    void attachments_lie_in_the_snapshot_once_without_taking_room_twice() throws Exception {
        export.with("A " + ONE + ".md", "# A\n\n![i](A/one.png) ![j](A/two.PNG)\n")
                .with("A/one.png", "same")
                .with("A/two.PNG", "same")
                .with("A/nobody names it", "other")
                .with("__MACOSX/A/._one.png", "noise")
                .with(".DS_Store", "noise")
                .built();

        assertThat(export.paths("files")).hasSize(2);
        Path file = export.run.staging().tree().resolve(export.paths("files").get(0));
        assertThat((int) Files.getAttribute(file, "unix:nlink")).isGreaterThan(1);
        assertThat(export.run.ledger().counts().files()).isEqualTo(2);
        assertThat(account(Kind.PAGE, ONE).files()).hasSize(1);
        assertThat(export.text("workspace.json")).contains("\"attachments\":3,\"noise\":2");
    }

    @Test
    void relations_in_a_table_become_titles_and_rows_name_their_pages() throws Exception {
        export.with(
                        "Tasks " + ONE + "_all.csv",
                        "\ufeffName,Project,Files\r\nWrite,\"Big (one) (Projects%20x/Big%20(one)%20" + TWO
                                + ".md), Other (https://www.notion.so/" + GONE
                                + ")\",Tasks/a.png\r\nWrite,,\r\n\"Re\nview \",,")
                .with("Tasks/Write " + TWO + ".md", "# Write\n\nProject: no\n")
                .with("Tasks/Write " + GONE + ".md", "# Write\n\nProject: neither\n")
                .with("Tasks/Re view " + THREE + ".md", "# Re view\n")
                .with("Tasks/a.png", "bytes")
                .built();

        String file = export.paths("files").get(0);
        assertThat(export.text("pages/Tasks.csv"))
                .isEqualTo(
                        "Name,Project,Files,id\r\nWrite,\"Big (one), Other (https://www.notion.so/" + GONE + ")\",../"
                                + file + ",\r\nWrite,,,\r\n\"Re\nview \",,,33333333-3333-3333-3333-333333333333\r\n");
        assertThat(account(Kind.DATABASE, ONE).line().path("rows").asInt()).isEqualTo(3);
    }

    @Test
    void a_table_without_pages_shows_a_database_of_another_place() throws Exception {
        export.with("A " + ONE + ".md", "# A\n\n[v](A/View%20" + TWO + ".csv)\n")
                .with("A/View " + TWO + ".csv", "\ufeffName\r\nRow")
                .built();

        assertThat(account(Kind.DATABASE, TWO).state()).isEqualTo(State.LINKED_VIEW);
        assertThat(export.run.ledger().counts().databases()).isZero();
        assertThat(export.run.ledger().complete()).isTrue();
        assertThat(export.text("pages/A.md")).contains("[v](A/View.csv)");
        assertThat(export.text("pages/A/View.csv")).startsWith("Name,id\r\nRow,\r\n");
    }

    /** A page "Tasks" with a page below it, beside a table "Tasks" of an export that writes no whole tables. */
    private SampleExport namesakes(String row) throws IOException {
        return export.with("Home " + ONE + ".html", page("Home"))
                .with("Home/Tasks " + TWO + ".html", page("Tasks"))
                .with("Home/Tasks/Write " + THREE + ".html", page("Write"))
                .with("Home/Tasks " + GONE + ".csv", "\ufeffName\r\n" + row);
    }

    private static String page(String title) {
        return "<html><body><h1 class=\"page-title\">" + title + "</h1></body></html>";
    }

    private static String index(String tasks, String table) {
        return "<ul id=\"id::00000000-0000-4000-8000-000000000000\"><li><p>i</p><p>Name: Acme</p></li><li><ul id=\"id::"
                + dashed(ONE) + "\"><a href=\"Home " + ONE + ".html\">Home " + ONE + ".html</a><li><ul id=\"id::"
                + dashed(TWO) + "\"><a href=\"Home/Tasks " + TWO + ".html\">Tasks " + TWO + ".html</a>" + tasks
                + "</ul></li><li><ul id=\"id::" + dashed(GONE) + "\"><a>Tasks (Inline database)</a>" + table
                + "</ul></li></ul></li></ul>";
    }

    private static String write() {
        return "<li><ul id=\"id::" + dashed(THREE) + "\"><a href=\"Home/Tasks/Write " + THREE + ".html\">Write " + THREE
                + ".html</a></ul></li>";
    }

    @Test
    void a_view_in_html_whose_namesake_has_the_pages_by_the_index_is_no_database() throws Exception {
        namesakes("Write\r\n").with("index.html", index(write(), "")).built();

        assertThat(account(Kind.DATABASE, GONE).state()).isEqualTo(State.LINKED_VIEW);
        assertThat(gap(GONE)).contains("shows rows of a database of another place");
        assertThat(export.run.ledger().counts().databases()).isZero();
    }

    @Test
    void a_table_in_html_that_has_the_pages_by_the_index_is_a_database_whatever_its_namesake_is() throws Exception {
        namesakes("Write\r\n").with("index.html", index("", write())).built();

        assertThat(account(Kind.DATABASE, GONE).line().path("rows").asInt()).isEqualTo(1);
    }

    @Test
    void without_an_index_a_view_in_html_none_of_whose_rows_is_a_page_of_its_namesake_is_no_database()
            throws Exception {
        namesakes("Read\r\n").built();

        assertThat(account(Kind.DATABASE, GONE).state()).isEqualTo(State.LINKED_VIEW);
        assertThat(gap(GONE)).contains("shows rows of a database of another place");
    }

    @Test
    void where_nothing_tells_a_view_in_html_from_a_database_it_is_not_called_one_and_a_note_says_so() throws Exception {
        namesakes("Write\r\n").built();

        assertThat(account(Kind.DATABASE, GONE).state()).isEqualTo(State.LINKED_VIEW);
        assertThat(gap(GONE))
                .isEqualTo(
                        "\"Tasks\" is a database or shows one of another place, and the export does not tell which; its"
                                + " table is in pages/Home/Tasks (999999).csv.");
        assertThat(export.run.ledger().counts().databases()).isZero();
    }

    private String gap(String id) {
        return export.run.ledger().gaps().stream()
                .filter(gap -> gap.id().equals(dashed(id)))
                .map(Gap::explanation)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fewer_pages_than_rows_are_a_fault() throws Exception {
        export.with("Tasks " + ONE + "_all.csv", "\ufeffName\r\nA\r\nB")
                .with("Tasks/A " + TWO + ".md", "# A\n")
                .built();

        assertThat(fault("export-rows")).isEqualTo("Pages of rows are missing: \"Tasks\" has 2 rows and 1 page.");
    }

    @Test
    void a_page_of_the_index_that_is_missing_is_a_fault_and_so_is_another_workspace() throws Exception {
        export.with(
                        "index.html",
                        "<ul id=\"id::00000000-0000-4000-8000-000000000000\"><li><p>i</p><p>Name: Acme</p></li><li>"
                                + "<ul id=\"id::" + dashed(ONE) + "\"><a href=\"./A &amp; B " + ONE + ".md\">A " + ONE
                                + ".md</a></ul></li>"
                                + "<li><ul id=\"id::Private&Shared\"><a>Private & Shared</a><li><ul id=\"id::"
                                + dashed(TWO)
                                + "\"><a href=\"C " + TWO + ".md\">C " + TWO + ".md</a></ul></li></ul></li></ul>")
                .with("A & B " + ONE + ".md", "# A & B\n")
                .built();

        assertThat(fault("export-index"))
                .isEqualTo("index.html names 1 page without a file in the export: \"C\" (" + dashed(TWO) + ").");
        assertThat(export.text("workspace.json")).contains("\"teamspaces\":[\"Private & Shared\"]");
    }

    @Test
    void a_page_without_a_body_is_empty() throws Exception {
        export.with("A " + ONE + ".md", "# A\n\n")
                .with("B " + TWO + ".md", "# B\n\ntext\n")
                .built();
        assertThat(account(Kind.PAGE, ONE).blocks()).isZero();
        assertThat(account(Kind.PAGE, TWO).blocks()).isEqualTo(1);
    }

    @Test
    void the_manifest_of_the_snapshot_knows_a_page_by_its_readable_path() throws Exception {
        export.with("A " + ONE + ".md", "# A: b\n").built();
        Catalogue catalogue = new Catalogue(export.run.ledger().accounts());
        assertThat(catalogue.note("pages/A b.md").id()).isEqualTo(dashed(ONE));
        assertThat(catalogue.note("pages/other.md").id()).isNull();
    }

    @Test
    void a_file_behind_an_address_that_expires_is_fetched_and_linked() throws Exception {
        export.with(
                "A " + ONE + ".md",
                "# A\n\n![i](" + SIGNED + "?X-Amz-Expires=3600&X-Amz-Signature=ab) " + SIGNED + "x?X-Amz-Expires=1\n");
        ExportSnapshot snapshot = new ExportSnapshot(Clock.systemUTC());
        snapshot.build(export.run, export.unpacked());
        List<FileLink> links = snapshot.liveLinks(export.run);
        assertThat(links).extracting(FileLink::url).hasSize(2).allMatch(url -> url.contains("?X-Amz-Expires="));
        FileLink picture = links.stream()
                .filter(link -> link.path().equals(SIGNED))
                .findFirst()
                .orElseThrow();
        FileLink other =
                links.stream().filter(link -> link != picture).findFirst().orElseThrow();
        new FileDownloads()
                .store(
                        export.run,
                        picture,
                        200,
                        null,
                        new ByteArrayInputStream("png".getBytes(StandardCharsets.UTF_8)));
        new Gaps().ofFile(other, new IOException("The host answered 403"));
        snapshot.finish(export.run, Json.MAPPER.createObjectNode());

        String file = export.paths("files").get(0);
        assertThat(export.text("pages/A.md")).isEqualTo("# A\n\n![i](../" + file + ") " + SIGNED + "x\n");
        assertThat(account(Kind.PAGE, ONE).files()).hasSize(1);
        assertThat(account(Kind.PAGE, ONE).line().path("sha256").asText())
                .isEqualTo(dev.saddlebag.vault.Hashes.of(
                        export.run.staging().tree().resolve("pages/A.md")));
        assertThat(export.run.ledger().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(Gap.Reason.FAILED);
            assertThat(gap.id()).isEqualTo(SIGNED + "x");
        });
    }

    @Test
    void what_an_earlier_attempt_left_is_made_again() throws Exception {
        export.with("A " + ONE + ".md", "# A\n");
        Path stale = export.run.staging().tree().resolve("pages/Old/old.md");
        Files.createDirectories(stale.getParent());
        Files.writeString(stale, "old");
        export.built();
        assertThat(export.paths("pages")).containsExactly("pages/A.md");
    }

    @Test
    void numbers_and_remarks_are_kept_for_whoever_judges_later() throws Exception {
        export.with("A " + ONE + ".md", "# A\n");
        ExportSnapshot snapshot = new ExportSnapshot(Clock.systemUTC());
        snapshot.build(export.run, export.unpacked());
        snapshot.finish(
                export.run,
                Json.MAPPER.createObjectNode().put("pages_exported", 7).put("archive_sha256", "ab"));

        Observations kept = new Observations();
        kept.addAll(export.run.staging().note("observed").orElseThrow());
        assertThat(kept.numbers())
                .containsEntry("export-pages-exported", 7L)
                .containsEntry("export-parts", 1L)
                .containsEntry("export-entries", 1L);
        assertThat(kept.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.rule()).isEqualTo("export-warnings"));
        assertThat(export.text("workspace.json")).contains("\"archive_sha256\":\"ab\"");
    }

    private Account account(Kind kind, String id) {
        return export.run.ledger().of(new ObjectRef(kind, dashed(id))).orElseThrow();
    }

    private String fault(String rule) {
        return export.run.observed().remarks().stream()
                .filter(remark -> remark.rule().equals(rule) && remark.weight() == Observations.Weight.FAULT)
                .map(Observations.Remark::sentence)
                .findFirst()
                .orElseThrow();
    }

    private static String dashed(String id) {
        return dev.saddlebag.notion.NotionId.dashed(id);
    }
}
