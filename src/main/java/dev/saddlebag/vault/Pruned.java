package dev.saddlebag.vault;

import java.util.List;

/**
 * What a prune did to one vault, or would do.
 *
 * @param kept how many snapshots stay
 * @param hidden the snapshots that it hid; each can be had back for a week
 * @param removed the snapshots and unfinished runs of which nothing is left
 * @param files how many data files it deleted
 * @param bytes their size
 * @param spared how many it had announced and did not delete, because a run had come to need them
 * @param future the snapshots that begin later than now, by the clock of this host; they stay
 * @param left how many it had announced and did not get to in time; the next prune takes them
 */
public record Pruned(
        int kept,
        List<RunId> hidden,
        List<RunId> removed,
        int files,
        long bytes,
        int spared,
        List<RunId> future,
        int left) {
    public Pruned {
        future = List.copyOf(future);
        hidden = List.copyOf(hidden);
        removed = List.copyOf(removed);
    }
}
