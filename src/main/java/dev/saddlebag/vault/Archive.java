package dev.saddlebag.vault;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A ZIP for people, being written: marked as made on Unix, so that {@code unzip} reads its UTF-8 names as such. */
public final class Archive {
    private static final int MODE = 0100600;

    private final ZipArchiveOutputStream zip;
    private long files;
    private long bytes;

    private Archive(OutputStream out, int level) {
        zip = new ZipArchiveOutputStream(new BufferedOutputStream(out, 1 << 16));
        zip.setLevel(level);
    }

    /** For what gets smaller by being packed. */
    public static Archive compressing(OutputStream out) {
        return new Archive(out, Deflater.DEFAULT_COMPRESSION);
    }

    /** For what is compressed or encrypted already. */
    static Archive storing(OutputStream out) {
        return new Archive(out, Deflater.NO_COMPRESSION);
    }

    void put(String name, byte[] content) throws IOException {
        put(name, content.length, new ByteArrayInputStream(content));
    }

    /**
     * Adds a file.
     *
     * @param size of {@code content}; from 4 GiB on the entry needs another form, which must be known at its beginning
     */
    public void put(String name, long size, InputStream content) throws IOException {
        var entry = new ZipArchiveEntry(name);
        entry.setUnixMode(MODE);
        entry.setTimeLocal(PackWriter.TIME);
        entry.setSize(size);
        zip.putArchiveEntry(entry);
        content.transferTo(zip);
        zip.closeArchiveEntry();
        files++;
        bytes += size;
    }

    /** Ends the ZIP and leaves the stream below open. */
    public Exported finish() throws IOException {
        zip.finish();
        zip.flush();
        return new Exported(files, bytes);
    }
}
