package dev.saddlebag.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, for each workspace, the last accepted complete snapshot: one small file in the state directory. When that
 * is lost, the record of the newest snapshot makes up for it.
 */
public final class Baselines {
    private static final Logger LOG = LoggerFactory.getLogger(Baselines.class);

    private final Path stateDirectory;
    private final Vaults vaults;
    private final Destinations destinations;

    /** Asks {@code vaults} when the state directory knows nothing, and the {@code destinations} when these don't either. */
    public Baselines(Path stateDirectory, Vaults vaults, Destinations destinations) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.destinations = destinations;
    }

    /** What {@code run} is measured against; empty at the first run, and when nobody knows any more. */
    Optional<Baseline> of(Run run) throws IOException {
        Path file = file(run);
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Baseline.class));
        } catch (NoSuchFileException firstOrLost) {
            return recovered(run);
        } catch (JsonProcessingException e) {
            LOG.warn("{} cannot be read ({}); the newest snapshot is asked instead", file, e.getOriginalMessage());
            return recovered(run);
        }
    }

    /** Makes the snapshot of {@code run} the one that the next are measured against. */
    public void accept(Run run) throws IOException {
        remember(run, new Baseline(run.id().value(), run.ledger().counts()));
    }

    private Optional<Baseline> recovered(Run run) throws IOException {
        String workspace = run.workspace().name();
        vaults.recover(workspace, destinations.vaults(run.workspace()));
        Optional<Sealed> newest = vaults.spool(workspace).baseline();
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Optional<Baseline> recorded = Baseline.recorded(newest.get());
        if (recorded.isPresent()) {
            // A partial snapshot may soon be the newest, and then nobody could tell any more.
            remember(run, recorded.get());
        }
        return recorded;
    }

    private void remember(Run run, Baseline baseline) throws IOException {
        Path file = file(run);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(file.getParent());
        Files.write(temporary, Json.PRETTY.writeValueAsBytes(baseline));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(Run run) {
        return stateDirectory.resolve(run.workspace().name()).resolve("baseline.json");
    }
}
