package dev.saddlebag.export.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.Tools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in the middle, and a real disk that becomes full: the next unpacking makes the whole tree. */
class InterruptedUnpackingTest {
    private static final UnpackLimits LIMITS = new UnpackLimits(1000, 1 << 24, 50, 1 << 22, 1000);
    private static final int KILLED = 137;
    private static final int MIB = 1 << 20;
    private static final int STEP = MIB / 4;

    @TempDir
    Path home;

    @Test
    void a_process_that_is_killed_anywhere_leaves_no_tree_and_the_next_one_makes_it() throws Exception {
        Path download = Files.write(home.resolve("download.zip"), download());
        Unpacker unpacker = new Unpacker(home, LIMITS);
        unpacker.unpack(List.of(download));
        var expected = unpacker.files();
        List<Long> left = new ArrayList<>();

        for (int question = 1; ; question++) {
            PathUtils.deleteDirectory(unpacker.root());
            int exit = java(List.of(), "halt", home.toString(), Integer.toString(question))
                    .exit();
            if (exit == 0) {
                break;
            }
            assertThat(exit).isEqualTo(KILLED);
            assertThat(unpacker.root()).doesNotExist();
            left.add(files(unpacker.working()));

            unpacker.unpack(List.of(download));
            assertThat(unpacker.files()).isEqualTo(expected);
            assertThat(unpacker.working()).doesNotExist();
        }
        assertThat(left).as("files that each killed process has left").hasSizeGreaterThan(3);
        assertThat(left.get(left.size() - 1)).isGreaterThan(30);
    }

    @Test
    void a_disk_that_becomes_full_is_named_and_with_more_room_it_goes_on() throws Exception {
        Path disk = Files.createDirectory(home.resolve("disk"));
        var mount = Tools.run(home, null, "sh", "-c", "unshare -rm mount -t tmpfs tmpfs " + disk);
        Assumptions.assumeTrue(
                mount.exit() == 0, "This system lets nobody mount in a user namespace: " + mount.output());
        Files.write(home.resolve("download.zip"), download());

        var result = java(
                List.of(
                        "unshare",
                        "-rm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=8m tmpfs \"$1\" && shift && exec \"$@\"",
                        "sh",
                        disk.toString()),
                "fill",
                disk.toString(),
                home.resolve("download.zip").toString());

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).containsPattern("full \\d\\d? times, unpacked");
    }

    /** Two parts with 30 files each, 3 MiB in all that do not compress. */
    private static byte[] download() {
        Random random = new Random(5);
        RawZip[] parts = {new RawZip(), new RawZip()};
        for (int i = 0; i < 60; i++) {
            byte[] content = new byte[MIB / 20];
            random.nextBytes(content);
            parts[i / 30].add("Folder %d/%d.bin".formatted(i % 3, i), content);
        }
        return Unpacker.wrapped(parts);
    }

    private static long files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private Tools.Result java(List<String> before, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedUnpackingTest.class.getName()));
        command.addAll(List.of(arguments));
        return Tools.run(home, null, command.toArray(String[]::new));
    }

    /** The process that is killed, or that sees the small disk. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("halt")) {
            halt(folder, Integer.parseInt(arguments[2]));
        } else {
            fill(folder, Path.of(arguments[2]));
        }
    }

    /** Ends as a killed process does, where the unpacking asks for the room for the {@code last} time. */
    private static void halt(Path home, int last) throws IOException {
        AtomicInteger questions = new AtomicInteger();
        Room.Free halting = folder -> {
            if (questions.incrementAndGet() == last) {
                Runtime.getRuntime().halt(KILLED);
            }
            return Room.Free.OF_DISKS.of(folder);
        };
        new Unpacker(home, new ExportArchives(LIMITS, halting, 2)).unpack(List.of(home.resolve("download.zip")));
    }

    /** Begins with no room and gives a little more each time; the room is asked for in vain, as if others took it. */
    private static void fill(Path disk, Path download) throws IOException {
        Unpacker unpacker = new Unpacker(disk, new ExportArchives(LIMITS, folder -> Long.MAX_VALUE, 2));
        int full = 0;
        try (RandomAccessFile ballast =
                new RandomAccessFile(disk.resolve("ballast").toFile(), "rw")) {
            long room = Room.Free.OF_DISKS.of(disk);
            ballast.write(new byte[Math.toIntExact(room - STEP)]);
            while (true) {
                try {
                    unpacker.unpack(List.of(download));
                    break;
                } catch (NoRoomException e) {
                    assertThat(e).hasMessageContaining("became full while the export was unpacked");
                    unpacker.assertNothingLeft();
                    full++;
                    ballast.setLength(ballast.length() - STEP);
                }
            }
        }
        assertThat(unpacker.files()).hasSize(60);
        System.out.println("full " + full + " times, unpacked");
    }
}
