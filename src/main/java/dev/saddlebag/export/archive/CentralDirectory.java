package dev.saddlebag.export.archive;

import dev.saddlebag.export.archive.ArchiveRefusedException.Remedy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The list at the end of a ZIP, read piece by piece. Neither library would do: Commons Compress keeps every entry as an
 * object of 0.5 to 1 kB, and each extra field of it as several more, before anything can be refused, so that a hostile list
 * of 64 MB fills the 256 MB of the launcher; it compares no number of entries and passes over bytes that were added.
 * java.util.zip keeps the whole list and shows neither flags nor attributes nor where an entry lies, without which
 * encrypted, linking and overlapping entries cannot be told.
 */
final class CentralDirectory {
    private static final int LOCAL_MARK = 0x04034b50;
    private static final int ENTRY_MARK = 0x02014b50;
    private static final int END_MARK = 0x06054b50;
    private static final int END_64_MARK = 0x06064b50;
    private static final int LOCATOR_MARK = 0x07064b50;
    private static final int END_LENGTH = 22;
    private static final int END_64_LENGTH = 56;
    private static final int LOCATOR_LENGTH = 20;
    private static final int ENTRY_LENGTH = 46;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int SIZES_64 = 1;
    private static final long FULL_INT = 0xFFFFFFFFL;
    private static final int FULL_SHORT = 0xFFFF;

    private final ZipBytes zip;
    private final long entries;
    private final boolean countMayWrap;
    private final long start;
    private final long length;

    private CentralDirectory(ZipBytes zip, long entries, boolean countMayWrap, long start, long length) {
        this.zip = zip;
        this.entries = entries;
        this.countMayWrap = countMayWrap;
        this.start = start;
        this.length = length;
    }

