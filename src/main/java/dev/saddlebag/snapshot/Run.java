package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.vault.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run: the making of one snapshot of one workspace.
 *
 * @param connection how the workspace is reached through the API
 * @param about what {@code workspace.json} will say; only the first and the last step write into it
 * @param failure what stopped the run as a whole, once something has
 */
public record Run(
        RunId id,
        WorkspaceSettings workspace,
        Instant started,
        NotionConnection connection,
        Staging staging,
        FileTree files,
        Catalogue catalogue,
        Ledger ledger,
        ObjectNode about,
        AtomicReference<Exception> failure) {

    /** Stops the run: what is under way may end, nothing new begins. The first reason is the one that counts. */
    public void stop(Exception reason) {
        failure.compareAndSet(null, reason);
    }

    /** Passes on what stopped the run, if anything has. */
    public void throwIfStopped() throws Exception {
        Optional<Exception> reason = Optional.ofNullable(failure.get());
        if (reason.isPresent()) {
            throw reason.get();
        }
    }
}
