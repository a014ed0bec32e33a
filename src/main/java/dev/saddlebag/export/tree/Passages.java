package dev.saddlebag.export.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Passages of a text that others take the place of. The text is one of bytes, each a sign of its own, so that whatever is
 * not replaced comes out as it went in, in whatever encoding.
 */
final class Passages {
    /**
     * One passage.
     *
     * @param text what stands in its place; null when it stays
     * @param meaning what counts of it when two versions of the text are compared
     */
    record Passage(long start, long end, String text, String meaning) {}

    private final List<Passage> passages = new ArrayList<>();

    /** Notes that {@code text} takes the place of what is between {@code start} and {@code end}. */
    void replace(long start, long end, String text, String meaning) {
        passages.add(new Passage(start, end, text, meaning));
    }

    boolean covers(long start, long end) {
        return passages.stream().anyMatch(passage -> passage.start() < end && start < passage.end());
    }

    /** All of them in order; of two that overlap the one that begins first. */
    List<Passage> inOrder() {
        List<Passage> sorted = new ArrayList<>();
        passages.stream()
                .sorted(Comparator.comparingLong(Passage::start))
                .filter(passage -> passage.start() <= passage.end())
                .forEach(passage -> {
                    if (sorted.isEmpty() || sorted.get(sorted.size() - 1).end() <= passage.start()) {
                        sorted.add(passage);
                    }
                });
        return sorted;
    }

    /** Writes {@code line} with the passages replaced, and gives {@code digest} what it means. */
    void write(String line, OutputStream out, MessageDigest digest) throws IOException {
        int done = 0;
        for (Passage passage : inOrder()) {
            byte[] before = bytes(line.substring(done, (int) passage.start()));
            out.write(before);
            digest.update(before);
            out.write(
                    passage.text() == null
                            ? bytes(line.substring((int) passage.start(), (int) passage.end()))
                            : passage.text().getBytes(StandardCharsets.UTF_8));
            digest.update(passage.meaning().getBytes(StandardCharsets.UTF_8));
            done = (int) passage.end();
        }
        byte[] rest = bytes(line.substring(done));
        out.write(rest);
        digest.update(rest);
    }

    /** The same for a text that is too long to be in memory. */
    void write(InputStream in, OutputStream out, MessageDigest digest) throws IOException {
        byte[] chunk = new byte[1 << 16];
        long at = 0;
        for (Passage passage : inOrder()) {
            at += copy(in, passage.start() - at, chunk, out, digest);
            long length = passage.end() - passage.start();
            if (passage.text() == null) {
                at += copy(in, length, chunk, out, null);
            } else {
                in.skipNBytes(length);
                at += length;
                out.write(passage.text().getBytes(StandardCharsets.UTF_8));
            }
            digest.update(passage.meaning().getBytes(StandardCharsets.UTF_8));
        }
        copy(in, Long.MAX_VALUE, chunk, out, digest);
    }

    private static long copy(InputStream in, long length, byte[] chunk, OutputStream out, MessageDigest digest)
            throws IOException {
        long copied = 0;
        while (copied < length) {
            int n = in.read(chunk, 0, (int) Math.min(chunk.length, length - copied));
            if (n < 0) {
                break;
            }
            out.write(chunk, 0, n);
            if (digest != null) {
                digest.update(chunk, 0, n);
            }
            copied += n;
        }
        return copied;
    }

    /** The bytes of a text in which each sign is one. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What such a text says, when it is read as UTF-8. */
    static String words(String text) {
        return new String(bytes(text), StandardCharsets.UTF_8);
    }
}
