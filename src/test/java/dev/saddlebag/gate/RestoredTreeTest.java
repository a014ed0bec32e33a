package dev.saddlebag.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came out of a snapshot is measured by itself. */
class RestoredTreeTest {
    @TempDir
    Path root;

    @BeforeEach
    void twoPagesAndAFile() throws IOException {
        page("1");
        page("2");
        write("files/abc.png", "x");
        write("completeness.json", """
                {"complete":true,"counts":{"pages":2,"databases":0,"data_sources":0,"views":0,"blocks":7,"comments":0,
                "files":1,"file_bytes":1}}""");
    }

    @Test
    void a_whole_tree_passes() throws Exception {
        Verdict verdict = judge();

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.complete()).isTrue();
    }

    @Test
    void what_did_not_come_out_is_counted() throws Exception {
        Files.delete(root.resolve("objects/pages/2.json"));
        Files.delete(root.resolve("files/abc.png"));

        assertThat(judge().sentence())
                .contains("1 pages came out, and the snapshot says that it holds 2")
                .contains("0 files came out, and the snapshot says that it holds 1");
    }

    @Test
    void what_cannot_be_read_or_is_something_else_is_named() throws Exception {
        write("objects/pages/1.json", "{\"page\":{\"id\":\"other\"}}");
        write("objects/pages/2.json", "{\"page\":");

        assertThat(judge().sentence())
                .contains("objects/pages/1.json does not hold the page that it is called after")
                .contains("objects/pages/2.json is no JSON");
    }

    @Test
    void a_tree_that_says_nothing_of_itself_does_not_pass() throws Exception {
        Files.delete(root.resolve("completeness.json"));

        assertThat(judge().accepted()).isFalse();
        assertThat(judge().sentence()).contains("completeness.json did not come out");
    }

    @Test
    void the_rules_of_the_gate_apply() throws Exception {
        Verdict verdict = new RestoredTree(root).judge(Map.of("minimum-pages", BigDecimal.valueOf(3)));

        assertThat(verdict.findings()).extracting(Verdict.Finding::rule).containsExactly("minimum-pages");
    }

    @Test
    void of_an_export_the_files_that_its_catalogue_names_are_counted() throws Exception {
        PathUtils.deleteDirectory(root.resolve("objects"));
        write("pages/Home.md", "# Home");
        write("pages/Home/Plan.md", "# Plan");
        write("catalogue.jsonl", """
                {"id":"1","type":"page","title":"Home","path":"pages/Home.md"}
                {"id":"2","type":"page","title":"Plan","path":"pages/Home/Plan.md"}
                """);
        assertThat(judge().findings()).isEmpty();

        Files.delete(root.resolve("pages/Home/Plan.md"));
        assertThat(judge().sentence())
                .contains("pages/Home/Plan.md did not come out, the page \"Plan\".")
                .contains("1 pages came out, and the snapshot says that it holds 2");
    }

    @Test
    void a_catalogue_of_strangers_cannot_point_outside_and_must_be_there() throws Exception {
        PathUtils.deleteDirectory(root.resolve("objects"));
        assertThat(judge().sentence()).contains("catalogue.jsonl did not come out");

        write("catalogue.jsonl", "{\"id\":\"1\",\"type\":\"page\",\"path\":\"../../../../../../etc/passwd\"}\n{");
        assertThat(judge().sentence()).contains("etc/passwd did not come out", "catalogue.jsonl cannot be read");
    }

    private Verdict judge() throws IOException {
        return new RestoredTree(root).judge(Map.of());
    }

    private void page(String id) throws IOException {
        write("objects/pages/" + id + ".json", "{\"page\":{\"id\":\"" + id + "\"},\"blocks\":[]}");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
