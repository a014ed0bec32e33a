package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.Folder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spool and destination on a real disk that is almost full, with every amount of room from none to enough, in a process
 * that may mount such a disk for itself (facts/vault-study.md §5 "disk full").
 */
class SmallDiskTest {
    private static final int STEP = 8 << 10;

    @TempDir
    Path home;

    @Test
    void whatever_room_is_left_nothing_half_is_committed_and_it_goes_on_when_there_is_more() throws Exception {
        var disk = Files.createDirectory(home.resolve("disk"));
        var mount = Tools.run(home, null, "sh", "-c", "unshare -rm mount -t tmpfs tmpfs " + disk);
        Assumptions.assumeTrue(
                mount.exit() == 0, "This system lets nobody mount in a user namespace: " + mount.output());

        var result = Tools.run(
                home,
                null,
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=4m tmpfs \"$1\" && shift && exec \"$@\"",
                "sh",
                disk.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                SmallDiskTest.class.getName(),
                disk.toString());

        assertThat(result.exit()).as(result.output()).isZero();
        var counts = Pattern.compile("not sealed (\\d+), not shipped (\\d+), shipped (\\d+)")
                .matcher(result.output());
        assertThat(counts.find()).as(result.output()).isTrue();
        for (int group = 1; group <= 3; group++) {
            assertThat(Integer.parseInt(counts.group(group))).as(counts.group()).isGreaterThan(2);
        }
    }

    /** The process that sees the small disk. */
    public static void main(String[] arguments) throws Exception {
        var disk = Path.of(arguments[0]);
        var notSealed = 0;
        var notShipped = 0;
        var shipped = 0;
        for (int free = 0; shipped < 3; free += STEP) {
            try (var host = new Workshop()) {
                var state = disk.resolve("state");
                var store = new Folder(disk.resolve("vault"));
                var trial = new Trial(host, state, store);
                trial.seal(Workshop.sample());
                assertThat(trial.shipAll()).isEmpty();
                try (var ballast = new RandomAccessFile(disk.resolve("ballast").toFile(), "rw")) {
                    fill(disk, ballast, free);
                }
                var committed = trial.vault().snapshots().size();
                String error;
                try {
                    trial.seal(CrashTest.changed());
                    error = trial.shipAll();
                    if (error.isEmpty()) {
                        shipped++;
                    } else {
                        notShipped++;
                        assertThat(error).contains("No space left on device", "safe in the spool");
                    }
                } catch (IOException full) {
                    notSealed++;
                    error = full.getMessage();
                    assertThat(error)
                            .contains("could not be sealed", "No space left on device", "as they were", "make room");
                    assertThat(state.toFile().list()).noneMatch(name -> name.startsWith("sealing-"));
                }
                // The last that needs room is the note of a success; without it, the next delivery finds that all is
                // there.
                assertThat(trial.vault().snapshots().size())
                        .isBetween(committed + (error.isEmpty() ? 1 : 0), committed + 1);
                assertThat(trial.vault().verify(Level.STORED, run -> true, List.of()))
                        .noneMatch(Finding::isDamage);

                Files.delete(disk.resolve("ballast"));
                var last = trial.seal(CrashTest.changed());
                assertThat(trial.shipAll()).isEmpty();
                assertThat(trial.vault().verify(Level.FULL, run -> true, List.of()))
                        .isEmpty();
                assertThat(host.export(store, last.id())).containsExactlyEntriesOf(new TreeMap<>(CrashTest.changed()));
                Workshop.erase(state);
                Workshop.erase(disk.resolve("vault"));
            }
        }
        System.out.printf("not sealed %d, not shipped %d, shipped %d%n", notSealed, notShipped, shipped);
    }

    private static void fill(Path disk, RandomAccessFile ballast, int free) throws IOException {
        var space = Files.getFileStore(disk);
        var block = new byte[4096];
        while (space.getUsableSpace() > free) {
            ballast.write(block);
        }
    }

    /** One host whose state and destination lie on the small disk, and whose staged files do not. */
    private record Trial(Workshop host, Path state, Folder store) {
        Spool spool() throws IOException {
            return Spool.open(state, "acme", host.clock(), new Random(1), Disk.LOCAL);
        }

        Sealed seal(Map<String, byte[]> files) throws IOException {
            host.now = host.now.plus(Duration.ofDays(1));
            return new Sealer(spool(), host.key, host.limits)
                    .seal(RunId.create(host.clock(), host.random), host.stage(files), Workshop.facts(), Notes.NONE);
        }

        /** The first error, or nothing. */
        String shipAll() throws IOException {
            for (var waiting : spool().waiting()) {
                var error = new Shipper(spool(), host.key, true)
                        .ship(waiting, "vault", store, List.of())
                        .error();
                if (!error.isEmpty()) {
                    return error;
                }
            }
            spool().clear(List.of("vault"));
            return "";
        }

        Vault vault() {
            return host.vault(store);
        }
    }
}
