package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.vault.CarriedOver;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run: the making of one snapshot of one workspace.
 *
 * @param source where the content comes from in this run
 * @param depth how much is read again
 * @param base the snapshot from which the rest is carried over; empty when everything is read
 * @param connection how the workspace is reached through the API
 * @param searched what search has shown in this run
 * @param observed what the gate judges besides the ledger
 * @param about what {@code workspace.json} will say; only the first and the last step write into it
 * @param failure what stopped the run as a whole, once something has
 */
public record Run(
        RunId id,
        WorkspaceSettings workspace,
        Instant started,
        Source source,
        Depth depth,
        Optional<Accepted> base,
        NotionConnection connection,
        Staging staging,
        FileTree files,
        Ledger ledger,
        Trash trash,
        Set<ObjectRef> searched,
        Observations observed,
        ObjectNode about,
        AtomicReference<Exception> failure) {

    /** Whether the run, which asked for the least only, found nothing new: there is no need for a further snapshot. */
    public boolean unchanged() {
        return depth == Depth.QUICK && base.isPresent() && ledger.nothingNew();
    }

    /** What the snapshot takes over from the one before, once the books are closed. */
    public CarriedOver carriedOver() throws IOException {
        Set<String> needed = new HashSet<>();
        about.findValuesAsText("sha256").forEach(needed::add);
        ledger.accounts().forEach(account -> account.files().forEach(file -> needed.add(file.sha256())));
        return Carried.of(ledger.accounts(), needed, files);
    }

    /** What the next run needs to know of the snapshot. */
    public Accepted.Header header() {
        boolean searched = ledger.gapsOfTheWorkspace().stream()
                .noneMatch(gap -> gap.object().equals("search"));
        Instant swept = base.map(before -> before.header().sweptAt()).orElse(started);
        return new Accepted.Header(
                id.value(), started.toString(), swept.toString(), workspace.collected(source), searched, about);
    }

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
