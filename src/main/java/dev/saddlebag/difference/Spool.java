package dev.saddlebag.difference;

import dev.saddlebag.snapshot.ObjectRef;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Content of objects that waits for its turn on the disk; gone when closed. */
final class Spool implements Closeable {
    private record Extent(long offset, int length) {}

    private final FileChannel file;
    private final Map<ObjectRef, Extent> extents = new HashMap<>();
    private long end;

    private Spool(FileChannel file) {
        this.file = file;
    }

    static Spool in(Path scratch) throws IOException {
        return new Spool(FileChannel.open(
                Files.createTempFile(scratch, "difference-", ".tmp"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    void put(ObjectRef object, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            file.write(bytes, end + bytes.position());
        }
        extents.put(object, new Extent(end, content.length));
        end += content.length;
    }

    Optional<byte[]> get(ObjectRef object) throws IOException {
        Extent extent = extents.get(object);
        if (extent == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(extent.length());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, extent.offset() + bytes.position()) < 0) {
                throw new IOException("What was put aside of " + object + " cannot be read back");
            }
        }
        return Optional.of(bytes.array());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
