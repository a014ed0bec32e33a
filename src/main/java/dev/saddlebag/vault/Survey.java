package dev.saddlebag.vault;

import java.util.List;
import java.util.Set;

/**
 * The snapshots of a vault.
 *
 * @param snapshots those whose signature, list and record are sound, oldest first
 * @param findings why others are not among them
 * @param hidden those that a prune has hidden, so that they are not among them either
 */
public record Survey(List<Snapshot> snapshots, List<Finding> findings, Set<RunId> hidden) {
    public Survey {
        snapshots = List.copyOf(snapshots);
        findings = List.copyOf(findings);
        hidden = Set.copyOf(hidden);
    }
}
