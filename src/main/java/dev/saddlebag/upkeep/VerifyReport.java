package dev.saddlebag.upkeep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.report.UpkeepNotices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What the last verification of one destination found: what stands in {@code verified/<destination>.json}.
 *
 * @param verified when it began, ISO 8601 in UTC
 * @param files how many stored files it read
 * @param bytes their size
 * @param ofFiles how many stored files the snapshots there need
 * @param oldestRead when the file was read that was not read for the longest; empty when none is to be read
 * @param damage what is damaged, in sentences, but for what is known to be lost
 * @param lost what a repair found lost for good
 * @param error why nothing could be verified, in words; empty when it could
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record VerifyReport(
        String workspace,
        String destination,
        String verified,
        int files,
        long bytes,
        int ofFiles,
        String oldestRead,
        List<String> damage,
        List<String> lost,
        String error)
        implements UpkeepNotices.Verification {

    public VerifyReport {
        damage = List.copyOf(damage);
        lost = List.copyOf(lost);
    }

    /** Whether everything that was looked at is as it was written. */
    @JsonIgnore
    public boolean isSound() {
        return damage.isEmpty() && lost.isEmpty() && error.isEmpty();
    }

    /** The whole report in a sentence or two. */
    @Override
    public String sentence() {
        String subject = workspace + " at " + destination + ": ";
        if (!error.isEmpty()) {
            return subject + "could not be verified: " + error;
        }
        String read =
                "read " + files + " of " + ofFiles + " stored files (" + Sizes.text(bytes) + "), and all listings";
        if (!damage.isEmpty()) {
            return subject + read + "; findings of DAMAGE: " + damage.size() + ". The first: " + damage.get(0)
                    + ". Run \"saddlebag repair --workspace " + workspace + " --destination " + destination + "\".";
        }
        return subject + read + "; "
                + (lost.isEmpty()
                        ? "all is as it was written."
                        : "all else is as it was written. Known to be lost in older snapshots: " + lost.size() + ".");
    }

    /** The report of the last verification; empty when there was none. */
    public static Optional<VerifyReport> last(Path stateDirectory, String workspace, String destination)
            throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(
                    Files.readAllBytes(file(stateDirectory, workspace, destination)), VerifyReport.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void save(Path stateDirectory) throws IOException {
        Path file = file(stateDirectory, workspace, destination);
        Files.createDirectories(file.getParent());
        Path temporary = Files.createTempFile(file.getParent(), destination, ".tmp");
        Files.write(temporary, Json.PRETTY.writeValueAsBytes(this));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path file(Path stateDirectory, String workspace, String destination) {
        return folder(stateDirectory, workspace).resolve(destination + ".json");
    }

    static Path folder(Path stateDirectory, String workspace) {
        return stateDirectory.resolve(workspace).resolve("verified");
    }
}
