package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * The chosen entries of a snapshot in the order of the stored files that hold them, so that each is fetched once. Holds
 * eight bytes an entry; the entries themselves stay on disk (facts/vault-study.md §5 "scale").
 */
final class GroupedEntries implements Closeable {
    private static final int OFFSET_BITS = 40;
    private static final long OFFSET = (1L << OFFSET_BITS) - 1;

    private final Path clear;
    private final List<String> files;
    private final BitSet wanted;
    private final long[] places;
    private final long bytes;
    private final LinesAt lines;

    private GroupedEntries(Path clear, List<String> files, BitSet wanted, long[] places, long bytes)
            throws IOException {
        this.clear = clear;
        this.files = files;
        this.wanted = wanted;
        this.places = places;
        this.bytes = bytes;
        this.lines = new LinesAt(clear);
    }

    /** Reads and checks the whole manifest, even what {@code filter} leaves out. */
    static GroupedEntries of(Vault vault, Snapshot snapshot, Predicate<Entry> filter) throws IOException {
        var clear = Files.createTempFile(vault.scratch(), "manifest-", ".tmp");
        try {
            long[] places = new long[1024];
            int count = 0;
            long bytes = 0;
            List<String> files;
            var wanted = new BitSet();
            try (var manifest = vault.fetch(snapshot, snapshot.manifest())) {
                try (var reader = Vault.reader(snapshot, manifest.path())) {
                    files = reader.header().files();
                    for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                        if (filter.test(entry.get())) {
                            places = count == places.length ? Arrays.copyOf(places, count * 2) : places;
                            long group = entry.get().files().get(0);
                            places[count++] = (group << OFFSET_BITS) | reader.entryOffset();
                            bytes += entry.get().size();
                            entry.get().files().forEach(wanted::set);
                        }
                    }
                }
                // Only after it was read to its end in bounds is it unpacked to disk.
                try (var in = new GZIPInputStream(Files.newInputStream(manifest.path()), 1 << 16);
                        var out = Files.newOutputStream(clear)) {
                    in.transferTo(out);
                }
            }
            places = Arrays.copyOf(places, count);
            Arrays.sort(places);
            return new GroupedEntries(clear, files, wanted, places, bytes);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(clear);
            throw e;
        }
    }

    int count() {
        return places.length;
    }

    long bytes() {
        return bytes;
    }

    List<String> files() {
        return files;
    }

    /** Which of {@link #files} hold entries. */
    BitSet wanted() {
        return wanted;
    }

    /** The stored file that holds (the beginning of) entry {@code i}, as a position in {@link #files}. */
    int file(int i) {
        return (int) (places[i] >>> OFFSET_BITS);
    }

    Entry get(int i) throws IOException {
        return lines.at(places[i] & OFFSET, files.size());
    }

    @Override
    public void close() throws IOException {
        lines.close();
        Files.deleteIfExists(clear);
    }
}
