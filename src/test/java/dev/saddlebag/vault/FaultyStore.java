package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Fails at the n-th operation, in one of the ways in which things fail. */
final class FaultyStore implements Store {
    /** How the operation fails. */
    enum Fault {
        CRASH_BEFORE,
        CRASH_AFTER,
        CRASH_TORN,
        ERROR_BEFORE,
        ERROR_AFTER
    }

    private final MemoryStore store;
    private final Fault fault;
    private final int at;
    private int operations;
    private boolean failed;

    FaultyStore(MemoryStore store, Fault fault, int at) {
        this.store = store;
        this.fault = fault;
        this.at = at;
    }

    boolean failed() {
        return failed;
    }

    @Override
    public void put(String name, Path file) throws IOException {
        before();
        if (isNow() && fault == Fault.CRASH_TORN) {
            var content = Files.readAllBytes(file);
            store.files.putIfAbsent(name, Arrays.copyOf(content, content.length / 2));
            failed = true;
            throw new Crash();
        }
        store.put(name, file);
        after();
    }

    @Override
    public InputStream get(String name) throws IOException {
        before();
        try {
            return store.get(name);
        } finally {
            after();
        }
    }

    @Override
    public List<Stored> list(String folder) throws IOException {
        before();
        var listed = store.list(folder);
        after();
        return listed;
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
        if (isNow() && fault == Fault.CRASH_BEFORE) {
            failed = true;
            throw new Crash();
        }
        if (isNow() && fault == Fault.ERROR_BEFORE) {
            failed = true;
            throw new IOException("connection refused");
        }
    }

    private void after() throws IOException {
        if (isNow() && (fault == Fault.CRASH_AFTER || fault == Fault.CRASH_TORN)) {
            failed = true;
            throw new Crash();
        }
        if (isNow() && fault == Fault.ERROR_AFTER) {
            failed = true;
            throw new IOException("connection reset");
        }
    }
}
