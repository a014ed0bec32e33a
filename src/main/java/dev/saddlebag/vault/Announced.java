package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file that a prune is about to delete.
 *
 * @param name the file
 * @param where the announcement that names it
 */
record Announced(String name, String where) {

    /** The first announced file of {@code store} for which {@code needed} is true. */
    static Optional<Announced> find(Store store, Predicate<String> needed) throws IOException {
        for (var trash : store.list(Names.TRASH)) {
            var found =
                    read(store, trash).lines().map(String::strip).filter(needed).findFirst();
            if (found.isPresent()) {
                return Optional.of(new Announced(found.get(), trash.name()));
            }
        }
        return Optional.empty();
    }

    private static String read(Store store, Store.Stored trash) throws IOException {
        try (var in = store.get(trash.name())) {
            var content = in.readAllBytes();
            if (content.length < trash.size()) {
                throw new IOException("of " + trash.name() + ", which a prune has announced, only " + content.length
                        + " of " + trash.size() + " bytes could be read");
            }
            return new String(content, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return ""; // That prune has just ended; what it deleted is missing in the listing that is taken next.
        }
    }
}
