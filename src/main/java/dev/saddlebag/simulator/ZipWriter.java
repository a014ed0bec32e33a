package dev.saddlebag.simulator;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a ZIP file as Notion's exporter does (facts/notion-export.md §2.2), which no library does: made by FAT in version
 * 4.5, sizes behind the bytes, the flag for UTF-8 only where a name needs it, everything deflated, no extra fields
 * besides those of zip64. It can also write what no library writes, such as a wrong checksum.
 */
final class ZipWriter implements Closeable {
    private static final int SIZES_FOLLOW = 8;
    private static final int UTF_8 = 1 << 11;
    private static final int FAT_4_5 = 45;
    private static final long MOST = 0xFFFFFFFFL;
    private static final int MOST_ENTRIES = 0xFFFF;

    private record Entry(String name, int flags, long crc, long packed, long size, long offset, boolean large) {}

    private final CountingStream out;
    private final int time;
    private final int date;
    private final boolean zip64;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Begins an archive.
     *
     * @param now the time of every entry
     * @param zip64 whether every entry is written as if it were large
     */
    ZipWriter(Path file, Instant now, boolean zip64) throws IOException {
        this.out = new CountingStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        this.zip64 = zip64;
        LocalDateTime local = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        this.time = (local.getHour() << 11) | (local.getMinute() << 5) | (local.getSecond() / 2);
        this.date = ((local.getYear() - 1980) << 9) | (local.getMonthValue() << 5) | local.getDayOfMonth();
    }

    void add(String name, byte[] bytes) throws IOException {
        add(name, 0, bytes.length, to -> to.write(bytes));
    }

    void add(String name, InputStream bytes) throws IOException {
        try (bytes) {
            add(name, 0, 0, bytes::transferTo);
        }
    }

    /** Adds a file, which may be large. */
    void add(String name, Path file) throws IOException {
        add(name, 0, Files.size(file), to -> Files.copy(file, to));
    }

    /** Adds an entry whose checksum is not that of its bytes. */
    void addDamaged(String name, byte[] bytes) throws IOException {
        add(name, 1, bytes.length, to -> to.write(bytes));
    }

    private void add(String name, long error, long expected, HttpReply.Body body) throws IOException {
        byte[] raw = name.getBytes(StandardCharsets.UTF_8);
        boolean large = zip64 || expected > MOST - (1 << 20);
        int flags = SIZES_FOLLOW | (raw.length == name.length() ? 0 : UTF_8);
        long offset = out.count;
        ByteBuffer head = little(30 + raw.length + (large ? 20 : 0))
                .putInt(0x04034b50)
                .putShort((short) (large ? FAT_4_5 : 20))
                .putShort((short) flags)
                .putShort((short) 8)
                .putShort((short) time)
                .putShort((short) date)
                .putInt(0)
                .putInt(large ? -1 : 0)
                .putInt(large ? -1 : 0)
                .putShort((short) raw.length)
                .putShort((short) (large ? 20 : 0))
                .put(raw);
        if (large) {
            head.putShort((short) 1).putShort((short) 16).putLong(0).putLong(0);
        }
        write(head);
        long begin = out.count;
        deflater.reset();
        var packed = new DeflaterOutputStream(out, deflater, 1 << 13);
        var unpacked = new CheckedStream(packed);
        body.writeTo(unpacked);
        packed.finish();
        var entry = new Entry(
                name, flags, unpacked.crc.getValue() ^ error, out.count - begin, unpacked.count, offset, large);
        if (!large && entry.size() > MOST) {
            throw new IOException("An entry was larger than announced: " + name);
        }
        ByteBuffer descriptor = little(large ? 24 : 16).putInt(0x08074b50).putInt((int) entry.crc());
        if (large) {
            descriptor.putLong(entry.packed()).putLong(entry.size());
        } else {
            descriptor.putInt((int) entry.packed()).putInt((int) entry.size());
        }
        write(descriptor);
        entries.add(entry);
    }

    /** Writes the directory of the archive. */
    @Override
    public void close() throws IOException {
        try (out) {
            long directory = out.count;
            for (Entry entry : entries) {
                write(listed(entry));
            }
            long length = out.count - directory;
            boolean large = zip64 || entries.size() >= MOST_ENTRIES || directory + length >= MOST;
            if (large) {
                write(large(directory, length));
            }
            int count = large ? MOST_ENTRIES : entries.size();
            write(little(22)
                    .putInt(0x06054b50)
                    .putInt(0)
                    .putShort((short) count)
                    .putShort((short) count)
                    .putInt(large ? -1 : (int) length)
                    .putInt(large ? -1 : (int) directory)
                    .putShort((short) 0));
        } finally {
            deflater.end();
        }
    }

    private ByteBuffer listed(Entry entry) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        boolean far = entry.offset() >= MOST;
        int extra = (entry.large() ? 16 : 0) + (far ? 8 : 0);
        ByteBuffer listed = little(46 + name.length + (extra == 0 ? 0 : 4 + extra))
                .putInt(0x02014b50)
                .putShort((short) FAT_4_5)
                .putShort((short) (extra == 0 ? 20 : FAT_4_5))
                .putShort((short) entry.flags())
                .putShort((short) 8)
                .putShort((short) time)
                .putShort((short) date)
                .putInt((int) entry.crc())
                .putInt(entry.large() ? -1 : (int) entry.packed())
                .putInt(entry.large() ? -1 : (int) entry.size())
                .putShort((short) name.length)
                .putShort((short) (extra == 0 ? 0 : 4 + extra))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(far ? -1 : (int) entry.offset())
                .put(name);
        if (extra > 0) {
            listed.putShort((short) 1).putShort((short) extra);
            if (entry.large()) {
                listed.putLong(entry.size()).putLong(entry.packed());
            }
            if (far) {
                listed.putLong(entry.offset());
            }
        }
        return listed;
    }

    private ByteBuffer large(long directory, long length) {
        return little(56 + 20)
                .putInt(0x06064b50)
                .putLong(44)
                .putShort((short) FAT_4_5)
                .putShort((short) FAT_4_5)
                .putInt(0)
                .putInt(0)
                .putLong(entries.size())
                .putLong(entries.size())
                .putLong(length)
                .putLong(directory)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(directory + length)
                .putInt(1);
    }

    private void write(ByteBuffer header) throws IOException {
        out.write(header.array(), header.arrayOffset(), header.capacity());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Counts what goes through, and does not close what is behind it before the archive ends. */
    private static final class CountingStream extends OutputStream {
        private final OutputStream to;
        private long count;

        private CountingStream(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int unit) throws IOException {
            to.write(unit);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }

    /** Counts what goes through and keeps its checksum. */
    private static final class CheckedStream extends OutputStream {
        private final OutputStream to;
        private final CRC32 crc = new CRC32();
        private long count;

        private CheckedStream(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int unit) throws IOException {
            write(new byte[] {(byte) unit}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
            crc.update(bytes, offset, length);
            count += length;
        }
    }
}
