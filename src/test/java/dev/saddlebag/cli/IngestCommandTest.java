package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of real exports that people give, from the command line to the files of the snapshot. */
class IngestCommandTest {
    private static final Path EXPORTS = Path.of("../shared/fixtures/notion-exports");
    private static final String UUID = "6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configure() throws IOException {
        assumeThat(EXPORTS).isDirectory();
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        Files.writeString(folder.resolve("application.properties"), """
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.source = export
                saddlebag.workspace.acme.token-v2 = never-needed
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(
                        Path.of("routes").toAbsolutePath()));
    }

    private int saddlebag(String... command) {
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(command));
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    /** Takes the export in, and gives the files of the snapshot by the folder at the top that they are in. */
    private Map<String, List<String>> ingest(Path export) throws IOException {
        byte[] before = Files.readAllBytes(export);
        assertThat(saddlebag("ingest", "acme", export.toString()))
                .as(out.toString() + err)
                .isZero();
        assertThat(Files.readAllBytes(export)).isEqualTo(before);
        Path snapshot = folder.resolve("snapshot");
        assertThat(saddlebag("export", "latest", "--to", snapshot.toString()))
                .as(out.toString() + err)
                .isZero();
        Map<String, List<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(snapshot)) {
            all.filter(Files::isRegularFile)
                    .map(snapshot::relativize)
                    .forEach(path -> files.computeIfAbsent(path.getName(0).toString(), top -> new ArrayList<>())
                            .add(path.toString()));
        }
        return files;
    }

    private List<JsonNode> catalogue(String type) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("snapshot/catalogue.jsonl"))) {
            JsonNode object = Json.MAPPER.readTree(line);
            if (object.path("type").asText().equals(type)) {
                lines.add(object);
            }
        }
        return lines;
    }

    @Test
    void a_workspace_in_markdown_with_a_database_of_daily_rows() throws Exception {
        Map<String, List<String>> files = ingest(EXPORTS.resolve("obsidian-importer/Notion.Test.Export.zip"));

        assertThat(catalogue("page")).hasSize(278);
        assertThat(catalogue("database"))
                .singleElement()
                .satisfies(habits -> assertThat(habits.path("rows").asInt()).isEqualTo(269));
        assertThat(files.get("pages")).hasSize(279);
        // 278 pages, the whole table and its view, and the index.
        assertThat(files.get("export")).hasSize(281);
        assertThat(out.toString()).contains("278 pages");
    }

    @Test
    void a_workspace_in_html_whose_attachments_are_one_file() throws Exception {
        Map<String, List<String>> files = ingest(EXPORTS.resolve("obsidian-importer/notion-testspace.zip"));

        assertThat(catalogue("page")).hasSize(4);
        assertThat(files.get("pages")).hasSize(4).allMatch(path -> path.endsWith(".html"));
        assertThat(files.get("files")).hasSize(1);
    }

    @Test
    void the_layout_whose_folders_have_no_ids_in_one_part() throws Exception {
        Map<String, List<String>> files = ingest(zipped(EXPORTS.resolve("new-layout-model/data/test"), 1));

        assertThat(catalogue("page")).hasSize(22);
        assertThat(catalogue("database")).hasSize(4);
        assertThat(files.get("pages")).hasSize(22 + 4);
    }

    @Test
    void a_handbook_in_three_parts() throws Exception {
        Map<String, List<String>> files = ingest(zipped(EXPORTS.resolve("notion-qa/Notion_DB"), 3));

        assertThat(catalogue("page")).hasSize(50);
        assertThat(files.get("pages")).hasSize(50);
        assertThat(files.get("files")).hasSize(45);
        assertThat(files.get("export")).hasSize(95);
    }

    /** A tree as Notion packs it: parts in turns, and one archive around them. */
    private Path zipped(Path tree, int parts) throws IOException {
        List<ByteArrayOutputStream> bytes = new ArrayList<>();
        List<ZipOutputStream> zips = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            bytes.add(new ByteArrayOutputStream());
            zips.add(new ZipOutputStream(bytes.get(part)));
        }
        try (Stream<Path> all = Files.walk(tree)) {
            int number = 0;
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                ZipOutputStream zip = zips.get(number++ % parts);
                zip.putNextEntry(new ZipEntry("Export-" + UUID + "/" + tree.relativize(file)));
                Files.copy(file, zip);
            }
        }
        Path whole = folder.resolve(UUID + "_Export-" + UUID + ".zip");
        try (ZipOutputStream wrapper = new ZipOutputStream(Files.newOutputStream(whole))) {
            for (int part = 0; part < parts; part++) {
                zips.get(part).close();
                wrapper.putNextEntry(new ZipEntry("Export-" + UUID + "-Part-" + (part + 1) + ".zip"));
                bytes.get(part).writeTo(wrapper);
            }
        }
        return whole;
    }
}
