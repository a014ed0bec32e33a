package dev.saddlebag.destination;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A vault behind a Camel endpoint that knows the four verbs; the verb and the name travel as headers. */
final class EndpointStore implements Store {
    private final EndpointVerbs verbs;
    private final String vault;

    /** Stands for the vault in the folder {@code vault} of the destination. */
    EndpointStore(EndpointVerbs verbs, String vault) {
        this.verbs = verbs;
        this.vault = vault;
    }

    @Override
    public void put(String name, Path file) throws IOException {
        ask("put", name, file);
    }

    @Override
    public InputStream get(String name) throws IOException {
        Object found = ask("get", name, null);
        if (found == null) {
            // Camel's consumers say so of a file that is not there.
            throw new NoSuchFileException(name);
        }
        return verbs.stream(found);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Stored> list(String folder) throws IOException {
        List<Stored> found = (List<Stored>) ask("list", folder, null);
        return found.stream()
                .map(file -> new Stored(file.name().substring(vault.length() + 1), file.size()))
                // A destination lists a folder with all below; at the top of a vault only its own files are meant.
                .filter(file -> !folder.isEmpty() || file.name().indexOf('/') < 0)
                .toList();
    }

    @Override
    public void delete(String name) throws IOException {
        ask("delete", name, null);
    }

    private Object ask(String verb, String name, Object body) throws IOException {
        return verbs.ask(verb, name.isEmpty() ? vault : vault + "/" + name, body);
    }
}
