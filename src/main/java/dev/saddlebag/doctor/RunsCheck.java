package dev.saddlebag.doctor;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunHistory;
import dev.saddlebag.report.RunHistory.Past;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How old the last successful run of a workspace is, by the summaries that runs leave. */
final class RunsCheck {
    private static final Set<String> GOOD = Set.of(Outcome.COMPLETE.word(), Outcome.UNCHANGED.word());

    private final Path stateDirectory;
    private final Clock clock;

    RunsCheck(Path stateDirectory, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    private static boolean isGood(Past run) {
        return GOOD.contains(run.outcome());
    }

    Finding of(WorkspaceSettings workspace) {
        String name = workspace.name();
        Optional<Past> last;
        Optional<Past> good;
        try {
            RunHistory history = new RunHistory(stateDirectory, name);
            last = history.newest(any -> true);
            good = history.newest(RunsCheck::isGood);
        } catch (IOException unreadable) {
            return Finding.warning(
                    Area.RUNS,
                    name,
                    "the summaries of runs cannot be read: " + unreadable.getMessage(),
                    "Look at the owner of " + stateDirectory.resolve(name) + ".");
        }
        if (last.isEmpty()) {
            return Finding.warning(
                    Area.RUNS,
                    name,
                    "there was no run yet, as far as this state directory knows",
                    "Run \"saddlebag backup " + name + "\".");
        }
        return judge(workspace, last.get(), good);
    }

    private Finding judge(WorkspaceSettings workspace, Past last, Optional<Past> good) {
        String name = workspace.name();
        String found = good.map(run -> "the last successful run, " + run.run() + ", ended " + age(run) + " ago ("
                        + run.outcome() + ")")
                .orElse("no run was successful yet");
        if (!isGood(last)) {
            return Finding.warning(
                    Area.RUNS,
                    name,
                    found + "; the last one of all, " + last.run() + ", ended " + age(last) + " ago: " + last.outcome(),
                    "Read run_summary.json in "
                            + stateDirectory.resolve(name).resolve("runs").resolve(last.run())
                            + "; docs/operate.md says what each outcome asks for.");
        }
        boolean late = Duration.between(last.finished(), clock.instant()).compareTo(workspace.alarmAfter()) > 0;
        return late
                ? Finding.warning(
                        Area.RUNS,
                        name,
                        found + ", longer than alarm-after allows (" + Spans.words(workspace.alarmAfter()) + ")",
                        "See whether \"saddlebag run\" is alive, and what its log says at the time of the schedule.")
                : Finding.ok(Area.RUNS, name, found);
    }

    private String age(Past summary) {
        return Spans.words(Duration.between(summary.finished(), clock.instant()));
    }
}
