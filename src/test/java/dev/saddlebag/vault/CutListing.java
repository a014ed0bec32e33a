package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A store whose listings of one folder end too early, as that of a component with a limit does. */
record CutListing(MemoryStore store, String folder, int length) implements Store {

    @Override
    public void put(String name, Path file) throws IOException {
        store.put(name, file);
    }

    @Override
    public InputStream get(String name) throws IOException {
        return store.get(name);
    }

    @Override
    public List<Stored> list(String of) {
        var whole = store.list(of);
        return of.equals(folder) ? whole.subList(0, Math.min(length, whole.size())) : whole;
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }
}
