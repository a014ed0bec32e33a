package dev.saddlebag.destination;

import dev.saddlebag.vault.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder for a Kamelet that fails at one of its operations as Camel's components do. */
public final class MoodyFolder implements Store {
    /** How it fails. */
    enum Mood {
        REFUSES,
        TIMES_OUT_WHEN_DONE,
        /** Components throw their own exceptions, which are no IOException. */
        THROWS_ITS_OWN,
        GIVES_NOTHING,
        GIVES_HALF
    }

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static volatile Mood mood;

    private final Folder folder;

    private MoodyFolder(Folder folder) {
        this.folder = folder;
    }

    public static MoodyFolder at(String place) {
        return new MoodyFolder(Folder.at(place));
    }

    @Override
    public void put(String name, Path file) throws IOException {
        boolean now = before();
        folder.put(name, file);
        after(now);
    }

    @Override
    public InputStream get(String name) throws IOException {
        boolean now = before();
        InputStream found = folder.get(name);
        after(now);
        if (now && mood == Mood.GIVES_HALF) {
            try (found) {
                byte[] content = found.readAllBytes();
                return new ByteArrayInputStream(Arrays.copyOf(content, content.length / 2));
            }
        }
        return now && mood == Mood.GIVES_NOTHING ? null : found;
    }

    @Override
    public List<Stored> list(String name) throws IOException {
        boolean now = before();
        List<Stored> found = folder.list(name);
        after(now);
        if (now && mood == Mood.GIVES_HALF) {
            return found.subList(0, found.size() / 2);
        }
        return now && mood == Mood.GIVES_NOTHING ? null : found;
    }

    @Override
    public void delete(String name) throws IOException {
        boolean now = before();
        folder.delete(name);
        after(now);
    }

    private static boolean before() throws IOException {
        boolean now = LEFT.decrementAndGet() == 0;
        if (now && mood == Mood.REFUSES) {
            throw new IOException("503 Service Unavailable");
        }
        if (now && mood == Mood.THROWS_ITS_OWN) {
            throw new IllegalStateException("Cannot connect");
        }
        return now;
    }

    private static void after(boolean now) throws IOException {
        if (now && mood == Mood.TIMES_OUT_WHEN_DONE) {
            throw new SocketTimeoutException("Read timed out");
        }
    }

    /** Lets the n-th operation from now on fail; 0 for none. */
    static void failAt(int operation, Mood how) {
        mood = how;
        LEFT.set(operation);
    }

    static boolean hasFailed() {
        return LEFT.get() <= 0;
    }
}
