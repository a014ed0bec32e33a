package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Notes;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import dev.saddlebag.vault.Shipper;
import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Tree;
import dev.saddlebag.vault.Vault;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 files and a large one, with the memory that the launcher gives. Runs when {@code -Dsaddlebag.scale=true} is given. */
@Tag("scale")
class GitScaleTest {
    private static final int ENTRIES = 100_000;
    private static final int LARGE = 120 << 20;

    @TempDir
    Path home;

    @Test
    @EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
    void a_hundred_thousand_files_need_256_mebibytes_of_heap() throws Exception {
        GitTool remote = GitTool.bare(home.resolve("remote.git"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GitScaleTest.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .contains(
                        "1: " + (ENTRIES + 1) + " files",
                        "2: 1 files",
                        "3: " + (ENTRIES + 1) + " files",
                        "findings []");
        assertThat(remote.lines("rev-list", "acme")).hasSize(3);
        assertThat(remote.lines("diff", "--name-only", "acme~2", "acme"))
                .containsExactly("objects/pages/page-number-000000-8b7e1c52.json");
    }

    /** The process with the small heap: a first commit, one with a change, one after the loss of the mirror, a full check. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path pages = Files.createDirectories(home.resolve("staged/objects/pages"));
        for (int i = 0; i < ENTRIES; i++) {
            Files.writeString(pages.resolve("page-number-%06d-8b7e1c52.json".formatted(i)), "{\"page\":" + i + "}");
        }
        writeNoise(Files.createDirectories(home.resolve("staged/files")).resolve("large.bin"));
        SigningKey key = SigningKey.at(home.resolve("key.pem"));
        Spool spool = Spool.open(home.resolve("spool"), "acme", Clock.systemUTC());
        Folder folder = new Folder(home.resolve("vault"));
        GitTrees git = GitTrees.create();
        git.getOptions().put("remote", home.resolve("remote.git").toString());
        git.getOptions().put("stateDirectory", home.resolve("state").toString());
        git.getOptions().put("largestFile", "200");
        git.getOptions().put("content", "all");
        for (int day = 1; day <= 3; day++) {
            Files.writeString(pages.resolve("page-number-000000-8b7e1c52.json"), "day " + day);
            RunId run = RunId.create(Clock.offset(Clock.systemUTC(), Duration.ofDays(day)), new Random(day));
            Facts facts = new Facts("accepted", true, Map.of("pages", (long) ENTRIES), "scale");
            Sealed sealed = new Sealer(spool, key).seal(run, home.resolve("staged"), facts, Notes.NONE);
            new Shipper(spool, key, true).ship(sealed, "vault", folder, List.of());
            spool.clear(List.of("vault"));
            if (day == 3) {
                TreeWorkshop.erase(home.resolve("state"));
            }
            long start = System.nanoTime();
            Planted planted = git.put("acme/" + run, Tree.of(sealed, spool, List.of(folder), key));
            System.out.printf("%d: %d files in %d ms%n", day, planted.files(), (System.nanoTime() - start) / 1_000_000);
        }
        Vault vault = new Vault(folder, Files.createDirectories(home.resolve("scratch")));
        List<RunId> runs =
                vault.snapshots().stream().map(dev.saddlebag.vault.Snapshot::id).toList();
        long start = System.nanoTime();
        System.out.println("findings "
                + git.check("acme", new TreeCheck(runs, run -> Optional.of(vault.entries(vault.find(run.value()))))));
        System.out.printf("checked in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    private static void writeNoise(Path file) throws Exception {
        Random random = new Random(1);
        byte[] noise = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < LARGE; written += noise.length) {
                random.nextBytes(noise);
                out.write(noise);
            }
        }
    }
}
