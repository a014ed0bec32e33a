package dev.saddlebag.export.archive;

import java.nio.ByteBuffer;

/**
 * One entry as the central directory of its archive lists it.
 *
 * @param raw the bytes of the name
 * @param name the name as text
 * @param system which system made the entry; 0 is FAT, 3 Unix
 * @param attributes the mode of a file of Unix in the upper half
 * @param offset where the local header begins
 */
record Header(
        ByteBuffer raw,
        String name,
        int system,
        int flags,
        int method,
        long crc,
        long compressed,
        long size,
        long attributes,
        long offset) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int ENCRYPTED = 1 | (1 << 6) | (1 << 13);
    private static final int UNIX = 3;
    private static final int MACINTOSH = 19;

    boolean folder() {
        return name.endsWith("/");
    }

    /** What Finder leaves in archives that it packs anew. */
    boolean noise() {
        return name.startsWith("__MACOSX/") || name.equals(".DS_Store") || name.endsWith("/.DS_Store");
    }

    boolean encrypted() {
        return encrypted(flags);
    }

    static boolean encrypted(int flags) {
        return (flags & ENCRYPTED) != 0;
    }

    /** Whether the entry claims to be something else than a file or a folder, such as a symbolic link. */
    boolean special() {
        int type = (int) (attributes >>> 28) & 0xF;
        return (system == UNIX || system == MACINTOSH) && type != 0 && type != 0x8 && type != 0x4;
    }

    boolean named(byte[] other) {
        return raw.equals(ByteBuffer.wrap(other));
    }
}
