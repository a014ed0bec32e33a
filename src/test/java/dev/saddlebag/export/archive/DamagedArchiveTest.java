package dev.saddlebag.export.archive;

import static dev.saddlebag.export.archive.Unpacker.PART;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever befalls a download, it is refused in words, or what comes out is what went in. */
class DamagedArchiveTest {
    @TempDir
    Path home;

    private static RawZip content() {
        return new RawZip()
                .add("Page/a.md", "# A page with some words, and some words more, and some words")
                .store("Page/b.bin", new byte[] {1, 2, 3, 4, 5})
                .add("c.md", "");
    }

    @Test
    void an_archive_that_is_cut_off_anywhere_is_refused() {
        Unpacker unpacker = new Unpacker(home);
        byte[] outer = new RawZip().add(PART.formatted(1), content().bytes()).bytes();

        for (byte[] whole : new byte[][] {content().bytes(), content().wide().bytes(), outer}) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(unpacker.refusal(Arrays.copyOf(whole, length))).contains("download-1.zip");
            }
        }
    }

    @Test
    void a_part_that_is_cut_off_anywhere_is_refused() {
        Unpacker unpacker = new Unpacker(home);
        byte[] whole = content().bytes();
        for (int length = 0; length < whole.length; length += 3) {
            byte[] outer = new RawZip()
                    .add(PART.formatted(1), Arrays.copyOf(whole, length))
                    .bytes();
            assertThat(unpacker.refusal(outer)).contains("Part-1.zip in download-1.zip");
        }
    }

    @Test
    void a_flipped_bit_is_noticed_or_harmless() throws Exception {
        Unpacker unpacker = new Unpacker(home);
        for (byte[] whole : new byte[][] {content().bytes(), content().wide().bytes()}) {
            unpacker.unpack(whole);
            Map<String, String> expected = unpacker.files();
            int refused = 0;
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    unpacker.unpack(flipped);
                    assertThat(unpacker.files())
                            .as("bit %d of byte %d", bit % 8, bit / 8)
                            .isEqualTo(expected);
                } catch (ArchiveRefusedException e) {
                    unpacker.assertNothingLeft();
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(whole.length * 8 / 3);
        }
    }
}
