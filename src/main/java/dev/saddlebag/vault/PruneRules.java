package dev.saddlebag.vault;

import java.time.Duration;

/**
 * By what a vault is pruned.
 *
 * @param retention which snapshots stay
 * @param interval how often there should be a new snapshot
 * @param limits how patient the prune is
 * @param overrideShare whether any part of the data files may go
 */
record PruneRules(Retention retention, Duration interval, PruneLimits limits, boolean overrideShare) {

    int sharePercent() {
        return overrideShare ? 100 : limits.sharePercent();
    }
}
