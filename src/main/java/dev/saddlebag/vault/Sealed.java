package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A sealed run in the spool: the very files that every destination receives, and beside them its manifest in clear.
 *
 * @param directory laid out like a vault, but with this run's files only
 * @param snapshot what was sealed
 */
public record Sealed(Path directory, Snapshot snapshot) {
    private static final String MANIFEST = "manifest.jsonl";
    private static final String MANIFEST_SUM = "manifest.jsonl.sha256";

    public RunId id() {
        return snapshot.id();
    }

    /**
     * The entries of the snapshot, from the clear copy of its manifest, read as they are asked for. {@link Spool#baseline}
     * gives only what has a sound copy.
     *
     * @throws IOException when that copy is gone
     */
    public Entries entries() throws IOException {
        return manifestReader();
    }

    /** What the run knew, with all its counts, which the record of an encrypted snapshot does not tell. */
    public Facts facts() throws IOException {
        try (var reader = manifestReader()) {
            var recorded = snapshot.facts();
            return new Facts(
                    recorded.verdict(), recorded.complete(), reader.header().counts(), recorded.tool());
        }
    }

    /** Bytes of all files of its tree, which the record of an encrypted snapshot does not tell. */
    public long bytes() throws IOException {
        return facts().counts().getOrDefault(ManifestHeader.BYTES, 0L);
    }

    static Sealed read(Path directory) throws IOException {
        var id = RunId.parse(directory.getFileName().toString());
        try {
            var bytes = Files.readAllBytes(directory.resolve(Names.list(id)));
            var list = SumList.parse(id, bytes);
            var record = SnapshotRecord.parse(Files.readAllBytes(directory.resolve(Names.record(id))));
            return new Sealed(directory, new Snapshot(id, list, record, Hashes.of(bytes)));
        } catch (NoSuchFileException e) {
            throw new IOException("the sealed run " + directory + " lacks " + e.getFile(), e);
        } catch (IOException e) {
            throw new IOException(
                    "the sealed run " + directory + " cannot be read: " + e.getMessage()
                            + ". If every destination has it, or it is not needed, remove that folder; no other snapshot is"
                            + " touched",
                    e);
        }
    }

    /** The local copy of a stored file, whether it exists or not. */
    Path file(String name) {
        return directory.resolve(name);
    }

    Path manifest() {
        return manifest(directory);
    }

    static Path manifest(Path directory) {
        return directory.resolve(MANIFEST);
    }

    static Path manifestSum(Path directory) {
        return directory.resolve(MANIFEST_SUM);
    }

    /** What the file beside the clear manifest says. */
    static byte[] sum(String sha256) {
        return (sha256 + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    ManifestReader manifestReader() throws IOException {
        return ManifestReader.plain("the clear manifest of " + id(), manifest());
    }

    /** True when the clear manifest is the one that was written here: what reuses it must be able to rely on it. */
    boolean hasSoundManifest() throws IOException {
        try {
            return Files.readString(manifestSum(directory)).strip().equals(Hashes.of(manifest()));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
