package dev.saddlebag.destination;

import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.NoSuchSnapshotException;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Proves that a destination that holds trees has what was delivered to it. */
public final class TreeVerification {
    private final TreeStore store;
    private final List<Vault> vaults;

    /** @param vaults where the manifests are that tell what each tree must hold */
    public TreeVerification(TreeStore store, List<Vault> vaults) {
        this.store = store;
        this.vaults = List.copyOf(vaults);
    }

    /**
     * Looks whether all that was delivered is there; with {@link Level#FULL} also fetches everything anew and compares each
     * file with the manifest of its snapshot.
     *
     * @param delivered the runs that the destination is known to have
     * @return what is wrong or worth knowing
     * @throws IOException when the destination cannot be asked
     */
    public List<Finding> verify(Level level, Predicate<RunId> selection, Collection<RunId> delivered)
            throws IOException {
        SortedMap<RunId, Long> there;
        try {
            there = store.list();
        } catch (ForeignHistoryException foreign) {
            return List.of(damage(null, foreign.getMessage()));
        }
        List<Finding> findings = new ArrayList<>();
        Set<RunId> missing = new TreeSet<>(delivered);
        missing.removeAll(there.keySet());
        missing.removeIf(selection.negate());
        missing.forEach(run -> findings.add(damage(run, "is not there any more, though it was delivered")));
        if (level == Level.FULL) {
            List<RunId> runs = there.keySet().stream().filter(selection).toList();
            findings.addAll(store.check(new TreeCheck(runs, this::manifest)));
        }
        return findings;
    }

    private Optional<Entries> manifest(RunId run) throws IOException {
        IOException failure = null;
        for (Vault vault : vaults) {
            try {
                return Optional.of(vault.entries(vault.find(run.value())));
            } catch (NoSuchSnapshotException gone) {
                // Another may have it.
            } catch (IOException unreadable) {
                failure = unreadable;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    static Finding damage(RunId run, String what) {
        return new Finding(run, run == null ? "history" : run.value(), Finding.Kind.DAMAGE, what, List.of(), 0);
    }

    static Finding note(RunId run, String what) {
        return new Finding(run, run.value(), Finding.Kind.NOTE, what, List.of(), 0);
    }
}
