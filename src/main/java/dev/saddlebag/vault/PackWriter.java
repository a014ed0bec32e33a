package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes one pack: a plain ZIP with UTF-8 names and one fixed time, so that the same entries are the same bytes
 * (facts/vault-study.md §4.1).
 */
final class PackWriter implements Closeable {
    /** Not the first moment of 1980: for that one the JDK adds the local time zone. */
    static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final int position;
    private final StoredOutput out;
    private final UnixDirectory directory;
    private final ZipOutputStream zip;
    private int entries;

    /** @param position where the pack stands in the manifest's list of files */
    PackWriter(int position, StoredOutput out) {
        this.position = position;
        this.out = out;
        this.directory = new UnixDirectory(out);
        this.zip = new ZipOutputStream(directory);
    }

    int position() {
        return position;
    }

    /** True when an entry of {@code size} bytes must go into the next pack. */
    boolean isFull(long size, Limits limits) {
        return entries > 0 && (entries >= limits.entries() || out.written() + size > limits.pack());
    }

    /** Adds a small binary entry as it is: its content does not compress. */
    void store(String path, byte[] content, int length) throws IOException {
        var crc = new CRC32();
        crc.update(content, 0, length);
        var entry = entry(path);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(length);
        entry.setCompressedSize(length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content, 0, length);
        zip.closeEntry();
    }

    /** Adds a text entry, compressed. */
    void deflate(String path, InputStream content) throws IOException {
        zip.putNextEntry(entry(path));
        content.transferTo(zip);
        zip.closeEntry();
    }

    /** Closes the pack and says what it became. */
    StoredFile finish() throws IOException {
        directory.begin();
        zip.finish();
        directory.end();
        zip.close();
        return out.finished();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private ZipEntry entry(String path) {
        entries++;
        var entry = new ZipEntry(path);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
