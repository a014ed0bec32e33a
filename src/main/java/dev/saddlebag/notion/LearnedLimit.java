package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a workspace's refusals have taught about its request limit: one small file in the state directory. It is
 * forgotten after a week, so that a larger plan is noticed; the price is one refusal a week on the smaller one.
 */
public final class LearnedLimit {
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final Path file;
    private final Clock clock;

    /** @param file need not exist, and its folder neither */
    public LearnedLimit(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** How many requests a window allows, as far as is known: what was learned, or what Notion's largest plan allows. */
    public int requests() {
        return read().orElse(Plans.LARGEST);
    }

    void remember(int requests) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        var learned = Json.MAPPER
                .createObjectNode()
                .put("limit", requests)
                .put("learned", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(temporary, Json.PRETTY.writeValueAsBytes(learned));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notWritable) {
            // It is learned again by the next run. The request at hand has nothing to do with this disk.
        }
    }

    private Optional<Integer> read() {
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            int limit = json.path("limit").asInt();
            Duration age = Duration.between(Instant.parse(json.path("learned").asText()), clock.instant());
            boolean believable = limit >= 1 && limit < Plans.LARGEST && !age.isNegative();
            return believable && age.compareTo(LIFETIME) < 0 ? Optional.of(limit) : Optional.empty();
        } catch (NoSuchFileException nothingLearned) {
            return Optional.empty();
        } catch (IOException | DateTimeException unreadable) {
            // It is worth one refusal, and no failed run.
            return Optional.empty();
        }
    }
}
