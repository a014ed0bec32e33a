package dev.saddlebag.vault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.ZipException;

/** The content of one entry, which is what the manifest says or ends in an exception. */
final class CheckedContent extends FilterInputStream {
    private final Entry entry;
    private final RunId snapshot;
    private final String file;
    private boolean checked;

    CheckedContent(InputStream in, Entry entry, RunId snapshot, String file) {
        super(new HashingInput(in));
        this.entry = entry;
        this.snapshot = snapshot;
        this.file = file;
    }

    static DamageException damaged(Entry entry, RunId snapshot, String file, String what) {
        return new DamageException(
                "",
                List.of(Finding.damage(snapshot, file, what + " \"" + entry.path() + "\" as it was written")
                        .concerning(List.of(entry.path()), 1)));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var hashing = (HashingInput) in;
        int n;
        try {
            n = in.read(bytes, offset, length);
        } catch (ZipException | java.io.EOFException e) {
            throw (DamageException)
                    damaged(entry, snapshot, file, "does not unpack to").initCause(e);
        }
        if (hashing.count() > entry.size()) {
            throw damaged(entry, snapshot, file, "unpacks to more than " + entry.size() + " bytes, and does not hold");
        }
        if (n < 0 && !checked) {
            checked = true;
            if (hashing.count() != entry.size() || !hashing.sha256().equals(entry.sha256())) {
                throw damaged(entry, snapshot, file, "does not hold");
            }
        }
        return n;
    }
}
