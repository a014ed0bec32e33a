package dev.saddlebag.routes;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.gate.Held;
import dev.saddlebag.gate.HeldRun;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.FileTree;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.Observations;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.snapshot.Trash;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Goes on with runs that the gate held, once somebody has looked at them. */
public final class HeldRuns {
    private final Settings settings;
    private final Vaults vaults;
    private final Connections connections;
    private final Runs runs;
    private final Clock clock;

    HeldRuns(Settings settings, Vaults vaults, Connections connections, Runs runs, Clock clock) {
        this.settings = settings;
        this.vaults = vaults;
        this.connections = connections;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Takes up a held run, so that its snapshot can be promoted. Nothing is asked of Notion. Whoever broke off here before
     * goes on where it was.
     *
     * @param name the workspace
     * @param run the id of the run
     * @param because why it is accepted, in the words of whoever does; may be null
     * @throws RunRefusedException when another run goes on, the run is not held, or its snapshot no longer fits in
     * @throws IOException when the state directory cannot be read
     */
    public Run takeUp(String name, String run, String because) throws RunRefusedException, IOException {
        WorkspaceSettings workspace = settings.workspace(name)
                .orElseThrow(() ->
                        new RunRefusedException("There is no workspace \"" + name + "\" in saddlebag.workspaces"));
        RunId id = RunId.parse(run);
        return runs.beginWith(name, () -> takeUp(workspace, id, because == null ? "" : because));
    }

    private Run takeUp(WorkspaceSettings workspace, RunId id, String because) throws RunRefusedException, IOException {
        Held held = new Held(settings.stateDirectory(), workspace.name());
        if (!held.runs().contains(id)) {
            Optional<Run> taken = takenBefore(workspace, held, id);
            if (taken.isPresent()) {
                return taken.get();
            }
            throw new RunRefusedException("The run " + id + " is not held, or is no longer kept"
                    + (held.run(id).isPresent() ? "; somebody has accepted it, or began to" : "")
                    + ". Nothing was changed");
        }
        HeldRun known = held.run(id)
                .orElseThrow(() -> new RunRefusedException("The run " + id + " was held by a version of Saddlebag that"
                        + " did not keep what it takes to accept it. Make a new run; raise the limit that it breaks, for"
                        + " that once"));
        Optional<Accepted> base = refuseLate(workspace.name(), id, known);
        if (held.acceptance(id).isEmpty()) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            held.accept(id, new Verdict.Acceptance(now.toString(), because));
        }
        Staging staging = held.staging(id);
        return run(workspace, id, known, base, staging, Accounts.open(staging.accounts()));
    }

    /** A run that was accepted before, and whose snapshot is sealed: what is left is to deliver it. */
    private Optional<Run> takenBefore(WorkspaceSettings workspace, Held held, RunId id)
            throws RunRefusedException, IOException {
        Optional<HeldRun> known = held.run(id);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<RunId> newest = vaults.spool(workspace.name()).baseline().map(Sealed::id);
        Optional<Accepted> sealed = newest.filter(id::equals).isPresent()
                ? Accepted.of(settings.stateDirectory().resolve(workspace.name()), id.value())
                : Optional.empty();
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(run(
                workspace,
                id,
                known.get(),
                Optional.empty(),
                held.staging(id),
                sealed.get().accounts()));
    }

    /** A snapshot that comes after a newer one would put old content in the place of new. */
    private Optional<Accepted> refuseLate(String workspace, RunId id, HeldRun known)
            throws RunRefusedException, IOException {
        Optional<RunId> newest = vaults.spool(workspace).baseline().map(Sealed::id);
        if (newest.filter(id::equals).isPresent()) {
            return Optional.empty();
        }
        if (newest.filter(other -> other.compareTo(id) > 0).isPresent()) {
            throw new RunRefusedException("The run " + id + " can no longer be accepted: the snapshot " + newest.get()
                    + ", which is newer, was accepted since. Nothing was changed. What it held lies in its tree until it is"
                    + " cleared away");
        }
        if (known.parent().isEmpty()) {
            return Optional.empty();
        }
        Optional<Accepted> base = newest.isPresent() && newest.get().value().equals(known.parent())
                ? Accepted.of(settings.stateDirectory().resolve(workspace), known.parent())
                : Optional.empty();
        if (base.isEmpty()) {
            throw new RunRefusedException(
                    "The run " + id + " can no longer be accepted: it takes what did not change from"
                            + " the snapshot " + known.parent()
                            + ", which is no longer the newest here. Nothing was changed. Make a"
                            + " new run: saddlebag backup " + workspace + " --depth sweep");
        }
        return base;
    }

    private Run run(
            WorkspaceSettings workspace,
            RunId id,
            HeldRun known,
            Optional<Accepted> base,
            Staging staging,
            Accounts accounts)
            throws IOException {
        Ledger ledger = new Ledger(accounts);
        known.gaps().forEach(ledger::gap);
        ledger.files(known.files(), known.bytes());
        Observations observed = new Observations();
        observed.addAll(known.observed());
        return new Run(
                id,
                workspace,
                Instant.parse(known.started()),
                known.source(),
                known.depth(),
                base,
                connections.toLook(workspace),
                staging,
                new FileTree(staging),
                ledger,
                new Trash(),
                ConcurrentHashMap.newKeySet(),
                observed,
                known.about(),
                new AtomicReference<>());
    }
}
