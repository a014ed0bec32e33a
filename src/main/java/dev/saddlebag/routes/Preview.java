package dev.saddlebag.routes;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.vault.Snapshot;
import java.util.Optional;

/**
 * What a run would do that began now.
 *
 * @param depth how much it would read again
 * @param why why that is more than was asked for; empty when it is not
 * @param newest the newest accepted snapshot
 * @param known what this host knows of it
 */
record Preview(
        WorkspaceSettings workspace,
        Depth depth,
        String why,
        Optional<Snapshot> newest,
        Optional<Accepted.Header> known) {}
