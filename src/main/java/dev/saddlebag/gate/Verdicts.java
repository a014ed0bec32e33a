package dev.saddlebag.gate;

import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The verdicts on the runs of a workspace, as the gate has kept them. */
public final class Verdicts {
    private static final String FILE = "verdict.json";

    private final Path runs;

    /** Those of {@code workspace} in a state directory, which need not be there. */
    public Verdicts(Path stateDirectory, String workspace) {
        this.runs = stateDirectory.resolve(workspace).resolve("runs");
    }

    /** The verdict on a run; empty when it did not come so far, or was made by a version that kept none. */
    public Optional<Verdict> of(String run) throws IOException {
        try {
            return Optional.of(
                    Json.MAPPER.readValue(Files.readAllBytes(runs.resolve(run).resolve(FILE)), Verdict.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The ids of the runs that have a verdict, newest first. */
    public List<String> runs() throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            return all.filter(run -> Files.exists(run.resolve(FILE)))
                    .map(run -> run.getFileName().toString())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    void keep(String run, Verdict verdict) throws IOException {
        Path file = runs.resolve(run).resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, Json.PRETTY.writeValueAsBytes(verdict));
    }
}
