package dev.saddlebag.vault;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A snapshot as its signed list and its record describe it.
 *
 * @param list everything it needs
 * @param record what the run wrote about it
 * @param listSha256 hash of the list: the one number that stands for the whole snapshot, to be kept in reports
 */
public record Snapshot(RunId id, SumList list, SnapshotRecord record, String listSha256) {

    /** When its run started. */
    public Instant started() {
        return id.started();
    }

    public String workspace() {
        return record.workspace();
    }

    public Facts facts() {
        return record.facts();
    }

    /** Who can read what its run added to the vault; empty when that is not encrypted. */
    public List<Recipient> recipients() {
        return record.recipients();
    }

    /** Whether it takes an identity to look into it. */
    public boolean isEncrypted() {
        return Names.isEncrypted(manifest());
    }

    /** The runs whose files it needs, its own among them: each encrypted to the recipients of its time. */
    public NavigableSet<RunId> runs() {
        NavigableSet<RunId> runs = new TreeSet<>();
        for (var name : list.hashes().keySet()) {
            RunId.leading(name.substring(name.indexOf('/') + 1)).ifPresent(runs::add);
        }
        return runs;
    }

    /** The snapshot whose packs it reuses. */
    public Optional<RunId> parent() {
        return Optional.ofNullable(record.parent());
    }

    /** How many paths its tree has; 0 when it is encrypted, which the record does not tell then. */
    public long entries() {
        return facts().counts().getOrDefault(ManifestHeader.ENTRIES, 0L);
    }

    /** Bytes of all files of its tree; 0 when it is encrypted. */
    public long bytes() {
        return facts().counts().getOrDefault(ManifestHeader.BYTES, 0L);
    }

    /** Bytes of all stored files that it needs, those shared with other snapshots included. */
    public long storedBytes() {
        return record.sizes().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes that its run added to the vault. */
    public long newBytes() {
        return record.sizes().entrySet().stream()
                .filter(size -> SnapshotRecord.isOwn(id, size.getKey()))
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
    }

    /** Whether it needs the stored file {@code name}: a file of its list, or one of those that describe it. */
    boolean needs(String name) {
        return list.hashes().containsKey(name) || name.startsWith("meta/" + id);
    }

    /** The name of its manifest as stored. */
    String manifest() {
        return list.hashes().containsKey(Names.manifest(id)) ? Names.manifest(id) : Names.encrypted(Names.manifest(id));
    }
}
