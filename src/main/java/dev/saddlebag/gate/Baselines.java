package dev.saddlebag.gate;

import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Remembers, for each workspace, the last accepted complete snapshot: one small file in the state directory. */
public final class Baselines {
    private final Path stateDirectory;

    public Baselines(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    Optional<Baseline> of(String workspace) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file(workspace)), Baseline.class));
        } catch (NoSuchFileException firstRun) {
            return Optional.empty();
        }
    }

    /** Makes the snapshot of {@code run} the one that the next are measured against. */
    public void accept(Run run) throws IOException {
        Path file = file(run.workspace().name());
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(file.getParent());
        Baseline baseline = new Baseline(run.id().value(), run.ledger().counts());
        Files.write(temporary, Json.PRETTY.writeValueAsBytes(baseline));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String workspace) {
        return stateDirectory.resolve(workspace).resolve("baseline.json");
    }
}
