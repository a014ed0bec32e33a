package dev.saddlebag.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which troubles were told, in one small file for each in {@code <state>/<workspace>/alarms}: the same one is told
 * once and then once a day, and its end is told too. When in doubt it is told.
 */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    /** A day less the time by which a daily run may begin or end earlier than the last one. */
    private static final Duration DAILY = Duration.ofHours(23);

    private static final Pattern RUN_IDS = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{6}");
    private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9.,:]*");

    private final Path stateDirectory;
    private final Clock clock;

    Alarms(Path stateDirectory, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    /**
     * A trouble that goes on.
     *
     * @param problem what it is, without what differs from one time to the next
     * @param since the first time
     * @param times how often it was the case
     * @param told when it was last told
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Trouble(String problem, String since, int times, String told) {
        Instant sinceWhen() {
            return Instant.parse(since);
        }
    }

    /** What a problem is, without the numbers and the names of runs in it. */
    static String essence(String words) {
        return NUMBERS.matcher(RUN_IDS.matcher(words).replaceAll("")).replaceAll("#");
    }

    /** What is remembered of a topic. */
    Optional<Trouble> known(String workspace, String topic) {
        Path file = file(workspace, topic);
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Trouble.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read, so that what was told before is told again: {}", file, unreadable.toString());
            return Optional.empty();
        }
    }

    /**
     * Notes that {@code problem} is the case.
     *
     * @return the trouble if it is to be told now; empty if it was told less than a day ago
     */
    Optional<Trouble> raise(String workspace, String topic, String problem) {
        String now = clock.instant().toString();
        Optional<Trouble> before =
                known(workspace, topic).filter(known -> known.problem().equals(problem));
        boolean tell = before.isEmpty()
                || !Instant.parse(before.get().told()).plus(DAILY).isAfter(clock.instant());
        Trouble trouble = new Trouble(
                problem,
                before.map(Trouble::since).orElse(now),
                before.map(Trouble::times).orElse(0) + 1,
                tell ? now : before.get().told());
        keep(file(workspace, topic), trouble);
        return tell ? Optional.of(trouble) : Optional.empty();
    }

    /**
     * Notes that nothing is the matter.
     *
     * @return the trouble that has ended now, if there was one
     */
    Optional<Trouble> settle(String workspace, String topic) {
        Optional<Trouble> ended = known(workspace, topic);
        try {
            Files.deleteIfExists(file(workspace, topic));
        } catch (IOException kept) {
            LOG.warn("{} cannot be deleted: {}", file(workspace, topic), kept.toString());
        }
        return ended;
    }

    private static void keep(Path file, Trouble trouble) {
        try {
            Files.createDirectories(file.getParent());
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.write(whole, Json.PRETTY.writeValueAsBytes(trouble));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            // Who does not remember tells it again, which is the lesser evil.
            LOG.warn("{} cannot be written, so that the same will be told again: {}", file, full.toString());
        }
    }

    private Path file(String workspace, String topic) {
        return stateDirectory.resolve(workspace).resolve("alarms").resolve(topic + ".json");
    }
}
