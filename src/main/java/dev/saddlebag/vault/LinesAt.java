package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads single entries of a decompressed manifest by the place where their line begins. */
final class LinesAt implements Closeable {
    private final FileChannel channel;
    private byte[] window = new byte[1 << 13];
    private long windowStart;
    private int windowLength;

    LinesAt(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The entry whose line begins at {@code offset}; {@code files} as in {@link ManifestLines#entry}. */
    Entry at(long offset, int files) throws IOException {
        var start = offset - windowStart;
        var end = start >= 0 && start < windowLength ? lineEnd((int) start) : -1;
        if (end < 0) {
            fill(offset);
            start = 0;
            end = lineEnd(0);
        }
        while (end < 0) {
            window = Arrays.copyOf(window, window.length * 2);
            fill(offset);
            end = lineEnd(0);
        }
        return ManifestLines.entry(window, (int) start, end - (int) start, files);
    }

    private void fill(long offset) throws IOException {
        var buffer = ByteBuffer.wrap(window);
        windowStart = offset;
        windowLength = 0;
        while (buffer.hasRemaining()) {
            var n = channel.read(buffer, offset + buffer.position());
            if (n < 0) {
                break;
            }
        }
        windowLength = buffer.position();
        if (windowLength < window.length && lineEnd(0) < 0) {
            throw new EOFException("there is no whole line at " + offset);
        }
    }

    private int lineEnd(int start) {
        for (int i = start; i < windowLength; i++) {
            if (window[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
