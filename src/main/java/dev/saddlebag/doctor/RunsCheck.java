package dev.saddlebag.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How old the last successful run of a workspace is, by the summaries that runs leave. */
final class RunsCheck {
    private static final Set<String> GOOD = Set.of(Outcome.COMPLETE.word(), Outcome.UNCHANGED.word());

    private final Path stateDirectory;
    private final Clock clock;

    RunsCheck(Path stateDirectory, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    /** What one run left behind. */
    private record Summary(String run, String outcome, Instant finished) {
        boolean good() {
            return GOOD.contains(outcome);
        }
    }

    Finding of(WorkspaceSettings workspace) {
        String name = workspace.name();
        Optional<Summary> last = Optional.empty();
        Optional<Summary> good = Optional.empty();
        try {
            for (Path run : newestFirst(stateDirectory.resolve(name).resolve("runs"))) {
                Optional<Summary> summary = summary(run);
                last = last.isPresent() ? last : summary;
                good = summary.filter(Summary::good);
                if (good.isPresent()) {
                    break;
                }
            }
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

    private Finding judge(WorkspaceSettings workspace, Summary last, Optional<Summary> good) {
        String name = workspace.name();
        String found = good.map(run -> "the last successful run, " + run.run() + ", ended " + age(run) + " ago ("
                        + run.outcome() + ")")
                .orElse("no run was successful yet");
        if (!last.good()) {
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

    private String age(Summary summary) {
        return Spans.words(Duration.between(summary.finished(), clock.instant()));
    }

    private static List<Path> newestFirst(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** A run that was killed leaves no summary, and a torn one is as good as none. */
    private static Optional<Summary> summary(Path run) {
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(run.resolve("run_summary.json")));
            return Optional.of(new Summary(
                    json.path("run").asText(),
                    json.path("outcome").asText(),
                    Instant.parse(json.path("finished").asText())));
        } catch (IOException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
