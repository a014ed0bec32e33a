package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Brings the snapshots of one destination to another that lacks them, by the same steps and with the same bytes as the
 * runs that made them; a marker says that an old snapshot comes, so that no prune takes it for a dead run.
 */
public final class Copier {
    private final Spool spool;
    private final SigningKey key;
    private final boolean readBack;

    /**
     * A copier between the destinations of one workspace.
     *
     * @param readBack whether every file is read back and its hash compared before the snapshot is committed
     */
    public Copier(Spool spool, SigningKey key, boolean readBack) {
        this.spool = spool;
        this.key = key;
        this.readBack = readBack;
    }

    /**
     * Copies what is sound in {@code from}, and neither there nor hidden in {@code to}, the oldest first. What fails stops
     * nothing that follows it. The keys that signed come along, so that whoever trusts what a vault names can read there what
     * can be read here.
     *
     * @param source the name of {@code from}, where a snapshot is safe that does not arrive
     * @param destination the name of {@code to}
     * @param receiver is told of each snapshot that was copied, or was not
     * @return what is wrong with the snapshots of {@code from} that could not be read
     */
    public List<Finding> copy(String source, Vault from, String destination, Vault to, Consumer<Receipt> receiver)
            throws IOException {
        var there = Listing.ofMeta(to.store());
        var missing = new TreeSet<>(Listing.ofMeta(from.store()).committed());
        missing.removeAll(there.committed());
        missing.removeAll(there.pruned());
        from.refuseUnknown();
        var survey = from.survey(missing);
        requireOurs(survey.snapshots());
        if (isOurs(to)) {
            SignerFiles.bring(from, to, from.scratch());
        }
        var shipper = new Shipper(spool, key, readBack, "at \"" + source + "\"");
        for (var snapshot : survey.snapshots()) {
            receiver.accept(copy(shipper, from, snapshot, destination, to.store()));
        }
        return survey.findings();
    }

    private void requireOurs(List<Snapshot> snapshots) throws IOException {
        for (var snapshot : snapshots) {
            var ours = VaultDescription.parse(spool.vaultJson()).id();
            if (!snapshot.record().vaultId().equals(ours)) {
                throw new UnsupportedVaultException(
                        "the snapshot " + snapshot.id() + " is of another vault, "
                                + snapshot.record().vaultId() + " (workspace \"" + snapshot.workspace()
                                + "\"), than that of the workspace \"" + spool.workspace() + "\" on this host, " + ours
                                + ". Nothing was copied. Give that vault a workspace of its own, or read it where it is (--vault)");
            }
        }
    }

    /** Whether {@code to} holds this vault, or none yet. Any other is for the shipment to refuse. */
    private boolean isOurs(Vault to) throws IOException {
        try (var in = to.store().get(Names.VAULT)) {
            var theirs = VaultDescription.parse(in.readNBytes(1 << 20));
            return theirs.id().equals(VaultDescription.parse(spool.vaultJson()).id());
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Receipt copy(Shipper shipper, Vault from, Snapshot snapshot, String destination, Store to)
            throws IOException {
        var folder = Files.createTempDirectory(from.scratch(), "copy-");
        try {
            fetchDescription(from, snapshot, folder);
            return shipper.ship(new Sealed(folder, snapshot), destination, to, List.of(from.store()));
        } finally {
            spool.disk().delete(folder);
        }
    }

    /** The small files that say what the snapshot is; its data goes straight from one destination to the other. */
    private static void fetchDescription(Vault from, Snapshot snapshot, Path folder) throws IOException {
        var names = new ArrayList<>(List.of(
                Names.list(snapshot.id()),
                Names.signature(snapshot.id()),
                Names.record(snapshot.id()),
                snapshot.manifest()));
        Files.createDirectories(folder.resolve(Names.META));
        for (var name : names) {
            try (var in = from.store().get(name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
    }
}
