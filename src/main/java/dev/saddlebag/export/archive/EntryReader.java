package dev.saddlebag.export.archive;

import dev.saddlebag.export.archive.ArchiveRefusedException.Remedy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the content of entries, one after the other, and checks each against what the list says: name, method, length,
 * checksum. One for each thread; what it needs of memory does not grow.
 */
final class EntryReader implements Closeable {
    private static final int LOCAL_MARK = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int IN = 1 << 18;
    private static final int OUT = 1 << 18;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);

    /** Takes the content piece by piece. */
    @FunctionalInterface
    interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    /**
     * Gives the content of an entry to {@code sink}, and refuses it where it is not what the list says.
     *
     * @param end where the entry has to end at the latest
     * @return where the content begins
     */
    long read(ZipBytes zip, Header header, long end, Sink sink) throws IOException {
        Content content = open(zip, header, end);
        checksum.reset();
        if (header.method() == Header.STORED) {
            copy(content, sink);
        } else {
            inflate(content, sink);
        }
        if (checksum.getValue() != header.crc()) {
            throw content.damaged("has another content than its checksum says");
        }
        return content.start;
    }

    private Content open(ZipBytes zip, Header header, long end) throws IOException {
        in.clear().limit((int) Math.min(IN, end - header.offset()));
        zip.read(in, header.offset());
        in.flip();
        Content content = new Content(zip, header);
        if (in.remaining() < LOCAL_LENGTH || in.getInt(0) != LOCAL_MARK) {
            throw content.damaged("is not where the list of entries says");
        }
        int nameLength = Short.toUnsignedInt(in.getShort(26));
        int before = LOCAL_LENGTH + nameLength + Short.toUnsignedInt(in.getShort(28));
        if (before > end - header.offset() - header.compressed()) {
            throw content.refused("reaches into the next one", Remedy.HOSTILE);
        }
        byte[] name = new byte[nameLength];
        in.get(LOCAL_LENGTH, name);
        if (!header.named(name)
                || Short.toUnsignedInt(in.getShort(8)) != header.method()
                || Header.encrypted(in.getShort(6))) {
            throw content.damaged("is called otherwise, or kept otherwise, than the list of entries says");
        }
        content.start = header.offset() + before;
        in.position(before).limit((int) Math.min(in.limit(), before + header.compressed()));
        content.left = header.compressed() - in.remaining();
        return content;
    }

    private void copy(Content content, Sink sink) throws IOException {
        while (content.more()) {
            take(in, sink);
        }
    }

    private void inflate(Content content, Sink sink) throws IOException {
        inflater.reset();
        long size = content.header.size();
        long written = 0;
        while (!inflater.finished()) {
            if (inflater.needsInput() && content.more()) {
                inflater.setInput(in);
            }
            out.clear();
            int count;
            try {
                count = inflater.inflate(out);
            } catch (DataFormatException e) {
                throw content.damaged("cannot be decompressed (" + e.getMessage() + ")");
            }
            written += count;
            if (written > size) {
                throw content.refused(
                        "is longer than the %,d bytes that the list of entries says".formatted(size), Remedy.HOSTILE);
            }
            if (count > 0) {
                take(out.flip(), sink);
            } else if ((!inflater.finished() && !in.hasRemaining() && content.left == 0)
                    || inflater.needsDictionary()) {
                throw content.damaged("ends in the middle");
            }
        }
        if (written != size || inflater.getBytesRead() != content.header.compressed()) {
            throw content.damaged("is shorter than the list of entries says");
        }
    }

    private void take(ByteBuffer bytes, Sink sink) throws IOException {
        checksum.update(bytes.duplicate());
        int end = bytes.limit();
        sink.take(bytes);
        bytes.limit(end).position(end);
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Where the reading of one entry is. */
    private final class Content {
        private final ZipBytes zip;
        private final Header header;
        private long start;
        private long left;

        private Content(ZipBytes zip, Header header) {
            this.zip = zip;
            this.header = header;
        }

        /** Fetches the next bytes when those fetched are used up; false at the end. */
        private boolean more() throws IOException {
            if (!in.hasRemaining() && left > 0) {
                in.clear().limit((int) Math.min(IN, left));
                zip.read(in, start + header.compressed() - left);
                in.flip();
                left -= in.remaining();
            }
            return in.hasRemaining();
        }

        private ArchiveRefusedException damaged(String what) {
            return refused(what, Remedy.DAMAGED);
        }

        private ArchiveRefusedException refused(String what, Remedy remedy) {
            return zip.refused("is refused: its entry " + Sizes.quoted(header.name()) + " " + what, remedy);
        }
    }
}
