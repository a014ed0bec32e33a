package dev.saddlebag.vault;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and hashes what is written to a file, so that nothing is read again to know its hash. */
final class DigestOutput extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = Hashes.sha256();
    private long written;

    DigestOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        digest.update((byte) b);
        written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        written += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    /** What the closed file is. */
    StoredFile as(String name) {
        return new StoredFile(name, Hashes.hex(digest.digest()), written);
    }
}
