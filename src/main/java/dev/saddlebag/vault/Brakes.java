package dev.saddlebag.vault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What must be true before a prune believes a listing: a listing that is cut off or belongs to something else is the one
 * thing that could make it delete what is alive (facts/vault-study.md §4.7).
 *
 * @param delivered the runs that this destination has committed, as this host remembers
 */
record Brakes(Vault vault, Spool spool, String destination, Collection<RunId> delivered) {
    private static final int INTERVALS = 3;

    /** Refuses what is not the vault that this host fills, or does not show what this host knows to be there. */
    void checkListing(Listing listing, SortedMap<RunId, Traces> traces) throws IOException {
        if (delivered.isEmpty()) {
            throw refused("this host does not know of any snapshot at \"" + destination
                    + "\", so it cannot tell a whole" + " listing from one that is cut off. Back up first");
        }
        if (!listing.top().containsKey(Names.VAULT) || !listing.top().containsKey(Names.README)) {
            throw refused(
                    "the listing of \"" + destination + "\" does not show " + Names.VAULT + " and " + Names.README);
        }
        vault.refuseUnknown();
        try (var in = vault.store().get(Names.VAULT)) {
            var theirs = VaultDescription.parse(in.readNBytes(1 << 20)).id();
            if (!theirs.equals(VaultDescription.parse(spool.vaultJson()).id())) {
                throw refused("\"" + destination + "\" holds another vault: " + theirs);
            }
        }
        for (var run : delivered) {
            if (!traces.containsKey(run) || !traces.get(run).isCommitted()) {
                throw refused("the listing of \"" + destination + "\" does not show the snapshot " + run
                        + ", which it had committed: the listing is cut off, or the snapshot was taken away");
            }
        }
    }

    /**
     * The snapshots that are not hidden. What a repair has found lost for good is missed no more.
     *
     * @throws PruneRefusedException when one of them is not what was written, or a file that it needs is not listed
     */
    List<Snapshot> sound(Listing listing) throws IOException {
        var survey = vault.survey(new TreeSet<>(listing.committed()));
        if (!survey.findings().isEmpty()) {
            throw refused("a snapshot is damaged: " + survey.findings().get(0));
        }
        var lost = spool.lost(destination);
        for (var snapshot : survey.snapshots()) {
            for (var name : snapshot.list().hashes().keySet()) {
                if (lost.contains(name)) {
                    continue;
                }
                var size = listing.size(name);
                var expected = snapshot.record().size(name);
                if (size < 0 || (expected >= 0 && size != expected)) {
                    throw refused("the listing of \"" + destination + "\" does not show " + name
                            + " as it should be, which the snapshot " + snapshot.id()
                            + " needs: the listing is cut off, or the file is lost");
                }
            }
        }
        return survey.snapshots();
    }

    /** Refuses to thin out a history that no longer grows: the old snapshots may be the good ones. */
    void checkGrowing(List<Snapshot> snapshots, Duration interval, Instant now) throws PruneRefusedException {
        var newest = snapshots.stream()
                .filter(snapshot ->
                        snapshot.facts().complete() && !snapshot.started().isAfter(now.plus(Pruning.SOON)))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> refused("there is no complete snapshot at \"" + destination + "\""));
        if (newest.started().plus(interval.multipliedBy(INTERVALS)).isBefore(now)) {
            throw refused("the newest complete snapshot at \"" + destination + "\", " + newest.id()
                    + ", is older than three times the interval of its schedule. Back up first");
        }
    }

    /** Refuses to delete a larger part than ever goes in everyday use. */
    void checkShare(int going, int all, int percent) throws PruneRefusedException {
        if ((long) going * 100 > (long) all * percent) {
            throw refused(going + " of " + all + " data files at \"" + destination + "\" would go, more than " + percent
                    + " percent. When that is meant, say --override-share");
        }
    }

    private static PruneRefusedException refused(String why) {
        return new PruneRefusedException("Nothing was deleted: " + why);
    }
}
