package dev.saddlebag.export.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Compares content with that of a file which is there already. */
final class SameFile implements EntryReader.Sink, Closeable {
    private final FileChannel channel;
    private final ByteBuffer there = ByteBuffer.allocate(1 << 16);
    private boolean same = true;

    SameFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException {
        while (same && bytes.hasRemaining()) {
            there.clear().limit(Math.min(there.capacity(), bytes.remaining()));
            if (channel.read(there) < 0) {
                same = false;
            } else {
                ByteBuffer piece = bytes.slice().limit(there.position());
                same = piece.equals(there.flip());
                bytes.position(bytes.position() + piece.limit());
            }
        }
    }

    /** Whether all that was taken is all that the file has. */
    boolean same() throws IOException {
        return same && channel.position() == channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
