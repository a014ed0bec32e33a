package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a staged tree into the files of one snapshot, once and locally, and signs them; every destination receives the
 * same bytes (facts/vault-study.md §4.5 step 1). What the newest snapshot holds already is not written again.
 */
public final class Sealer {
    private final Spool spool;
    private final SigningKey key;
    private final List<Recipient> recipients;
    private final Limits limits;

    /** Seals what everybody can read who has it. */
    public Sealer(Spool spool, SigningKey key) {
        this(spool, key, List.of());
    }

    /** Seals so that each of {@code recipients} alone can read it, and this host cannot; nothing is encrypted when empty. */
    public Sealer(Spool spool, SigningKey key, List<Recipient> recipients) {
        this(spool, key, recipients, Limits.STANDARD);
    }

    Sealer(Spool spool, SigningKey key, Limits limits) {
        this(spool, key, List.of(), limits);
    }

    Sealer(Spool spool, SigningKey key, List<Recipient> recipients, Limits limits) {
        this.spool = spool;
        this.key = key;
        this.recipients = List.copyOf(recipients);
        this.limits = limits;
    }

    /**
     * Seals all files under {@code tree} as the snapshot {@code run} and promotes it: when this returns, the snapshot
     * is in the spool for good and the newest one. A crash before leaves rubbish that the next run clears.
     *
     * @param tree a folder of files and folders only; it must not change meanwhile
     * @param facts what the record shall say; of a snapshot that is encrypted it keeps the counts to itself
     * @param notes what to write into the manifest beside each path
     * @throws IOException when a path is not allowed, a file changes while it is read, or the disk fails; the spool is
     *     then as before
     * @throws EncryptionFixedException when the vault was made with encryption and this is without, or the other way
     */
    public Sealed seal(RunId run, Path tree, Facts facts, Notes notes) throws IOException {
        return seal(run, tree, facts, notes, CarriedOver.NOTHING);
    }

    /**
     * Seals the files under {@code tree} as {@link #seal(RunId, Path, Facts, Notes)} does, together with those of the
     * newest snapshot ({@link Spool#baseline}) that {@code carried} contains, as that one has them: their bytes are not
     * needed.
     *
     * @throws IOException also when the newest snapshot does not have all that was to be carried over, or is not there
     */
    public Sealed seal(RunId run, Path tree, Facts facts, Notes notes, CarriedOver carried) throws IOException {
        return spool.exclusively(() -> {
            spool.requireEncryption(!recipients.isEmpty());
            spool.sweep();
            var vault = spool.vaultJson(recipients);
            var folder = spool.sealingFolder(run);
            try {
                spool.begin(folder);
                write(run, tree, facts, notes, carried, vault, folder);
                return spool.promote(run, folder);
            } catch (IOException e) {
                throw abandoned(run, folder, carried, e);
            }
        });
    }

    private void write(RunId run, Path tree, Facts facts, Notes notes, CarriedOver carried, byte[] vault, Path folder)
            throws IOException {
        var parent = spool.baseline().orElse(null);
        Map<String, Long> sizes = new TreeMap<>();
        Map<String, String> hashes = new TreeMap<>();
        Facts counted;
        try (var sealing = new Sealing(run, folder, parent, carried, spool.lost(), recipients, limits, spool.disk())) {
            new StagedTree(tree).walk((path, file, size) -> sealing.add(path, file, size, notes.of(path)));
            sealing.end();
            counted = sealing.counted(facts);
            for (var file : sealing.finish(spool.workspace(), counted)) {
                sizes.put(file.name(), file.size());
                hashes.put(file.name(), file.sha256());
            }
        }
        var previous = spool.alive();
        var record = new SnapshotRecord(
                run,
                VaultDescription.parse(vault).id(),
                Hashes.of(vault),
                spool.workspace(),
                parent == null ? null : parent.id(),
                recipients.isEmpty() ? counted : new Facts(facts.verdict(), facts.complete(), Map.of(), facts.tool()),
                previous,
                new TreeMap<>(sizes),
                recipients);
        var recordBytes = record.encode();
        hashes.put(Names.record(run), Hashes.of(recordBytes));
        var list = SumList.of(hashes).encode();
        write(folder.resolve(Names.record(run)), recordBytes);
        write(folder.resolve(Names.list(run)), list);
        write(folder.resolve(Names.signature(run)), key.sign(list));
    }

    private void write(Path file, byte[] content) throws IOException {
        try (var out = spool.disk().create(file)) {
            out.write(content);
        }
    }

    private IOException abandoned(RunId run, Path folder, CarriedOver carried, IOException cause) {
        var failure = new IOException(
                "the snapshot " + run + " could not be sealed: " + cause.getMessage()
                        + ". All earlier snapshots are as they were, and the staged tree is untouched. "
                        + Space.advice(folder, carried),
                cause);
        try {
            spool.disk().delete(folder);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Tells a full disk from other failures, which look alike in an exception. */
    private static final class Space {
        private static final long LITTLE = 64L << 20;

        static String advice(Path folder, CarriedOver carried) {
            var again = carried.expected() == 0
                    ? "Run again when the cause is gone"
                    : "Run again; should that fail too, a run of depth sweep reads everything again and carries nothing"
                            + " over";
            try {
                if (Files.getFileStore(folder).getUsableSpace() < LITTLE) {
                    return "The disk of " + folder.getParent() + " is full: make room and run again";
                }
            } catch (IOException e) {
                return again + " (" + e.getMessage() + ")";
            }
            return again;
        }
    }
}
