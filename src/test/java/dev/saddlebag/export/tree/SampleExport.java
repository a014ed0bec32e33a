package dev.saddlebag.export.tree;

import dev.saddlebag.configuration.Source;
import dev.saddlebag.export.archive.Unpacked;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An export in the staging of a run, put together by hand or from one that Notion made. */
final class SampleExport {
    private static final Path FIXTURES =
            Path.of("../shared/fixtures/notion-exports").toAbsolutePath().normalize();

    final Run run;
    final Path root;

    private SampleExport(Run run) throws IOException {
        this.run = run;
        this.root = run.staging().tree().resolve("export");
        Files.createDirectories(root);
    }

    static SampleExport in(Path folder) throws IOException {
        return in(folder, 1);
    }

    /** One for the run of another day of November 2026. */
    static SampleExport in(Path folder, int day) throws IOException {
        Run api = SampleRun.in(folder, day);
        return new SampleExport(new Run(
                api.id(),
                api.workspace(),
                api.started(),
                Source.EXPORT,
                api.depth(),
                api.base(),
                api.connection(),
                api.staging(),
                api.files(),
                api.ledger(),
                api.trash(),
                api.searched(),
                api.observed(),
                api.about(),
                api.failure()));
    }

    static Path fixture(String path) {
        return FIXTURES.resolve(path);
    }

    SampleExport with(String path, String content) throws IOException {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    SampleExport with(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    /** The content of an archive of Notion's, without its wrappers. */
    SampleExport unzipped(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            unzip(in);
        }
        return this;
    }

    private void unzip(InputStream in) throws IOException {
        ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            byte[] bytes = zip.readAllBytes();
            if (entry.getName().matches("Export(Block)?-[0-9a-f-]{36}-Part-\\d+\\.zip")) {
                unzip(new ByteArrayInputStream(bytes));
            } else {
                with(entry.getName().replaceFirst("^Export-[0-9a-f-]{36}/", ""), bytes);
            }
        }
    }

    /** The files of a folder that an export was unpacked to. */
    SampleExport copied(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                with(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return this;
    }

    Unpacked unpacked() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            boolean html = files.stream().anyMatch(file -> file.toString().matches(".* [0-9a-f]{32}\\.html"));
            return new Unpacked(root, 1, files.size(), 0, html ? "html" : "markdown", List.of(), new TreeMap<>());
        }
    }

    /** Makes the snapshot, all but what would be fetched. */
    SampleExport built() throws Exception {
        ExportSnapshot snapshot = new ExportSnapshot(Clock.systemUTC());
        snapshot.build(run, unpacked());
        snapshot.finish(run, Json.MAPPER.createObjectNode());
        return this;
    }

    String text(String path) throws IOException {
        return Files.readString(run.staging().tree().resolve(path));
    }

    long number(String what) {
        return run.observed().numbers().getOrDefault(what, -1L);
    }

    /** The paths of all files of a folder of the snapshot. */
    List<String> paths(String folder) throws IOException {
        Path tree = run.staging().tree();
        if (!Files.exists(tree.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(tree.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> tree.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
