package dev.saddlebag.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The runs of a workspace that have ended, by the summaries that they left. */
public final class RunHistory {
    private static final int DOUBTFUL = 10;

    private final Path runs;

    /** The runs of {@code workspace} in a state directory, which need not be there. */
    public RunHistory(Path stateDirectory, String workspace) {
        this.runs = stateDirectory.resolve(workspace).resolve("runs");
    }

    /**
     * What became of one run.
     *
     * @param outcome the word of an {@link Outcome}
     * @param complete whether the gate called its snapshot accepted and complete
     */
    public record Past(String run, String outcome, boolean complete, Instant finished) {
        /** Whether the run left the newest snapshot accepted and complete, wherever it was delivered. */
        public boolean isAccepted() {
            return outcome.equals(Outcome.COMPLETE.word())
                    || outcome.equals(Outcome.UNCHANGED.word())
                    || (outcome.equals(Outcome.UNDELIVERED.word()) && complete);
        }
    }

    /**
     * The run that {@code which} accepts and that ended last. A run that was killed leaves no summary, and a torn one is as good as none.
     *
     * @throws IOException when the folder cannot be read
     */
    public Optional<Past> newest(Predicate<Past> which) throws IOException {
        List<Path> byId = newestFirst();
        // Ids tell the order but for runs that followed each other at once, or a clock that was set back.
        Optional<Past> last = byId.stream()
                .limit(DOUBTFUL)
                .flatMap(run -> past(run).stream())
                .filter(which)
                .max(Comparator.comparing(Past::finished));
        if (last.isPresent()) {
            return last;
        }
        return byId.stream()
                .skip(DOUBTFUL)
                .flatMap(run -> past(run).stream())
                .filter(which)
                .findFirst();
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static Optional<Past> past(Path run) {
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(run.resolve("run_summary.json")));
            return Optional.of(new Past(
                    json.path("run").asText(),
                    json.path("outcome").asText(),
                    json.at("/verdict/complete").asBoolean(),
                    Instant.parse(json.path("finished").asText())));
        } catch (IOException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
