package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong with the archives of facts/notion-export.md §3.5, each by one call. */
class ExportScenarioTest {
    @TempDir
    private Path folder;

    private final ExportClient.Watch clock = new ExportClient.Watch();
    private final NotionSimulator notion = NotionSimulator.start(
            SampleWorkspace.of(42, 60), Behaviour.standard().withClock(clock));
    private final Exports exports = notion.exports();
    private final ExportClient client = new ExportClient(exports);

    @AfterEach
    void stop() {
        notion.close();
    }

    private Path exported(ExportScenario scenario) {
        exports.play(scenario);
        return client.export(client.wholeWorkspace("markdown"), folder.resolve(scenario + ".zip"));
    }

    private ExportedTree tree(ExportScenario scenario) {
        return ExportedTree.of(exported(scenario));
    }

    private static Path part(Path outer, int number) throws IOException {
        String ending = "-Part-" + number + ".zip";
        byte[] bytes = ExportedTree.entries(outer).entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ending))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        return Files.write(outer.resolveSibling(outer.getFileName() + ending), bytes);
    }

    /** A second scenario leaves nothing of the first. */
    @ParameterizedTest
    @EnumSource(ExportScenario.class)
    void every_scenario_is_one_call_and_ends_with_another(ExportScenario scenario) {
        exports.play(scenario);
        exports.play(ExportScenario.FINE);
        assertThat(exports.life()).isEqualTo(ExportLife.standard());
        assertThat(exports.download()).isEqualTo(ExportDownload.standard());
        assertThat(exports.form()).isEqualTo(ExportForm.standard());
        assertThat(client.call(ExportHost.WEB_APP, "getSpaces", ExportClient.object())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_second_of_three_parts_is_missing() {
        assertThat(ExportedTree.entries(exported(ExportScenario.PART_MISSING)).keySet())
                .map(name -> name.replaceFirst("^Export-[0-9a-f-]{36}", ""))
                .containsExactly("-Part-1.zip", "-Part-3.zip");
    }

    @Test
    void five_parts_hold_one_tree() {
        Path outer = exported(ExportScenario.FIVE_PARTS);
        assertThat(ExportedTree.entries(outer)).hasSize(5);
        assertThat(ExportedTree.of(outer).entries().keySet())
                .isEqualTo(tree(ExportScenario.FINE).entries().keySet());
        assertThat(ExportedTree.of(outer).deadLinks()).isEmpty();
    }

    @Test
    void attachments_that_are_archives_are_good_ones() throws Exception {
        ExportedTree tree = tree(ExportScenario.ZIP_ATTACHMENT);
        assertThat(tree.ending(".zip"))
                .anyMatch(path -> path.matches("Home/Export-[0-9a-f-]{36}-Part-2\\.zip"))
                .contains("Home/archive.zip");
        var attached = new ByteArrayInputStream(tree.entries().get("Home/archive.zip"));
        try (var zip = new ZipInputStream(attached)) {
            assertThat(zip.getNextEntry().getName()).matches("Export-[0-9a-f-]{36}-Part-2\\.zip");
        }
    }

    @Test
    void an_entry_leads_out_of_the_archive() {
        assertThat(tree(ExportScenario.TRAVERSAL).entries()).containsKey("../../escaped.txt");
    }

    @Test
    void a_bomb_is_small_until_it_is_unpacked() throws Exception {
        Path outer = exported(ExportScenario.BOMB);
        assertThat(Files.size(outer)).isLessThan(2 << 20);
        try (var zip = new ZipFile(part(outer, 1).toFile())) {
            ZipEntry bomb = zip.stream()
                    .filter(entry -> entry.getName().endsWith("/zeros.bin"))
                    .findFirst()
                    .orElseThrow();
            assertThat(bomb.getSize()).isEqualTo(256L << 20);
            assertThat(bomb.getSize() / bomb.getCompressedSize()).isGreaterThan(1000);
        }
    }

    @Test
    void zip64_is_read_by_other_programs() throws Exception {
        Path outer = exported(ExportScenario.ZIP64);
        Path part = part(outer, 1);
        for (Path zip : List.of(outer, part)) {
            Process test = new ProcessBuilder("unzip", "-t", zip.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("No errors detected");
            assertThat(test.waitFor()).isZero();
            byte[] bytes = Files.readAllBytes(zip);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("PK\u0006\u0006");
        }
        assertThat(ExportedTree.of(outer).entries().keySet())
                .isEqualTo(tree(ExportScenario.FINE).entries().keySet());
    }

    @Test
    void most_of_the_workspace_can_be_missing() {
        ExportedTree all = tree(ExportScenario.FINE);
        ExportedTree less = tree(ExportScenario.SMALLER);
        assertThat(less.ending(".md"))
                .hasSizeLessThan(all.ending(".md").size() / 3)
                .isNotEmpty();
        assertThat(less.deadLinks()).isEmpty();
        assertThat(less.indexLinks()).allMatch(less.entries()::containsKey);
    }

    @Test
    void an_entry_can_be_damaged() throws Exception {
        Path part = part(exported(ExportScenario.DAMAGED_ENTRY), 1);
        try (var zip = new ZipFile(part.toFile())) {
            ZipEntry damaged = zip.stream()
                    .filter(entry -> entry.getName().endsWith("damaged.txt"))
                    .findFirst()
                    .orElseThrow();
            var sum = new CRC32();
            try (InputStream bytes = zip.getInputStream(damaged)) {
                sum.update(bytes.readAllBytes());
            }
            assertThat(damaged.getCrc()).isNotEqualTo(sum.getValue());
        }
    }

    @Test
    void two_parts_can_contradict_each_other() throws Exception {
        Path outer = exported(ExportScenario.CONFLICTING_PARTS);
        assertThat(twice(part(outer, 1))).isNotEqualTo(twice(part(outer, 2)));
    }

    private static byte[] twice(Path part) {
        return ExportedTree.entries(part).entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/twice.txt"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void the_end_of_the_archive_can_be_missing() {
        Path outer = exported(ExportScenario.TRUNCATED);
        assertThatThrownBy(() -> ExportedTree.entries(outer)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void the_index_can_be_missing_or_tell_of_a_lost_page_or_of_another_workspace() {
        assertThat(tree(ExportScenario.NO_INDEX).entries()).doesNotContainKey("index.html");
        ExportedTree lost = tree(ExportScenario.PAGE_LOST);
        assertThat(lost.indexLinks())
                .filteredOn(link -> !lost.entries().containsKey(link))
                .hasSize(1);
        assertThat(tree(ExportScenario.OTHER_WORKSPACE).text("index.html")).doesNotContain(exports.spaceId());
        assertThat(tree(ExportScenario.FINE).text("index.html")).contains("id::" + exports.spaceId());
    }

    @Test
    void a_table_can_have_more_rows_than_pages() {
        ExportedTree tree = tree(ExportScenario.ROWS_LOST);
        String table = exports.contents()
                .filter(node -> node.id().equals(notion.workspace().databases().get(0)))
                .findFirst()
                .orElseThrow()
                .path();
        String below = table.replaceFirst(" [0-9a-f]{32}\\.csv$", "/");
        int rows = Csv.rows(tree.text(table.replace(".csv", "_all.csv"))).size() - 1;
        assertThat(tree.ending(".md"))
                .filteredOn(path -> path.startsWith(below)
                        && !path.substring(below.length()).contains("/"))
                .hasSizeLessThan(rows);
        assertThat(tree.indexLinks()).allMatch(tree.entries()::containsKey);
    }

    @Test
    void an_export_of_somebody_else_stands_in_the_feed_alone_at_first() {
        exports.play(ExportScenario.FOREIGN_EXPORT_FIRST);
        client.finished(client.enqueue(client.wholeWorkspace("markdown")));
        String foreign = client.link();
        assertThat(client.link()).isEqualTo(foreign);
        assertThat(client.link()).isEqualTo(foreign);
        JsonNode both = client.feed(ExportHost.WEB_APP).at("/recordMap/activity");
        assertThat(both).hasSize(2);
        Path zip = folder.resolve("foreign.zip");
        try {
            Files.write(zip, client.download(foreign).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(ExportedTree.of(zip).ending(".md")).isEmpty();
        assertThat(ExportedTree.of(zip).ending(".html")).isNotEmpty();
    }
}
