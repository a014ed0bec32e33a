package dev.saddlebag.export.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** 20 GiB in 100,000 files and several parts, one file above 4 GiB. Runs when {@code -Dsaddlebag.scale=true} is given. */
@Tag("scale")
class ArchiveScaleTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path home;

    @Test
    @EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
    void twenty_gibibytes_need_64_mebibytes_of_heap() throws Exception {
        FileStore disk = Files.getFileStore(home);
        Assumptions.assumeTrue(disk.getUsableSpace() > 26 * GIB, "the disk has no 26 GiB free");
        long huge = 4 * GIB + 12_345_678;
        LargeExport export = new LargeExport(16 * GIB, 100_000, 4, huge, true);
        Path download = home.resolve("download.zip");
        long files = export.write(download).files();

        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UnpackWork.class.getName(),
                        download.toString(),
                        home.resolve("out").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("%s: %s in %d s%n", export, said.strip(), took.toSeconds());
        assertThat(said).startsWith(files + " files, 4 parts, ");
        assertThat(Files.size(home.resolve("out/export/Team 1/film.mov"))).isEqualTo(huge);
        assertThat(took).isLessThan(Duration.ofMinutes(6));
    }
}
