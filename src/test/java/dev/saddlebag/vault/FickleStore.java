package dev.saddlebag.vault;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A network between us and a store, which once, at the n-th operation, does what networks do. */
final class FickleStore implements Store {
    /** What happens at that operation. */
    enum Trouble {
        /** Nothing is done, and the server says so. */
        UNAVAILABLE,
        /** It is done, and nobody hears of it. */
        TIMEOUT,
        /** It takes half a day, and is done. */
        SLOW,
        /** A read ends early, and looks like the end. */
        SHORT_READ,
        /** A read breaks in the middle. */
        BROKEN_READ,
        /** A listing ends early. */
        SHORT_LIST
    }

    private final Store store;
    private final Trouble trouble;
    private final int at;
    private final Workshop workshop;
    private int operations;

    FickleStore(Store store, Trouble trouble, int at, Workshop workshop) {
        this.store = store;
        this.trouble = trouble;
        this.at = at;
        this.workshop = workshop;
    }

    /** Whether there were as many operations. */
    boolean came() {
        return operations >= at;
    }

    @Override
    public void put(String name, Path file) throws IOException {
        before();
        store.put(name, file);
        after();
    }

    @Override
    public InputStream get(String name) throws IOException {
        before();
        byte[] content;
        try (var in = store.get(name)) {
            content = in.readAllBytes();
        }
        after();
        if (isNow() && trouble == Trouble.SHORT_READ) {
            return new ByteArrayInputStream(Arrays.copyOf(content, content.length / 2));
        }
        if (isNow() && trouble == Trouble.BROKEN_READ) {
            return new Breaking(new ByteArrayInputStream(Arrays.copyOf(content, content.length / 2)));
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public List<Stored> list(String folder) throws IOException {
        before();
        var listed = store.list(folder);
        after();
        return isNow() && trouble == Trouble.SHORT_LIST ? listed.subList(0, listed.size() / 2) : listed;
    }

    @Override
    public void delete(String name) throws IOException {
        before();
        store.delete(name);
        after();
    }

    private boolean isNow() {
        return operations == at;
    }

    private void before() throws IOException {
        operations++;
        if (isNow() && trouble == Trouble.UNAVAILABLE) {
            throw new IOException("503 Service Unavailable");
        }
        if (isNow() && trouble == Trouble.SLOW) {
            workshop.now = workshop.now.plus(Duration.ofHours(12));
        }
    }

    private void after() throws IOException {
        if (isNow() && trouble == Trouble.TIMEOUT) {
            throw new SocketTimeoutException("Read timed out");
        }
    }

    /** Fails where the content should go on. */
    private static final class Breaking extends FilterInputStream {
        Breaking(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return checked(super.read(bytes, offset, length));
        }

        private static int checked(int result) throws IOException {
            if (result < 0) {
                throw new IOException("Connection reset");
            }
            return result;
        }
    }
}
