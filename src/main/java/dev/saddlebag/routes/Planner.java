package dev.saddlebag.routes;

import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.readable.RenderedTexts;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides how much a run reads, and which snapshot it builds upon. */
final class Planner {
    /** A sweep that is so much overdue will not come by its timer any more. */
    private static final Duration OVERDUE = Duration.ofDays(1);

    private final Settings settings;
    private final Vaults vaults;
    private final Clock clock;

    Planner(Settings settings, Vaults vaults, Clock clock) {
        this.settings = settings;
        this.vaults = vaults;
        this.clock = clock;
    }

    /**
     * The workspace of this name.
     *
     * @throws RunRefusedException when there is none
     */
    WorkspaceSettings workspace(String name) throws RunRefusedException {
        return settings.workspace(name)
                .orElseThrow(() ->
                        new RunRefusedException("There is no workspace \"" + name + "\" in saddlebag.workspaces"));
    }

    /** Decides what a run can build upon. Where that is nothing, it reads everything, and says why. */
    Plan plan(WorkspaceSettings workspace, Source source, Depth wanted) throws IOException {
        if (wanted == Depth.SWEEP || source == Source.EXPORT) {
            return new Plan(Depth.SWEEP, Optional.empty(), "");
        }
        String name = workspace.name();
        Optional<Sealed> baseline = vaults.spool(name).baseline();
        if (baseline.isPresent() && vaults.spool(name).needsLost(baseline.get().snapshot())) {
            return new Plan(Depth.SWEEP, Optional.empty(), lost(baseline.get()));
        }
        Optional<RunId> newest = baseline.map(Sealed::id);
        Optional<Accepted> accepted = newest.isPresent()
                ? Accepted.of(
                        settings.stateDirectory().resolve(name), newest.get().value())
                : Optional.empty();
        return whyEverything(workspace, newest, accepted.map(Accepted::header))
                .map(why -> new Plan(Depth.SWEEP, Optional.empty(), why))
                .orElseGet(() -> new Plan(wanted, accepted, ""));
    }

    private static String lost(Sealed newest) {
        return "Content of the snapshot " + newest.id() + " is lost, as the last repair found out: this run reads"
                + " everything.";
    }

    /** Why a run that was to read less has to read everything, if there is a reason. */
    private Optional<String> whyEverything(
            WorkspaceSettings workspace, Optional<RunId> newest, Optional<Accepted.Header> known) throws IOException {
        if (newest.isEmpty()) {
            return Optional.of("There is no snapshot yet to carry anything over from: this run reads everything.");
        }
        if (known.isEmpty()) {
            return Optional.of("What the state directory knew of the snapshot " + newest.get()
                    + " is lost: this run reads everything.");
        }
        Accepted.Header header = known.get();
        if (!header.settings().equals(workspace.collected(Source.API))) {
            return Optional.of("What is to be collected was changed since the snapshot " + newest.get() + " ("
                    + header.settings() + "): this run reads everything.");
        }
        Path state = settings.stateDirectory().resolve(workspace.name());
        if (!new RenderedTexts(state).hasAll(state, newest.get().value(), workspace.formats())) {
            return Optional.of("The readable texts of the snapshot " + newest.get()
                    + " are not all in the state directory: this run reads everything.");
        }
        Optional<Instant> due = Cron.next(workspace.sweepSchedule(), workspace.timeZone(), header.sweptAt());
        return due.filter(time -> time.plus(OVERDUE).isBefore(clock.instant()))
                .map(time -> "The sweep that was due on " + time + " has not come about: this run reads everything.");
    }

    /**
     * What a run would do that began now; nothing is written, and no run need be over.
     *
     * @param depth how much to read again; empty for what the settings say
     * @throws RunRefusedException when there could be no such run
     * @throws IOException when the state directory cannot be read
     */
    Preview preview(String name, Optional<Depth> depth) throws RunRefusedException, IOException {
        WorkspaceSettings workspace = workspace(name);
        Depth wanted = depth.orElse(workspace.depth());
        Path state = settings.stateDirectory().resolve(name);
        // A spool that is not there would be made.
        Optional<Sealed> newest =
                Files.isDirectory(state.resolve("spool")) ? vaults.spool(name).baseline() : Optional.empty();
        Optional<Accepted.Header> header =
                newest.isPresent() ? Accepted.header(state, newest.get().id().value()) : Optional.empty();
        Optional<String> why = Optional.empty();
        if (wanted != Depth.SWEEP) {
            why = newest.isPresent()
                            && vaults.spool(name).needsLost(newest.get().snapshot())
                    ? newest.map(Planner::lost)
                    : whyEverything(workspace, newest.map(Sealed::id), header);
        }
        return new Preview(
                workspace,
                why.isPresent() ? Depth.SWEEP : wanted,
                why.orElse(""),
                newest.map(Sealed::snapshot),
                header);
    }
}
