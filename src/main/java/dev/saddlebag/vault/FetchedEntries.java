package dev.saddlebag.vault;

import java.io.IOException;
import java.util.Optional;

/** Entries from a fetched manifest, which goes when they are closed. */
record FetchedEntries(Fetched manifest, ManifestReader reader) implements Entries {
    @Override
    public Optional<Entry> next() throws IOException {
        return reader.next();
    }

    @Override
    public void close() throws IOException {
        try (manifest) {
            reader.close();
        }
    }
}
