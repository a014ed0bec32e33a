package dev.saddlebag.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Predicate;

/**
 * Puts the files of one snapshot under their own paths into a ZIP, with {@code SHA256SUMS}, by which
 * {@code sha256sum --check} proves what was unpacked.
 */
public final class TreeArchive {
    private static final String SUMS = "SHA256SUMS";

    private final Vault vault;
    private final Snapshot snapshot;

    /** Takes the files out of {@code snapshot} of {@code vault}. */
    public TreeArchive(Vault vault, Snapshot snapshot) {
        this.vault = vault;
        this.snapshot = snapshot;
    }

    /**
     * Writes the files that {@code filter} accepts.
     *
     * @return what the ZIP holds
     * @throws DamageException when one of them is not what was written; what {@code out} got is then of no use
     */
    public Exported write(Predicate<Entry> filter, OutputStream out) throws IOException {
        var archive = Archive.compressing(out);
        vault.read(snapshot, filter, (entry, in) -> archive.put(entry.path(), entry.size(), in));
        var sums = Files.createTempFile(vault.scratch(), "sums-", ".tmp");
        try (var entries = vault.entries(snapshot)) {
            try (var lines = Files.newBufferedWriter(sums, StandardCharsets.UTF_8)) {
                for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                    if (filter.test(entry.get())) {
                        lines.write(entry.get().sha256() + "  " + entry.get().path() + "\n");
                    }
                }
            }
            try (var in = Files.newInputStream(sums)) {
                archive.put(SUMS, Files.size(sums), in);
            }
        } finally {
            Files.deleteIfExists(sums);
        }
        return archive.finish();
    }
}
