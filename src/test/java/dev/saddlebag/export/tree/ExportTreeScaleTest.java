package dev.saddlebag.export.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.export.archive.Unpacked;
import dev.saddlebag.notion.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** An export of 100,000 pages becomes a snapshot within 256 MiB of memory. Runs with {@code -Pheavy}. */
@EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
class ExportTreeScaleTest {
    private static final int DATABASES = 100;
    private static final int ROWS = 1_000;

    @TempDir
    Path home;

    @Test
    void a_hundred_thousand_pages_fit_into_256_mebibytes() throws Exception {
        Path log = home.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExportTreeScaleTest.class.getName(),
                        home.resolve("run").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(20, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(Files.readString(log)).contains("pages 100000, databases 100, files 100, lines 100100, dead 0");
    }

    /** What the test starts as a process of its own. */
    public static void main(String[] arguments) throws Exception {
        SampleExport export = SampleExport.in(Path.of(arguments[0]));
        write(export.root);
        ExportSnapshot snapshot = new ExportSnapshot(Clock.systemUTC());
        long start = System.nanoTime();
        snapshot.build(export.run, new Unpacked(export.root, 1, 100_301, 0, "markdown", List.of(), new TreeMap<>()));
        snapshot.finish(export.run, Json.MAPPER.createObjectNode());
        var counts = export.run.ledger().counts();
        long lines;
        try (var all = Files.lines(export.run.staging().tree().resolve("catalogue.jsonl"))) {
            lines = all.count();
        }
        System.out.printf(
                "pages %d, databases %d, files %d, lines %d, dead %d%n%d s%n",
                counts.pages(),
                counts.databases(),
                counts.files(),
                lines,
                export.number("dead-links-to-pages"),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }

    private static void write(Path root) throws IOException {
        Files.createDirectories(root);
        try (PrintWriter index = new PrintWriter(Files.newBufferedWriter(root.resolve("index.html")))) {
            index.print(
                    "<html><body><ul id=\"id::00000000-0000-4000-8000-000000000000\"><li><p>i</p><p>n: Acme</p></li>");
            for (int database = 0; database < DATABASES; database++) {
                writeDatabase(root, database, index);
            }
            index.print("</ul></body></html>");
        }
    }

    private static void writeDatabase(Path root, int database, PrintWriter index) throws IOException {
        String name = "A database with a title of some length " + database;
        String id = id(1_000_000 + database);
        Path folder = Files.createDirectories(root.resolve(name + " " + id));
        Files.writeString(folder.resolve("picture.png"), "picture " + database);
        Path table = root.resolve(name + " " + id + "_all.csv");
        index.print("<li><ul id=\"id::" + dashed(id) + "\"><a>" + name + "</a>");
        try (BufferedWriter csv = Files.newBufferedWriter(table)) {
            csv.write("\ufeffName,State");
            for (int row = 0; row < ROWS; row++) {
                String title = "A row whose title is as long as titles are, number " + row;
                String file = title.substring(0, 40) + " " + id(database * ROWS + row) + ".md";
                csv.write("\r\n" + title + ",Done");
                String next = title.substring(0, 40).replace(" ", "%20") + "%20"
                        + id(database * ROWS + (row + 1) % ROWS) + ".md";
                Files.writeString(
                        folder.resolve(file),
                        "# " + title + "\n\nState: Done\n\nText. [Next](" + next + ") ![p](picture.png)\n");
                index.print("<li><ul id=\"id::" + dashed(id(database * ROWS + row)) + "\"><a href=\"" + name + " " + id
                        + "/" + file + "\">" + file + "</a></ul></li>");
            }
        }
        Files.copy(table, root.resolve(name + " " + id + ".csv"), StandardCopyOption.REPLACE_EXISTING);
        index.print("</ul></li>");
    }

    private static String id(int number) {
        return "%032x".formatted(number + 1);
    }

    private static String dashed(String id) {
        return dev.saddlebag.notion.NotionId.dashed(id);
    }
}
