package dev.saddlebag.vault;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads which stored files must stay, as often as it is asked; a list never changes and is read once. */
final class Roots {
    private final Store store;
    private final Set<Root> reasons;
    private final PruneLimits limits;
    private final Map<RunId, SumList> lists = new HashMap<>();

    Roots(Store store, Set<Root> reasons, PruneLimits limits) {
        this.store = store;
        this.reasons = Set.copyOf(reasons);
        this.limits = limits;
    }

    /**
     * What {@code meta/} shows now.
     *
     * @param needed the names that must stay
     * @param dead the runs of which nothing is needed for their own sake
     */
    record Seen(Set<String> needed, SortedMap<RunId, Traces> dead) {}

    /**
     * @param wanted the hidden snapshots that the rules would keep
     * @throws PruneRefusedException when a list that counts cannot be relied on
     */
    Seen look(Instant now, Set<RunId> wanted) throws IOException {
        var needed = new HashSet<String>();
        SortedMap<RunId, Traces> dead = new TreeMap<>();
        for (var traces : Traces.of(Listing.ofMeta(store)).values()) {
            if (reasons.stream().noneMatch(reason -> reason.holds(traces, now, limits, wanted))) {
                dead.put(traces.run(), traces);
            } else if (traces.isAnnounced()) {
                needed.addAll(list(traces.run()).hashes().keySet());
            } else if (traces.isCommitted()) {
                throw new PruneRefusedException(Names.list(traces.run())
                        + " is missing or not listed, and what that snapshot needs is not known without it."
                        + " Nothing more was deleted. See what `saddlebag verify` says");
            }
        }
        return new Seen(needed, dead);
    }

    private SumList list(RunId run) throws IOException {
        var known = lists.get(run);
        if (known != null) {
            return known;
        }
        try (var in = store.get(Names.list(run))) {
            var list = SumList.parse(run, in.readNBytes(64 << 20));
            lists.put(run, list);
            return list;
        } catch (IOException e) {
            throw new PruneRefusedException(
                    Names.list(run) + " cannot be relied on (" + e.getMessage()
                            + "), and what that run needs is not known without it. Nothing more was deleted. A run that"
                            + " broke off writes it anew when it is delivered again; otherwise see what"
                            + " `saddlebag verify` says",
                    e);
        }
    }
}
