package dev.saddlebag.export.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of real workspaces, read by another library too, and by the tools of the system. */
class ExportsOfPeopleTest {
    private static final Path EXPORTS = Path.of("..", "shared", "fixtures", "notion-exports");
    private static final UnpackLimits LIMITS = UnpackLimits.STANDARD;

    @TempDir
    Path home;

    @BeforeAll
    static void there() {
        Assumptions.assumeTrue(Files.isDirectory(EXPORTS), "the exports are not on this machine");
    }

    @ParameterizedTest
    @CsvSource({
        "obsidian-importer/Notion.Test.Export.zip, markdown, 281",
        "obsidian-importer/notion-testspace.zip, html, 10"
    })
    void every_file_of_a_download_arrives(String name, String format, int files) throws Exception {
        Unpacker unpacker = new Unpacker(home, LIMITS);
        Unpacked unpacked = unpacker.unpack(List.of(EXPORTS.resolve(name)));

        assertThat(unpacked.format()).isEqualTo(format);
        assertThat(unpacked.entries()).isEqualTo(files);
        assertThat(unpacker.files()).isEqualTo(byOtherLibrary(EXPORTS.resolve(name)));
        assertThat(unpacked.renamed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "new-layout-model/data/test, 1",
        "new-layout-model/data/test, 3",
        "notion-qa/Notion_DB, 1",
        "notion-qa/Notion_DB, 4"
    })
    void every_file_of_a_tree_arrives_in_however_many_parts_it_is_packed(String name, int parts) throws Exception {
        SortedMap<String, String> tree = read(EXPORTS.resolve(name));
        List<RawZip> zips = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            zips.add(new RawZip());
        }
        int turn = 0;
        for (Map.Entry<String, String> file : tree.entrySet()) {
            zips.get(turn++ * parts / tree.size())
                    .add(Unpacker.WRAPPER + file.getKey(), file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
        Unpacker unpacker = new Unpacker(home, LIMITS);

        Unpacked unpacked = unpacker.unpack(Unpacker.wrapped(zips.toArray(RawZip[]::new)));

        assertThat(unpacked.parts()).isEqualTo(parts);
        assertThat(unpacked.entries()).isEqualTo(tree.size());
        assertThat(unpacker.files()).isEqualTo(tree);
    }

    @Test
    void what_the_zip_of_the_system_packs_is_understood() throws Exception {
        Path tree = Files.createDirectories(home.resolve("packed/" + Unpacker.WRAPPER + "Wörter 京 😀"));
        Files.writeString(tree.resolve("Seite ä.md"), "# ä");
        Files.writeString(tree.resolve("leer.csv"), "");
        run(home.resolve("packed"), "zip", "-q", "-r", "../download.zip", ".");
        Unpacker unpacker = new Unpacker(home);

        Unpacked unpacked = unpacker.unpack(List.of(home.resolve("download.zip")));

        assertThat(unpacker.files().keySet()).containsExactly("Wörter 京 😀/Seite ä.md", "Wörter 京 😀/leer.csv");
        assertThat(unpacked.warnings()).singleElement().asString().contains("entries were folders");
    }

    @Test
    void the_unzip_of_the_system_gets_the_same_out_of_an_export_in_parts() throws Exception {
        SortedMap<String, String> tree = read(EXPORTS.resolve("notion-qa/Notion_DB"));
        RawZip[] parts = {new RawZip(), new RawZip()};
        int turn = 0;
        for (Map.Entry<String, String> file : tree.entrySet()) {
            // Names beyond ASCII are garbled by unzip where FAT made them (facts/notion-export.md §2.2).
            if (file.getKey().chars().allMatch(c -> c < 128)) {
                parts[turn++ % 2].add(file.getKey(), file.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        Unpacker unpacker = new Unpacker(home, LIMITS);
        unpacker.unpack(Unpacker.wrapped(parts));

        Path other = Files.createDirectories(home.resolve("other"));
        run(other, "unzip", "-q", "../download-1.zip", "-d", "parts");
        run(other, "sh", "-c", "for part in parts/*.zip; do unzip -q \"$part\" -d tree; done");

        assertThat(unpacker.files()).hasSizeGreaterThan(50).isEqualTo(read(other.resolve("tree")));
    }

    private static SortedMap<String, String> byOtherLibrary(Path download) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (ZipFile outer = ZipFile.builder().setPath(download).get()) {
            for (ZipArchiveEntry part : Collections.list(outer.getEntries())) {
                byte[] bytes = bytes(outer, part);
                try (ZipFile inner = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                        .get()) {
                    for (ZipArchiveEntry entry : Collections.list(inner.getEntries())) {
                        String name = entry.getName().replaceFirst("^Export-[0-9a-f-]{36}/", "");
                        files.put(name, new String(bytes(inner, entry), StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return files;
    }

    private static byte[] bytes(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(out);
            return out.toByteArray();
        }
    }

    private static SortedMap<String, String> read(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        root.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static void run(Path folder, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
