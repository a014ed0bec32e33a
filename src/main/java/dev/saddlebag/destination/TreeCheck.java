package dev.saddlebag.destination;

import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What is to be compared at a destination that holds trees.
 *
 * @param runs the snapshots
 * @param manifests what their trees must hold
 */
public record TreeCheck(List<RunId> runs, Manifests manifests) {
    public TreeCheck {
        runs = List.copyOf(runs);
    }

    /** Where the manifests come from. */
    @FunctionalInterface
    public interface Manifests {
        /** The entries of a snapshot, to be closed; empty when no vault has it any more. */
        Optional<Entries> of(RunId run) throws IOException;
    }
}
