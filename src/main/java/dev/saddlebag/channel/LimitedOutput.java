package dev.saddlebag.channel;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes no more than can go by e-mail, so that an archive of any size costs no more than the limit to find out. */
final class LimitedOutput extends FilterOutputStream {
    private final long limit;
    private long count;

    /** @param limit in bytes as e-mail carries them */
    LimitedOutput(OutputStream out, long limit) {
        super(out);
        this.limit = limit;
    }

    @Override
    public void write(int one) throws IOException {
        take(1);
        out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
    }

    private void take(int more) throws ArchiveTooLargeException {
        count += more;
        if (Base64Size.of(count) > limit) {
            throw new ArchiveTooLargeException();
        }
    }
}
