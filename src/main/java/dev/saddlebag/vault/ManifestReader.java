package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads a manifest entry by entry and trusts nothing in it: paths, order, sizes and references are checked as they go by
 * (facts/vault-study.md §4.3 and §5 "manifest fuzz").
 */
final class ManifestReader implements Entries {
    private static final int LONGEST_HEADER = 64 << 20;
    private static final int LONGEST_ENTRY = 4 << 20;

    private final String name;
    private final InputStream in;
    private final LineInput lines;
    private final PathGuard guard;
    private final ManifestHeader header;
    private long offset;
    private long entryOffset;
    private long entries;
    private long bytes;

    private ManifestReader(String name, InputStream in) throws IOException {
        this.name = name;
        this.in = in;
        this.lines = new LineInput(in);
        this.guard = new PathGuard(name);
        this.header = readHeader();
    }

    /** Reads a manifest as it is stored. {@code name} begins the messages. */
    static ManifestReader compressed(String name, Path file) throws IOException {
        var raw = Files.newInputStream(file);
        try {
            return new ManifestReader(name, new GZIPInputStream(raw, 1 << 16));
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** Reads a manifest that was decompressed before. */
    static ManifestReader plain(String name, Path file) throws IOException {
        var raw = Files.newInputStream(file);
        try {
            return new ManifestReader(name, raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    ManifestHeader header() {
        return header;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        try {
            entryOffset = offset;
            if (!lines.next(LONGEST_ENTRY)) {
                checkCounts();
                return Optional.empty();
            }
            offset += lines.length() + 1L;
            var entry = ManifestLines.entry(
                    lines.line(), 0, lines.length(), header.files().size());
            checkPlace(entry);
            entries++;
            bytes = Math.addExact(bytes, entry.size());
            if (entries > header.entries() || bytes > header.bytes()) {
                throw new IOException("it has more entries or bytes than its first line says");
            }
            guard.check(entry.path());
            return Optional.of(entry);
        } catch (ArithmeticException e) {
            throw new IOException(name + ": the sizes are impossible", e);
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Where the line of the entry read last begins, in bytes of the decompressed manifest. */
    long entryOffset() {
        return entryOffset;
    }

    private ManifestHeader readHeader() throws IOException {
        try {
            if (!lines.next(LONGEST_HEADER)) {
                throw new IOException("it is empty");
            }
            offset = lines.length() + 1L;
            return ManifestLines.header(lines.line(), lines.length());
        } catch (UnsupportedVaultException e) {
            throw new UnsupportedVaultException(name + ": " + e.getMessage());
        } catch (IOException e) {
            throw named(e);
        }
    }

    private void checkPlace(Entry entry) throws IOException {
        for (var file : entry.files()) {
            if (Names.isPack(header.files().get(file)) && entry.files().size() > 1) {
                throw new IOException("\"" + entry.path() + "\" is said to be spread over packs");
            }
        }
    }

    private void checkCounts() throws IOException {
        if (entries != header.entries() || bytes != header.bytes()) {
            throw new IOException("it ends after " + entries + " entries of " + bytes
                    + " bytes, but its first line says " + header.entries() + " and " + header.bytes());
        }
    }

    private IOException named(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.startsWith(name) ? e : new IOException(name + ": " + message, e);
    }

    /** Gives every path from here on whose content lies in the stored file {@code file}. */
    void pathsIn(String file, Consumer<String> receiver) throws IOException {
        var position = header().files().indexOf(file);
        for (var entry = next(); entry.isPresent(); entry = next()) {
            if (entry.get().files().contains(position)) {
                receiver.accept(entry.get().path());
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
