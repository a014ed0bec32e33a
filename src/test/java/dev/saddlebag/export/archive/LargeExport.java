package dev.saddlebag.export.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes an export such as Notion makes of a large workspace: parts in a wrapper, everything deflated twice, databases with
 * the pages of their rows, other pages, and media that are most of the bytes. No two media are equal, but all of one size
 * share all their bytes but the first, since content costs more to make than to unpack.
 *
 * @param bytes how many bytes of media, without {@code huge}
 * @param small how many pages and tables at least; they come by fifties, a table with its rows among them
 * @param huge the bytes of one more file; 0 for none
 * @param sparse media of zeros with some noise, which deflate to a fiftieth; else nothing but noise
 */
public record LargeExport(long bytes, int small, int parts, long huge, boolean sparse) {
    private static final String UUID = "5d1c0f5e-7d0b-4b8e-9c55-0a6b4a2f9e11";
    private static final List<Integer> KIBIBYTES = List.of(200, 800, 3 << 10, 12 << 10, 60 << 10);
    private static final int GROUP = 50;
    private static final int ROWS = 20;

    /** What tells one medium from the next: a number of eight bytes at its beginning. */
    private static final int MARK = Long.BYTES;

    /** A file whose deflated form is written again and again, each time with another mark before it. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Medium(byte[] content, byte[] deflated) {}

    /**
     * What was written.
     *
     * @param files how many files in all
     * @param pages how many of them are pages, those of rows among them
     * @param databases how many are tables
     * @param media how many are anything else
     * @param bytes the length of all media, {@code huge} among them
     */
    public record Written(long files, long pages, long databases, long media, long bytes) {
        private Written plus(Written other) {
            return new Written(
                    files + other.files,
                    pages + other.pages,
                    databases + other.databases,
                    media + other.media,
                    bytes + other.bytes);
        }
    }

    /** Writes the download. */
    public Written write(Path file) throws IOException {
        Random random = new Random(1);
        List<Medium> media = KIBIBYTES.stream()
                .map(size -> medium(noise(size << 10, random)))
                .toList();
        List<String> words = Stream.generate(() -> word(random)).limit(4000).toList();
        Written written = new Written(0, 0, 0, 0, 0);
        try (ZipArchiveOutputStream outer =
                new ZipArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 18))) {
            outer.setUseZip64(Zip64Mode.Always);
            // Noise stays as it is at any level, and takes long at most of them.
            outer.setLevel(sparse ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
            for (int part = 1; part <= parts; part++) {
                outer.putArchiveEntry(new ZipArchiveEntry("Export-%s-Part-%d.zip".formatted(UUID, part)));
                ZipArchiveOutputStream inner = new ZipArchiveOutputStream(new Unclosed(outer));
                inner.setUseZip64(Zip64Mode.AsNeeded);
                inner.setLevel(Deflater.BEST_SPEED);
                written = written.plus(writePart(inner, part, media, words, random));
                inner.close();
                outer.closeArchiveEntry();
            }
        }
        return written;
    }

    private Written writePart(
            ZipArchiveOutputStream zip, int part, List<Medium> media, List<String> words, Random random)
            throws IOException {
        String top = "Export-%s/Team %d".formatted(UUID, part);
        int groups = (small + GROUP * parts - 1) / (GROUP * parts);
        for (int group = 0; group < groups; group++) {
            writeGroup(zip, top + "/Topic %03d/".formatted(group % 500), group * GROUP, words, random);
        }
        long written = 0;
        int count = 0;
        for (long most = bytes / parts; written < most; count++) {
            Medium medium = media.get(count % media.size());
            String name = top + "/Topic %03d/image %d.png".formatted(count % 500, count);
            writeMedium(zip, name, medium, ((long) part << Integer.SIZE) + count);
            written += MARK + medium.content().length;
        }
        if (huge > 0 && part == 1) {
            writeHuge(zip, top + "/film.mov", random);
            written += huge;
            count++;
        }
        long pages = (long) groups * (GROUP - 1);
        return new Written(pages + groups + count, pages, groups, count, written);
    }

    /** A table, the pages of its rows in its folder, and other pages. */
    private static void writeGroup(
            ZipArchiveOutputStream zip, String folder, int first, List<String> words, Random random)
            throws IOException {
        String table = "A table about " + words.get(first % words.size()) + " " + first;
        StringBuilder rows = new StringBuilder("\ufeffName,Words\r\n");
        for (int i = 1; i < GROUP; i++) {
            String title = "A page about " + words.get((first + i) % words.size()) + " " + (first + i);
            boolean row = i <= ROWS;
            if (row) {
                rows.append(title).append(',').append(line(words, random)).append("\r\n");
            }
            StringBuilder text = new StringBuilder("# " + title + "\n\n");
            for (int line = 0; line < 10 + random.nextInt(60); line++) {
                text.append(line(words, random)).append("\n\n");
            }
            writeText(zip, folder + (row ? table + "/" : "") + title + " " + id(random) + ".md", text);
        }
        writeText(zip, folder + table + " " + id(random) + "_all.csv", rows);
    }

    private static void writeText(ZipArchiveOutputStream zip, String name, StringBuilder text) throws IOException {
        byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setSize(content.length);
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    private static void writeMedium(ZipArchiveOutputStream zip, String name, Medium medium, long mark)
            throws IOException {
        byte[] begin = ByteBuffer.allocate(MARK).putLong(mark).array();
        // A stored block of the deflate format, and not the last one.
        byte[] block = ByteBuffer.allocate(5 + MARK)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .putShort((short) MARK)
                .putShort((short) ~MARK)
                .put(begin)
                .array();
        CRC32 crc = new CRC32();
        crc.update(begin);
        crc.update(medium.content());
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setMethod(ZipArchiveEntry.DEFLATED);
        entry.setSize(MARK + (long) medium.content().length);
        entry.setCompressedSize(block.length + (long) medium.deflated().length);
        entry.setCrc(crc.getValue());
        zip.addRawArchiveEntry(
                entry,
                new SequenceInputStream(new ByteArrayInputStream(block), new ByteArrayInputStream(medium.deflated())));
    }

    private void writeHuge(ZipArchiveOutputStream zip, String name, Random random) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setSize(huge);
        zip.setLevel(Deflater.NO_COMPRESSION);
        zip.putArchiveEntry(entry);
        byte[] noise = noise(4 << 20, random);
        for (long left = huge; left > 0; left -= noise.length) {
            zip.write(noise, 0, (int) Math.min(left, noise.length));
        }
        zip.closeArchiveEntry();
    }

    private static String line(List<String> words, Random random) {
        return Stream.generate(() -> words.get(random.nextInt(words.size())))
                .limit(8)
                .collect(Collectors.joining(" "));
    }

    private static String id(Random random) {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    private static String word(Random random) {
        return random.ints(3 + random.nextInt(8), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private byte[] noise(int length, Random random) {
        byte[] noise = new byte[length];
        if (!sparse) {
            random.nextBytes(noise);
            return noise;
        }
        byte[] some = new byte[1 << 10];
        for (int at = 0; at + some.length <= length; at += 1 << 16) {
            random.nextBytes(some);
            System.arraycopy(some, 0, noise, at, some.length);
        }
        return noise;
    }

    private static Medium medium(byte[] content) {
        return new Medium(content, RawZip.deflate(content));
    }

    /** How much all of it is, for a heading. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f GiB of media, %,d pages and tables, %d parts",
                (bytes + huge) / 0x1p30,
                small,
                parts);
    }

    private static final class Unclosed extends FilterOutputStream {
        private Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
