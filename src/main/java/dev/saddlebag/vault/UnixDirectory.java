package dev.saddlebag.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes the central directory of a ZIP say that it comes from Unix. The JDK's says MS-DOS, and then the common
 * {@code unzip} takes UTF-8 names for a DOS code page, whatever their UTF-8 flag: a restore by hand would give every name
 * beyond ASCII wrong.
 */
final class UnixDirectory extends OutputStream {
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_LENGTH = 46;
    private static final byte UNIX = 3;

    /** A regular file, readable and writable by its owner, where Unix keeps it. */
    private static final int MODE = 0100600 << 16;

    private final OutputStream out;
    private ByteArrayOutputStream directory;

    UnixDirectory(OutputStream out) {
        this.out = out;
    }

    /** From here on the central directory is written. */
    void begin() {
        directory = new ByteArrayOutputStream();
    }

    /** The central directory is whole. */
    void end() throws IOException {
        var bytes = ByteBuffer.wrap(directory.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        var at = 0;
        while (bytes.getInt(at) == HEADER) {
            bytes.put(at + 5, UNIX);
            bytes.putInt(at + 38, MODE);
            at += HEADER_LENGTH + length(bytes, at + 28) + length(bytes, at + 30) + length(bytes, at + 32);
        }
        out.write(bytes.array());
        directory = null;
    }

    private static int length(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }

    @Override
    public void write(int b) throws IOException {
        (directory == null ? out : directory).write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        (directory == null ? out : directory).write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
