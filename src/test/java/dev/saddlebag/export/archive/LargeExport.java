package dev.saddlebag.export.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes an export such as Notion makes of a large workspace: parts in a wrapper, everything deflated twice, many pages
 * and tables, and media that are most of the bytes. Media repeat, as their content costs more to make than to unpack.
 *
 * @param bytes how many bytes of media, without {@code huge}
 * @param small how many pages and tables
 * @param huge the bytes of one more file; 0 for none
 * @param sparse media of zeros with some noise, which deflate to a fiftieth; else nothing but noise
 */
public record LargeExport(long bytes, int small, int parts, long huge, boolean sparse) {
    private static final String UUID = "5d1c0f5e-7d0b-4b8e-9c55-0a6b4a2f9e11";
    private static final List<Integer> KIBIBYTES = List.of(200, 800, 3 << 10, 12 << 10, 60 << 10);

    /** A file whose deflated form is written again and again. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Medium(byte[] deflated, long size, long crc) {}

    /** Writes the download; says how many files are in it. */
    public long write(Path file) throws IOException {
        Random random = new Random(1);
        List<Medium> media = KIBIBYTES.stream()
                .map(size -> medium(noise(size << 10, random)))
                .toList();
        List<String> words = Stream.generate(() -> word(random)).limit(4000).toList();
        long files = 0;
        try (ZipArchiveOutputStream outer =
                new ZipArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 18))) {
            outer.setUseZip64(Zip64Mode.Always);
            outer.setLevel(Deflater.BEST_SPEED);
            for (int part = 1; part <= parts; part++) {
                outer.putArchiveEntry(new ZipArchiveEntry("Export-%s-Part-%d.zip".formatted(UUID, part)));
                ZipArchiveOutputStream inner = new ZipArchiveOutputStream(new Unclosed(outer));
                inner.setUseZip64(Zip64Mode.AsNeeded);
                inner.setLevel(Deflater.BEST_SPEED);
                files += writePart(inner, part, media, words, random);
                inner.close();
                outer.closeArchiveEntry();
            }
        }
        return files;
    }

    private long writePart(ZipArchiveOutputStream zip, int part, List<Medium> media, List<String> words, Random random)
            throws IOException {
        String top = "Export-%s/Team %d".formatted(UUID, part);
        long files = 0;
        for (int i = part; i <= small; i += parts) {
            String folder = top + "/Topic %03d/".formatted(i % 500);
            String id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
            boolean table = i % 50 == 0;
            byte[] text = text(table, words, random);
            ZipArchiveEntry entry = new ZipArchiveEntry(
                    folder + "A page about " + words.get(i % words.size()) + " " + id + (table ? ".csv" : ".md"));
            entry.setSize(text.length);
            zip.putArchiveEntry(entry);
            zip.write(text);
            zip.closeArchiveEntry();
            files++;
        }
        long left = bytes / parts;
        for (int i = 0; left > 0; i++) {
            Medium medium = media.get(i % media.size());
            ZipArchiveEntry entry = new ZipArchiveEntry(top + "/Topic %03d/image %d.png".formatted(i % 500, i));
            entry.setMethod(ZipArchiveEntry.DEFLATED);
            entry.setSize(medium.size());
            entry.setCompressedSize(medium.deflated().length);
            entry.setCrc(medium.crc());
            zip.addRawArchiveEntry(entry, new ByteArrayInputStream(medium.deflated()));
            left -= medium.size();
            files++;
        }
        if (huge > 0 && part == 1) {
            writeHuge(zip, top + "/film.mov", random);
            files++;
        }
        return files;
    }

    private void writeHuge(ZipArchiveOutputStream zip, String name, Random random) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setSize(huge);
        zip.putArchiveEntry(entry);
        byte[] noise = noise(4 << 20, random);
        for (long left = huge; left > 0; left -= noise.length) {
            zip.write(noise, 0, (int) Math.min(left, noise.length));
        }
        zip.closeArchiveEntry();
    }

    private static byte[] text(boolean table, List<String> words, Random random) {
        StringBuilder text = new StringBuilder(table ? "\ufeff" : "# A page\n\n");
        for (int line = 0; line < 10 + random.nextInt(60); line++) {
            for (int word = 0; word < 8; word++) {
                text.append(words.get(random.nextInt(words.size()))).append(table ? "," : " ");
            }
            text.append(table ? "\r\n" : "\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
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
        CRC32 crc = new CRC32();
        crc.update(content);
        return new Medium(RawZip.deflate(content), content.length, crc.getValue());
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
