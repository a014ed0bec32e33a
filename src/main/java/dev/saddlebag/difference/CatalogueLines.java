package dev.saddlebag.difference;

import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;

/** The objects of a snapshot in the order of its catalogue, one at a time. */
final class CatalogueLines implements Closeable {
    private static final Map<String, Integer> KINDS =
            Map.of("data_source", 0, "database", 1, "page", 2, "view", 3, "block", 4);

    /** By kind, as the paths of their files are sorted, and by id. */
    static final Comparator<ObjectRef> ORDER = Comparator.<ObjectRef>comparingInt(
                    ref -> KINDS.get(ref.kind().word()))
            .thenComparing(ObjectRef::id);

    private final String snapshot;
    private final BufferedReader lines;
    private Listed last;

    private CatalogueLines(String snapshot, BufferedReader lines) {
        this.snapshot = snapshot;
        this.lines = lines;
    }

    static CatalogueLines open(Vault vault, Snapshot snapshot) throws IOException {
        return new CatalogueLines(
                snapshot.id().value(),
                new BufferedReader(
                        new InputStreamReader(vault.open(snapshot, "catalogue.jsonl"), StandardCharsets.UTF_8)));
    }

    /** The next object, or null at the end. */
    Listed next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            return null;
        }
        Listed listed = Listed.of(Json.MAPPER.readTree(line));
        if (last != null && ORDER.compare(last.object(), listed.object()) >= 0) {
            throw new IOException("The catalogue of the snapshot " + snapshot + " is not in order: " + listed.object()
                    + " comes after " + last.object());
        }
        last = listed;
        return listed;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
