package dev.saddlebag.vault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines without ever holding more than one, and refuses a line that is too long to be ours. */
final class LineInput {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;

    LineInput(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next line, up to {@code longest} bytes, into {@link #line}; false at the end.
     *
     * @throws EOFException when the last line has no line feed: something is cut off
     */
    boolean next(int longest) throws IOException {
        length = 0;
        while (true) {
            if (position == limit) {
                limit = in.read(buffer);
                position = 0;
                if (limit < 0) {
                    limit = 0;
                    if (length > 0) {
                        throw new EOFException("the last line is cut off");
                    }
                    return false;
                }
            }
            var end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end, longest);
            if (end < limit) {
                position = end + 1;
                return true;
            }
            position = end;
        }
    }

    private void append(int end, int longest) throws IOException {
        var more = end - position;
        if (length + more > longest) {
            throw new IOException("a line is longer than " + longest + " bytes");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + more));
        }
        System.arraycopy(buffer, position, line, length, more);
        length += more;
    }

    /** The bytes of the line, of which the first {@link #length} count; valid until {@link #next}. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }
}
