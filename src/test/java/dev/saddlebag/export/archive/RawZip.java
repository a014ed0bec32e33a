package dev.saddlebag.export.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A ZIP written field by field, as Notion writes it unless a test wants otherwise: made by FAT, sizes after the content,
 * no extra fields, no folders (facts/notion-export.md §2.2).
 */
final class RawZip {
    private final List<Entry> entries = new ArrayList<>();
    private boolean wide;
    private int declared = -1;

    /** Everything that can be said about one entry, in the list and before the content. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Entry(
            byte[] name,
            byte[] localName,
            int flags,
            int method,
            byte[] content,
            long crc,
            long compressed,
            long size,
            int madeBy,
            long attributes,
            long offset) {
        Entry withName(byte[] raw) {
            return new Entry(raw, raw, flags, method, content, crc, compressed, size, madeBy, attributes, offset);
        }

        Entry withLocalName(String other) {
            byte[] raw = other.getBytes(StandardCharsets.UTF_8);
            return new Entry(name, raw, flags, method, content, crc, compressed, size, madeBy, attributes, offset);
        }

        Entry withFlags(int other) {
            return new Entry(
                    name, localName, other, method, content, crc, compressed, size, madeBy, attributes, offset);
        }

        Entry withMethod(int other) {
            return new Entry(name, localName, flags, other, content, crc, compressed, size, madeBy, attributes, offset);
        }

        Entry withSize(long other) {
            return new Entry(
                    name, localName, flags, method, content, crc, compressed, other, madeBy, attributes, offset);
        }

        Entry withCompressed(long other) {
            return new Entry(name, localName, flags, method, content, crc, other, size, madeBy, attributes, offset);
        }

        Entry withCrc(long other) {
            return new Entry(
                    name, localName, flags, method, content, other, compressed, size, madeBy, attributes, offset);
        }

        Entry withMode(int mode) {
            return new Entry(
                    name,
                    localName,
                    flags,
                    method,
                    content,
                    crc,
                    compressed,
                    size,
                    (3 << 8) | 45,
                    (long) mode << 16,
                    offset);
        }

        /** An entry without bytes of its own: the list sends readers elsewhere. */
        Entry at(long other) {
            return new Entry(name, localName, flags, method, null, crc, compressed, size, madeBy, attributes, other);
        }
    }

    RawZip add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    RawZip add(String name, byte[] content) {
        return add(name, content, entry -> entry);
    }

    RawZip add(String name, String content, UnaryOperator<Entry> change) {
        return add(name, content.getBytes(StandardCharsets.UTF_8), change);
    }

    RawZip add(String name, byte[] content, UnaryOperator<Entry> change) {
        byte[] deflated = deflate(content);
        return add(name, content, deflated, 8, change);
    }

    RawZip store(String name, byte[] content) {
        return add(name, content, content, 0, entry -> entry);
    }

    private RawZip add(String name, byte[] content, byte[] kept, int method, UnaryOperator<Entry> change) {
        byte[] raw = name.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(content);
        int flags = (1 << 3) | (raw.length == name.length() ? 0 : 1 << 11);
        entries.add(change.apply(
                new Entry(raw, raw, flags, method, kept, crc.getValue(), kept.length, content.length, 45, 0, -1)));
        return this;
    }

    /** Says everything in 64 bits. */
    RawZip wide() {
        wide = true;
        return this;
    }

    /** Claims another number of entries. */
    RawZip declaring(int count) {
        declared = count;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            long offset = entry.offset() >= 0 ? entry.offset() : out.size();
            if (entry.content() != null) {
                out.writeBytes(local(entry));
                out.writeBytes(entry.content());
                out.writeBytes(descriptor(entry));
            }
            list.writeBytes(listed(entry, offset));
        }
        int start = out.size();
        out.writeBytes(list.toByteArray());
        out.writeBytes(end(start, list.size()));
        return out.toByteArray();
    }

    private static byte[] local(Entry entry) {
        return little(30 + entry.localName().length)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) entry.flags())
                .putShort((short) entry.method())
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putShort((short) entry.localName().length)
                .putShort((short) 0)
                .put(entry.localName())
                .array();
    }

    private static byte[] descriptor(Entry entry) {
        return little(16)
                .putInt(0x08074b50)
                .putInt((int) entry.crc())
                .putInt((int) entry.compressed())
                .putInt((int) entry.size())
                .array();
    }

    private byte[] listed(Entry entry, long offset) {
        int extra = wide ? 28 : 0;
        byte[] listed = new byte[46 + entry.name().length + extra];
        ByteBuffer bytes = ByteBuffer.wrap(listed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x02014b50)
                .putShort((short) entry.madeBy())
                .putShort((short) 20)
                .putShort((short) entry.flags())
                .putShort((short) entry.method())
                .putInt(0)
                .putInt((int) entry.crc())
                .putInt(wide ? -1 : (int) entry.compressed())
                .putInt(wide ? -1 : (int) entry.size())
                .putShort((short) entry.name().length)
                .putShort((short) extra)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt((int) entry.attributes())
                .putInt(wide ? -1 : (int) offset)
                .put(entry.name());
        if (wide) {
            bytes.putShort((short) 1)
                    .putShort((short) 24)
                    .putLong(entry.size())
                    .putLong(entry.compressed())
                    .putLong(offset);
        }
        return listed;
    }

    private byte[] end(int start, int length) {
        int count = declared >= 0 ? declared : entries.size();
        byte[] end = new byte[22 + (wide ? 56 + 20 : 0)];
        ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
        if (wide) {
            bytes.putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0)
                    .putLong(count)
                    .putLong(count)
                    .putLong(length)
                    .putLong(start);
            bytes.putInt(0x07064b50).putInt(0).putLong((long) start + length).putInt(1);
        }
        bytes.putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (wide ? -1 : count))
                .putShort((short) (wide ? -1 : count))
                .putInt(wide ? -1 : length)
                .putInt(wide ? -1 : start)
                .putShort((short) 0);
        return end;
    }

    static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
