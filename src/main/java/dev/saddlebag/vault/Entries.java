package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The entries of one snapshot, one after another in the order of a walk through its tree; to be closed. */
public interface Entries extends Closeable {
    /**
     * The next entry, or nothing when all were given and their number is right.
     *
     * @throws IOException when the manifest is damaged or hostile; the entries given before are not to be relied on
     */
    Optional<Entry> next() throws IOException;
}
