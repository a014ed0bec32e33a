package dev.saddlebag.export.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Unpacks in a folder of its own, and looks at what came out. */
final class Unpacker {
    static final String UUID = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
    static final String PART = "Export-" + UUID + "-Part-%d.zip";
    static final String WRAPPER = "Export-" + UUID + "/";
    static final UnpackLimits LIMITS = new UnpackLimits(1000, 1 << 20, 50, 4096, 1000);

    private final Path home;
    private final ExportArchives archives;

    Unpacker(Path home) {
        this(home, LIMITS);
    }

    Unpacker(Path home, UnpackLimits limits) {
        this(home, new ExportArchives(limits, Room.Free.OF_DISKS, 2));
    }

    Unpacker(Path home, ExportArchives archives) {
        this.home = home;
        this.archives = archives;
    }

    Path home() {
        return home;
    }

    Path root() {
        return home.resolve("tree/export");
    }

    Path working() {
        return home.resolve("temporary/unpacking");
    }

    Unpacked unpack(byte[]... downloads) throws IOException {
        List<Path> files = new ArrayList<>();
        for (byte[] download : downloads) {
            files.add(Files.write(home.resolve("download-" + (files.size() + 1) + ".zip"), download));
        }
        return unpack(files);
    }

    Unpacked unpack(List<Path> files) throws IOException {
        return archives.unpack(files, working(), root());
    }

    /** What the refusal says; nothing may be left behind. */
    String refusal(byte[]... downloads) {
        ArchiveRefusedException refusal = catchThrowableOfType(ArchiveRefusedException.class, () -> unpack(downloads));
        assertThat(refusal).as("a refusal").isNotNull();
        assertNothingLeft();
        assertThat(refusal).hasMessageContaining("Nothing of this export was kept");
        return refusal.getMessage();
    }

    void assertNothingLeft() {
        assertThat(root()).doesNotExist();
        assertThat(working()).doesNotExist();
    }

    /** Every file below the root with its content. */
    SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root())) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(root().relativize(file).toString(), text(file)));
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Notion packs: each of {@code parts} under its name, in one outer ZIP. */
    static byte[] wrapped(RawZip... parts) {
        return wrapped(Arrays.stream(parts).map(RawZip::bytes).toList()).bytes();
    }

    static RawZip wrapped(List<byte[]> parts) {
        RawZip outer = new RawZip();
        for (int i = 0; i < parts.size(); i++) {
            outer.add(PART.formatted(i + 1), parts.get(i));
        }
        return outer;
    }
}
