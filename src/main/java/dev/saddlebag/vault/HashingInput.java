package dev.saddlebag.vault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and hashes what is read through it. */
final class HashingInput extends FilterInputStream {
    private final MessageDigest digest = Hashes.sha256();
    private long count;

    HashingInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var b = in.read();
        if (b >= 0) {
            digest.update((byte) b);
            count++;
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var n = in.read(bytes, offset, length);
        if (n > 0) {
            digest.update(bytes, offset, n);
            count += n;
        }
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    long count() {
        return count;
    }

    /** The hash of what was read; to be asked once, at the end. */
    String sha256() {
        return Hashes.hex(digest.digest());
    }
}
