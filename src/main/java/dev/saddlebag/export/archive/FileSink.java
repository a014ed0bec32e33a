package dev.saddlebag.export.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a new file. */
final class FileSink implements EntryReader.Sink, Closeable {
    private final Path file;
    private final Room room;
    private final FileChannel channel;

    FileSink(Path file, Room room) throws IOException {
        this.file = file;
        this.room = room;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw room.explained(file, e);
        }
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw room.explained(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw room.explained(file, e);
        }
    }
}
