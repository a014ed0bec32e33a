package dev.saddlebag.destination;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Says in words what goes wrong while a file comes from a store, and as an {@link IOException} always: clients throw some
 * of it unchecked, which would end a run that other destinations could finish.
 */
final class ExplainedInput extends FilterInputStream {
    private final Function<Exception, IOException> words;

    ExplainedInput(InputStream in, Function<Exception, IOException> words) {
        super(in);
        this.words = words;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException | RuntimeException failed) {
            throw words.apply(failed);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException | RuntimeException failed) {
            throw words.apply(failed);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return super.skip(count);
        } catch (IOException | RuntimeException failed) {
            throw words.apply(failed);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IOException | RuntimeException failed) {
            throw words.apply(failed);
        }
    }
}
