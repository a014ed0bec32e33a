package dev.saddlebag.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Brings a hidden snapshot back. It meets a prune as a run does: taking the marker away is its intent, after which it
 * looks for announcements, and last whether everything is there.
 */
final class Undelete {
    private final Vault vault;
    private final Store store;
    private final Spool spool;

    Undelete(Vault vault, Spool spool) {
        this.vault = vault;
        this.store = vault.store();
        this.spool = spool;
    }

    RunId of(String name) throws IOException {
        var traces = find(name.strip());
        var snapshot = load(traces.run());
        checkAllThere(snapshot);
        for (var marker : traces.hidingFiles()) {
            store.delete(marker);
        }
        try {
            refuseAnnounced(snapshot);
            checkAllThere(snapshot);
        } catch (IOException e) {
            hideAgain(traces, e);
            throw e;
        }
        spool.remember(snapshot);
        return snapshot.id();
    }

    private Traces find(String name) throws IOException {
        vault.refuseUnknown();
        var hidden = Traces.of(Listing.ofMeta(store)).values().stream()
                .filter(traces -> traces.isCommitted() && traces.isHidden())
                .toList();
        var meant = hidden.stream()
                .filter(traces -> !name.isEmpty() && traces.run().value().startsWith(name))
                .toList();
        if (meant.size() != 1) {
            throw new NoSuchSnapshotException((meant.isEmpty() ? "no" : "more than one")
                    + " snapshot that a prune has hidden is called \"" + name + "\"; hidden are: "
                    + Vault.shown(hidden.stream().map(Traces::run).toList()));
        }
        return meant.get(0);
    }

    private Snapshot load(RunId run) throws IOException {
        var survey = vault.survey(new TreeSet<>(List.of(run)));
        if (survey.snapshots().isEmpty()) {
            throw new DamageException("", survey.findings());
        }
        return survey.snapshots().get(0);
    }

    private void checkAllThere(Snapshot snapshot) throws IOException {
        var listing = Listing.read(store);
        var lost = new ArrayList<Finding>();
        for (var name : snapshot.list().hashes().keySet()) {
            if (listing.size(name) < 0) {
                lost.add(Finding.damage(snapshot.id(), name, "is gone"));
            }
        }
        if (!lost.isEmpty()) {
            throw new DamageException("The snapshot cannot be had back: ", lost);
        }
    }

    private void refuseAnnounced(Snapshot snapshot) throws IOException {
        var announced = Announced.find(store, snapshot::needs);
        if (announced.isPresent()) {
            throw new IOException("a prune is about to delete what the snapshot " + snapshot.id() + " needs ("
                    + announced.get().where()
                    + "). It is hidden as before. Try again when the prune is done");
        }
    }

    private void hideAgain(Traces traces, IOException failure) {
        try {
            for (var marker : traces.hidingFiles()) {
                try (var file = ScratchFile.of(spool.scratch(), traces.run() + "\n")) {
                    store.put(marker, file.path());
                }
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