    /** Finds the list, and refuses what is no ZIP or was cut off. */
    static CentralDirectory of(ZipBytes zip) throws IOException {
        checkBeginning(zip);
        ByteBuffer tail = bytes((int) Math.min(zip.length(), END_LENGTH + LONGEST_COMMENT));
        long tailStart = zip.length() - tail.remaining();
        zip.read(tail, tailStart);
        tail.flip();
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END_MARK && at + END_LENGTH + unsigned(tail, at + 20) == tail.limit()) {
                return ofEnd(zip, tail, at, tailStart + at);
            }
        }
        throw zip.damaged("has no list of its entries at its end: it was cut off, or something was added to it");
    }

    /** How many entries the list is said to have. */
    long entries() {
        return entries;
    }

    /** Where the entries end and the list begins. */
    long start() {
        return start;
    }

    /** Reads the list from its beginning. */
    Reader read() throws IOException {
        return new Reader();
    }

    private static void checkBeginning(ZipBytes zip) throws IOException {
        if (zip.length() < END_LENGTH) {
            throw zip.damaged("is no ZIP: it has " + zip.length() + " bytes only");
        }
        ByteBuffer first = bytes(Integer.BYTES);
        zip.read(first, 0);
        int mark = first.getInt(0);
        if (mark != LOCAL_MARK && mark != END_MARK && mark != END_64_MARK) {
            String beginning = StandardCharsets.ISO_8859_1.decode(first.flip()).toString();
            throw zip.damaged(
                    beginning.stripLeading().startsWith("<")
                            ? "is no ZIP but a web page: Notion refused the download"
                            : "is no ZIP: it does not begin as one");
        }
    }

    private static CentralDirectory ofEnd(ZipBytes zip, ByteBuffer tail, int at, long position) throws IOException {
        int disk = unsigned(tail, at + 4);
        int listDisk = unsigned(tail, at + 6);
        long here = unsigned(tail, at + 8);
        long entries = unsigned(tail, at + 10);
        long length = unsignedInt(tail, at + 12);
        long start = unsignedInt(tail, at + 16);
        long end = position;
        boolean wide = false;
        if (here == FULL_SHORT || entries == FULL_SHORT || length == FULL_INT || start == FULL_INT) {
            long wideEnd = wideEnd(zip, position);
            if (wideEnd >= 0) {
                ByteBuffer record = bytes(END_64_LENGTH);
                zip.read(record, wideEnd);
                if (record.getInt(0) != END_64_MARK || wideEnd > position - LOCATOR_LENGTH - END_64_LENGTH) {
                    throw zip.damaged("has a damaged end");
                }
                wide = true;
                here = record.getLong(24);
                entries = record.getLong(32);
                length = record.getLong(40);
                start = record.getLong(48);
                end = wideEnd;
            }
        }
        if ((!wide && (disk != 0 || listDisk != 0)) || here != entries) {
            throw zip.damaged("is one piece of a split ZIP, or has a damaged end");
        }
        if (entries < 0 || length < 0 || start < 0 || start > end || length > end - start) {
            throw zip.damaged("has a damaged end: its list of entries would not fit into it");
        }
        return new CentralDirectory(zip, entries, !wide, start, length);
    }

    /** Where the end record with 64 bits is; negative when there is none. */
    private static long wideEnd(ZipBytes zip, long position) throws IOException {
        if (position < LOCATOR_LENGTH) {
            return -1;
        }
        ByteBuffer locator = bytes(LOCATOR_LENGTH);
        zip.read(locator, position - LOCATOR_LENGTH);
        if (locator.getInt(0) != LOCATOR_MARK) {
            return -1;
        }
        long wideEnd = locator.getLong(8);
        if (wideEnd < 0) {
            throw zip.damaged("has a damaged end");
        }
        return wideEnd;
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long unsignedInt(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    /** One pass over the list. */
    final class Reader {
        private static final int PIECE = 1 << 18;

        private final ByteBuffer piece;
        private long fetched;
        private long count;

        private Reader() {
            piece = bytes((int) Math.min(PIECE, Math.max(length, 1)));
            piece.limit(0);
        }

        /** The next entry; null at the end. */
        Header next() throws IOException {
            if (fetched == length && !piece.hasRemaining()) {
                checkCount();
                return null;
            }
            require(ENTRY_LENGTH);
            int at = piece.position();
            if (piece.getInt(at) != ENTRY_MARK) {
                throw damaged();
            }
            int nameLength = unsigned(piece, at + 28);
            int extraLength = unsigned(piece, at + 30);
            int all = ENTRY_LENGTH + nameLength + extraLength + unsigned(piece, at + 32);
            require(all);
            Header header = header(piece.position(), nameLength, extraLength);
            piece.position(piece.position() + all);
            count++;
            if (!countMayWrap && count > entries) {
                throw miscounted();
            }
            return header;
        }

        private Header header(int at, int nameLength, int extraLength) throws IOException {
            byte[] raw = new byte[nameLength];
            piece.get(at + ENTRY_LENGTH, raw);
            int flags = unsigned(piece, at + 8);
            String name = EntryName.decode(raw, flags)
                    .orElseThrow(() -> zip.refused(
                            "has an entry whose name is not the UTF-8 that it claims to be (the %,dth)"
                                    .formatted(count + 1),
                            Remedy.DAMAGED));
            Wide wide = new Wide(at + ENTRY_LENGTH + nameLength, extraLength);
            long size = wide.number(unsignedInt(piece, at + 24));
            long compressed = wide.number(unsignedInt(piece, at + 20));
            long offset = wide.number(unsignedInt(piece, at + 42));
            int disk = unsigned(piece, at + 34);
            if (size < 0 || compressed < 0 || offset < 0 || (disk != 0 && disk != FULL_SHORT)) {
                throw damaged();
            }
            return new Header(
                    ByteBuffer.wrap(raw).asReadOnlyBuffer(),
                    name,
                    unsigned(piece, at + 4) >>> 8,
                    flags,
                    unsigned(piece, at + 10),
                    unsignedInt(piece, at + 16),
                    compressed,
                    size,
                    unsignedInt(piece, at + 38),
                    offset);
        }

        /** Makes the next bytes of the list available. */
        private void require(int bytes) throws IOException {
            if (piece.remaining() >= bytes) {
                return;
            }
            if (bytes - piece.remaining() > length - fetched) {
                throw damaged();
            }
            // The longest entry, with name, extra field and comment, is shorter than a piece.
            piece.compact();
            piece.limit((int) Math.min(piece.capacity(), piece.position() + length - fetched));
            int wanted = piece.remaining();
            zip.read(piece, start + fetched);
            fetched += wanted;
            piece.flip();
        }

        private void checkCount() throws IOException {
            // Some writers let the number run over where they have but 16 bits for it.
            if (countMayWrap ? (count & FULL_SHORT) != entries : count != entries) {
                throw miscounted();
            }
        }

        private ArchiveRefusedException miscounted() {
            return zip.damaged("says that it has %,d entries, and lists another number: %,d".formatted(entries, count));
        }

        private ArchiveRefusedException damaged() {
            return zip.damaged("has a damaged list of entries, at the %,dth".formatted(count + 1));
        }

        /** The numbers of 64 bits that an entry may have in its extra field, in a fixed order. */
        private final class Wide {
            private int at;
            private int left;

            private Wide(int extra, int extraLength) {
                int position = extra;
                int rest = extraLength;
                while (rest >= 4) {
                    int fieldLength = unsigned(piece, position + 2);
                    if (fieldLength > rest - 4) {
                        return;
                    }
                    if (unsigned(piece, position) == SIZES_64) {
                        at = position + 4;
                        left = fieldLength;
                        return;
                    }
                    position += 4 + fieldLength;
                    rest -= 4 + fieldLength;
                }
            }

            private long number(long narrow) {
                if (narrow != FULL_INT || left < Long.BYTES) {
                    return narrow;
                }
                long number = piece.getLong(at);
                at += Long.BYTES;
                left -= Long.BYTES;
                return number;
            }
        }
    }
}
