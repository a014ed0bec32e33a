package dev.saddlebag.gate;

import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The verdicts on the runs of a workspace, as the gate has kept them. */
public final class Verdicts {
    private static final String FILE = "verdict.json";
    private static final String TAKEN = "held.json";

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
        write(run, FILE, verdict);
    }

    /** What is known of a held run that somebody took, so that the end of that can be repeated. */
    Optional<HeldRun> taken(String run) throws IOException {
        try {
            return Optional.of(
                    Json.MAPPER.readValue(Files.readAllBytes(runs.resolve(run).resolve(TAKEN)), HeldRun.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void keepTaken(String run, HeldRun taken) throws IOException {
        write(run, TAKEN, taken);
    }

    private void write(String run, String name, Object content) throws IOException {
        Path file = runs.resolve(run).resolve(name);
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(name + ".tmp");
        Files.write(temporary, Json.PRETTY.writeValueAsBytes(content));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
