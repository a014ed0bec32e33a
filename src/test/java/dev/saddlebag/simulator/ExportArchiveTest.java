package dev.saddlebag.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The archives of native exports against facts/notion-export.md §2, read back by other programs. */
class ExportArchiveTest {
    private static final int PAGES = 220;

    @TempDir
    private Path folder;

    private final ExportClient.Watch clock = new ExportClient.Watch();
    private final NotionSimulator notion = NotionSimulator.start(
            SampleWorkspace.of(42, PAGES), Behaviour.standard().withClock(clock));
    private final Exports exports = notion.exports();
    private final ExportClient client = new ExportClient(exports);

    @AfterEach
    void stop() {
        notion.close();
    }

    private Path exported(String type) {
        return client.export(client.wholeWorkspace(type), folder.resolve(type + ".zip"));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void other_programs_read_the_archive() throws Exception {
        exports.form(exports.form().withParts(3));
        Path outer = exported("markdown");
        assertThat(run("unzip", "-t", outer.toString())).contains("No errors detected");
        assertThat(run("unzip", "-d", folder.toString(), outer.toString())).contains("-Part-3.zip");
        try (var parts = Files.newDirectoryStream(folder, "Export-*-Part-*.zip")) {
            for (Path part : parts) {
                assertThat(run("unzip", "-t", part.toString())).contains("No errors detected");
                assertThat(run("zipinfo", "-l", part.toString())).contains("4.5 fat");
            }
        }
    }

    @Test
    void entries_are_made_as_notion_makes_them() throws Exception {
        Path outer = exported("markdown");
        Map<String, byte[]> parts = ExportedTree.entries(outer);
        assertThat(parts.keySet()).singleElement().asString().matches("Export-[0-9a-f-]{36}-Part-1\\.zip");
        Path part = Files.write(
                folder.resolve("part.zip"), parts.values().iterator().next());
        try (ZipFile zip = ZipFile.builder().setPath(part).get()) {
            for (ZipArchiveEntry entry :
                    (Iterable<ZipArchiveEntry>) () -> zip.getEntries().asIterator()) {
                assertThat(entry.getPlatform()).isZero();
                assertThat(entry.getVersionMadeBy()).isEqualTo(45);
                assertThat(entry.getVersionRequired()).isEqualTo(20);
                assertThat(entry.getMethod()).isEqualTo(ZipArchiveEntry.DEFLATED);
                assertThat(entry.getGeneralPurposeBit().usesDataDescriptor()).isTrue();
                assertThat(entry.getGeneralPurposeBit().usesUTF8ForNames())
                        .isEqualTo(!entry.getName().matches("\\p{ASCII}*"));
                assertThat(entry.getExternalAttributes()).isZero();
                assertThat(entry.getExtraFields()).isEmpty();
                assertThat(entry.isDirectory()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ExportForm.Layout.class)
    void all_links_of_the_index_and_of_the_pages_lead_somewhere(ExportForm.Layout layout) {
        exports.form(exports.form().withLayout(layout).withParts(2));
        for (String type : List.of("markdown", "html")) {
            ExportedTree tree = ExportedTree.of(exported(type));
            assertThat(tree.indexLinks()).hasSizeGreaterThan(PAGES).allMatch(tree.entries()::containsKey);
            assertThat(tree.deadLinks()).isEmpty();
            String ending = type.equals("html") ? ".html" : ".md";
            assertThat(tree.ending(ending)).containsAll(tree.indexLinks());
        }
    }

    @Test
    void what_the_contents_promise_is_in_the_archive() {
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        List<ExportTree.Node> nodes = exports.contents().toList();
        assertThat(nodes).map(ExportTree.Node::path).doesNotHaveDuplicates().allMatch(tree.entries()::containsKey);
        List<String> paths = nodes.stream().map(ExportTree.Node::path).toList();
        assertThat(tree.ending(".md")).hasSizeGreaterThan(PAGES).isSubsetOf(paths);
        assertThat(nodes)
                .map(ExportTree.Node::id)
                .containsAll(notion.workspace().standalonePages());
        assertThat(nodes)
                .map(ExportTree.Node::id)
                .doesNotContainAnyElementsOf(notion.workspace().trashedPages());
    }

    @Test
    void folders_have_ids_in_the_old_layout_only() {
        exports.play(ExportScenario.OLD_LAYOUT);
        assertThat(ExportedTree.of(exported("markdown")).ending(".md"))
                .filteredOn(path -> path.contains("/"))
                .allMatch(path -> path.matches("(?s).* [0-9a-f]{32}/[^/]*"));
        exports.play(ExportScenario.FINE);
        assertThat(ExportedTree.of(exported("markdown")).ending(".md"))
                .filteredOn(path -> path.contains("/"))
                .noneMatch(path -> path.matches("(?s).*[0-9a-f]{32}/.*"));
    }

    @Test
    void tables_have_no_more_rows_than_their_folder_has_pages() {
        exports.play(ExportScenario.OLD_LAYOUT);
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        List<String> tables = tree.ending("_all.csv");
        assertThat(tables).hasSizeGreaterThan(9);
        for (String table : tables) {
            String text = tree.text(table);
            assertThat(text).startsWith("\uFEFF").doesNotEndWith("\n");
            List<List<String>> rows = Csv.rows(text.substring(1));
            String below = table.replace("_all.csv", "/");
            assertThat(tree.ending(".md"))
                    .filteredOn(path -> path.startsWith(below)
                            && !path.substring(below.length()).contains("/"))
                    .hasSizeGreaterThanOrEqualTo(rows.size() - 1);
            assertThat(rows).allMatch(row -> row.size() == rows.get(0).size());
            assertThat(tree.entries()).containsKey(table.replace("_all", ""));
        }
    }

    /** The base of a link in a table is the folder above the table's own (§2.6). */
    @Test
    void relations_in_tables_are_links_to_rows() {
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        ExportTree.Node tasks = exports.contents()
                .filter(node ->
                        node.kind().equals("database") && tree.text(node.path()).startsWith("\uFEFFTask,"))
                .findFirst()
                .orElseThrow();
        String table = tasks.path().replace(".csv", "_all.csv");
        List<List<String>> rows = Csv.rows(tree.text(table).substring(1));
        int column = rows.get(0).indexOf("Project");
        assertThat(rows.subList(1, rows.size())).allSatisfy(row -> {
            String link = row.get(column).replaceFirst("(?s).* \\(", "").replaceFirst("\\)$", "");
            String above = table.contains("/") ? table.substring(0, table.lastIndexOf('/')) : table;
            assertThat(tree.entries()).containsKey(ExportedTree.resolved(above, link));
        });
    }

    @Test
    void names_are_cut_after_50_code_points_and_have_no_forbidden_characters() {
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        assertThat(tree.ending(".md")).allSatisfy(path -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            String title = name.substring(0, name.length() - 36);
            assertThat(title.codePointCount(0, title.length())).isBetween(1, 50);
            assertThat(title).isEqualTo(title.strip()).doesNotContainPattern("[:|?\"\\\\<>*\\n]|  ");
        });
        assertThat(tree.ending(".md"))
                .anyMatch(path -> path.contains("🚀 Launch plan"))
                .anyMatch(path -> path.contains("会議"));
        assertThat(tree.ending(".md")).anyMatch(path -> path.matches(".*/Untitled [0-9a-f]{32}\\.md"));
    }

    @Test
    void pages_begin_with_their_title_and_rows_with_their_properties() {
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        String source = notion.workspace().dataSources().get(0);
        String row = notion.workspace().rows(source).get(1);
        String path = exports.contents()
                .filter(node -> node.id().equals(row))
                .findFirst()
                .orElseThrow()
                .path();
        assertThat(tree.text(path)).matches("(?s)# [^\\n]+\\n\\n[^\\n:]+: .*");
        assertThat(tree.text(path))
                .contains("\nDone?: ")
                .containsPattern("\nCreated: \\w+ \\d+, 20\\d\\d \\d+:\\d\\d [AP]M");
    }

    @Test
    void attachments_of_one_name_are_numbered_and_have_their_bytes() {
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        List<String> images = tree.ending(".png");
        assertThat(images)
                .anyMatch(path -> path.endsWith("/image.png"))
                .anyMatch(path -> path.endsWith("/image 1.png"));
        assertThat(images)
                .allSatisfy(path -> assertThat(tree.entries().get(path)).startsWith(0x89, 'P', 'N', 'G'));
    }

    @Test
    void without_files_the_links_to_them_are_dead() {
        ObjectNode body = client.wholeWorkspace("markdown");
        ((ObjectNode) body.at("/task/request/exportOptions")).put("includeContents", "no_files");
        ExportedTree tree = ExportedTree.of(client.export(body, folder.resolve("bare.zip")));
        assertThat(tree.ending(".png")).isEmpty();
        assertThat(tree.deadLinks()).isNotEmpty();
    }

    @Test
    void flat_exports_have_no_folders() {
        ObjectNode body = client.wholeWorkspace("markdown");
        ((ObjectNode) body.at("/task/request/exportOptions")).put("flattenExportFiletree", true);
        ExportedTree tree = ExportedTree.of(client.export(body, folder.resolve("flat.zip")));
        assertThat(tree.entries().keySet()).noneMatch(path -> path.contains("/"));
        assertThat(tree.indexLinks()).allMatch(tree.entries()::containsKey);
        assertThat(tree.text("index.html")).contains("href=\"./");
    }

    @Test
    void two_exports_differ_in_the_wrapper_alone() {
        exports.form(exports.form().withParts(2));
        ExportedTree first = ExportedTree.of(exported("markdown"));
        Path again = exported("markdown");
        ExportedTree second = ExportedTree.of(again);
        assertThat(ExportedTree.entries(again).keySet()).hasSize(2);
        assertThat(second.entries().keySet()).isEqualTo(first.entries().keySet());
        assertThat(hashes(second)).isEqualTo(hashes(first));
        assertThat(second.text("index.html")).isNotEqualTo(first.text("index.html"));
        assertThat(second.text("index.html").replaceFirst("<title>.*?</title>", ""))
                .isEqualTo(first.text("index.html").replaceFirst("<title>.*?</title>", ""));
    }

    private static Map<String, Integer> hashes(ExportedTree tree) {
        return tree.entries().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("index.html"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> Arrays.hashCode(entry.getValue()), (a, b) -> a, TreeMap::new));
    }

    @Test
    void titles_that_are_dates_change_from_day_to_day() {
        exports.form(exports.form().withDateTitles(true));
        assertThat(ExportedTree.of(exported("markdown")).ending(".md"))
                .anyMatch(path -> path.matches(".*/@Today [0-9a-f]{32}\\.md"));
        clock.set(Instant.parse("2026-11-21T08:00:00Z"));
        assertThat(ExportedTree.of(exported("markdown")).ending(".md"))
                .anyMatch(path -> path.matches(".*/@Yesterday [0-9a-f]{32}\\.md"));
    }

    @Test
    void a_page_tree_has_what_is_below_the_page_and_no_index() {
        String page = exports.contents()
                .filter(node -> node.title().equals("Home"))
                .findFirst()
                .orElseThrow()
                .id();
        Path zip = client.export(client.tree("exportBlock", page), folder.resolve("tree.zip"));
        assertThat(ExportedTree.entries(zip).keySet())
                .singleElement()
                .asString()
                .matches("ExportBlock-[0-9a-f-]{36}-Part-1\\.zip");
        ExportedTree tree = ExportedTree.of(zip);
        assertThat(tree.entries().keySet()).allMatch(path -> path.startsWith("Private & Shared/Home"));
        assertThat(tree.ending("index.html")).isEmpty();
        assertThat(tree.deadLinks()).isEmpty();
        assertThat(tree.ending(".md")).hasSizeLessThan(PAGES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void wrappers_lie_around_the_pages(int wrappers) {
        exports.form(exports.form().withWrappers(wrappers));
        Map<String, byte[]> outer = ExportedTree.entries(exported("markdown"));
        String first = outer.keySet().iterator().next();
        switch (wrappers) {
            case 0 -> assertThat(outer).containsKey("index.html");
            case 1 -> assertThat(first).matches("Export-[0-9a-f-]{36}-Part-1\\.zip");
            default -> assertThat(first).matches("[0-9a-f-]{36}_Export-[0-9a-f-]{36}\\.zip");
        }
    }

    @Test
    void decomposed_names_are_linked_as_they_are() {
        exports.play(ExportScenario.NAMES);
        ExportedTree tree = ExportedTree.of(exported("markdown"));
        assertThat(tree.entries().keySet())
                .allMatch(path -> Normalizer.isNormalized(path, Normalizer.Form.NFD))
                .anyMatch(path -> !Normalizer.isNormalized(path, Normalizer.Form.NFC));
        assertThat(tree.deadLinks()).isEmpty();
    }
}
