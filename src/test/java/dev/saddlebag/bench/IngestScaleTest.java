package dev.saddlebag.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.cli.Saddlebag;
import dev.saddlebag.export.archive.LargeExport;
import dev.saddlebag.notion.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run of a large export in the memory that the launcher gives, from the file to the destination, and its full
 * verification. Nothing in it compresses and no file is there twice, so that each byte goes the whole way. Runs with {@code
 * -Pheavy}; {@code -Dsaddlebag.scale.gibibytes=20} is the size of a large workspace, and takes 60 GiB of disk.
 */
@Tag("scale")
class IngestScaleTest {
    private static final long GIB = 1L << 30;
    private static final String HEAP = "256m";

    /** Beside the heap: code, threads, and buffers outside of it. */
    private static final long MOST_KIBIBYTES = 480L << 10;

    private static final long GIBIBYTES = Long.getLong("saddlebag.scale.gibibytes", 3);

    @TempDir
    Path home;

    private MeasuredProcess saddlebag(String... command) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--config", home.resolve("application.properties").toString()));
        all.addAll(List.of(command));
        MeasuredProcess process = MeasuredProcess.run(
                MeasuredProcess.java(HEAP, Saddlebag.class.getName(), all), Map.of(), home.resolve("log"));
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, %.1f s of processors, %d MiB%n",
                command[0],
                process.seconds(),
                process.processorSeconds(),
                process.peakKibibytes() >> 10);
        return process;
    }

    private void configure() throws Exception {
        Files.writeString(home.resolve("application.properties"), """
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

    @Test
    @EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
    void a_whole_run_of_a_large_export_needs_no_more_than_the_launchers_heap() throws Exception {
        Assumptions.assumeTrue(
                Files.getFileStore(home).getUsableSpace() > (3 * GIBIBYTES + 6) * GIB, "the disk has too little room");
        configure();
        long huge = GIBIBYTES > 6 ? 4 * GIB + 12_345_678 : GIB;
        LargeExport export = new LargeExport(GIBIBYTES * GIB - huge, 20_000, 8, huge, false);
        Path download = home.resolve("export.zip");
        LargeExport.Written written = export.write(download);
        System.out.println(export + ", " + written);

        MeasuredProcess ingested = saddlebag("ingest", "acme", download.toString(), "--json");

        assertThat(ingested.exit()).as(ingested.output()).isZero();
        JsonNode summary = Json.MAPPER.readTree(ingested.output()).get(0);
        JsonNode counts = summary.path("counts");
        assertThat(summary.path("outcome").asText()).isEqualToIgnoringCase("complete");
        assertThat(counts.path("pages").asLong()).isEqualTo(written.pages());
        assertThat(counts.path("databases").asLong()).isEqualTo(written.databases());
        assertThat(counts.path("files").asLong()).isEqualTo(written.media());
        assertThat(ingested.peakKibibytes()).isLessThan(MOST_KIBIBYTES);
        Files.delete(download);
        MeasuredProcess verified = saddlebag("verify", "--level", "full", "--json");
        System.out.println(verified.output());
        assertThat(verified.exit()).as(verified.output()).isZero();
        assertThat(verified.peakKibibytes()).isLessThan(MOST_KIBIBYTES);
    }
}
