package dev.saddlebag.export.archive;

import dev.saddlebag.export.archive.ArchiveRefusedException.Remedy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of one ZIP: a file, or the stretch of a file where it lies uncompressed in another ZIP. Several threads may
 * read at once.
 */
final class ZipBytes implements Closeable {
    private final String name;
    private final FileChannel channel;
    private final long start;
    private final long length;
    private final Closeable end;

    private ZipBytes(String name, FileChannel channel, long start, long length, Closeable end) {
        this.name = name;
        this.channel = channel;
        this.start = start;
        this.length = length;
        this.end = end;
    }

    /** A file that stays. */
    static ZipBytes of(Path file, String name) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new ZipBytes(name, channel, 0, channel.size(), channel);
    }

    /** A file that is deleted with the closing. */
    static ZipBytes spooled(Path file, String name) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new ZipBytes(name, channel, 0, channel.size(), () -> {
            channel.close();
            Files.deleteIfExists(file);
        });
    }

    /** A stretch of these bytes; closing it closes nothing. */
    ZipBytes stretch(String inner, long from, long bytes) {
        return new ZipBytes(inner + " in " + name, channel, start + from, bytes, () -> {});
    }

    /** How messages name the archive. */
    String name() {
        return name;
    }

    long length() {
        return length;
    }

    /** Fills {@code into} from {@code position} on. */
    void read(ByteBuffer into, long position) throws IOException {
        if (position < 0 || position > length - into.remaining()) {
            throw damaged("ends too early: it was cut off");
        }
        long at = start + position;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw damaged("became shorter while it was read");
            }
            at += read;
        }
    }

    ArchiveRefusedException damaged(String what) {
        return refused(what, Remedy.DAMAGED);
    }

    ArchiveRefusedException refused(String what, Remedy remedy) {
        return new ArchiveRefusedException("The archive " + name, what, remedy);
    }

    @Override
    public void close() throws IOException {
        end.close();
    }
}
