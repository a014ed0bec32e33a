package dev.saddlebag.destination;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What lies behind a Camel endpoint that knows the four verbs; the verb and the name travel as headers. */
final class EndpointStore implements Store {
    private final EndpointVerbs verbs;
    private final String prefix;
    private final int atOnce;

    /**
     * Stands for a part of a destination.
     *
     * @param prefix what all names there begin with: the name of a vault and a slash, or nothing for all of it
     * @param atOnce how many questions may be asked at the same time
     */
    EndpointStore(EndpointVerbs verbs, String prefix, int atOnce) {
        this.verbs = verbs;
        this.prefix = prefix;
        this.atOnce = atOnce;
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
        if (found == null) {
            throw new IOException("The destination answered the question what is in " + prefix + folder
                    + " with nothing at all, which is no listing");
        }
        return found.stream()
                .map(file -> new Stored(file.name().substring(prefix.length()), file.size()))
                // A destination lists a folder with all below; at the top of a vault only its own files are meant.
                .filter(file -> !folder.isEmpty() || file.name().indexOf('/') < 0)
                .toList();
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public void delete(String name) throws IOException {
        ask("delete", name, null);
    }

    private Object ask(String verb, String name, Object body) throws IOException {
        String full = name.isEmpty() && !prefix.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + name;
        return verbs.ask(verb, full, body);
    }
}
