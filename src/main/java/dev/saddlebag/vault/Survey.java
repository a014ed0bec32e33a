package dev.saddlebag.vault;

import java.util.List;

/**
 * The snapshots of a vault.
 *
 * @param snapshots those whose signature, list and record are sound, oldest first
 * @param findings why others are not among them
 */
public record Survey(List<Snapshot> snapshots, List<Finding> findings) {
    public Survey {
        snapshots = List.copyOf(snapshots);
        findings = List.copyOf(findings);
    }
}
