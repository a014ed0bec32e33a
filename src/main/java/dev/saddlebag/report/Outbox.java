package dev.saddlebag.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.saddlebag.configuration.ChannelSettings;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a channel could not bring, one file each in {@code <state>/outbox/<channel>}. They are tried again, with pauses
 * that grow, until they are sent or too old.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** For how long a message that is being sent is left alone by others; who died meanwhile loses no more than that. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    private static final Duration WITHOUT_CHANNEL = Duration.ofDays(7);
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final Settings settings;
    private final Redaction redaction;
    private final Clock clock;

    public Outbox(Settings settings, Clock clock) {
        this.folder = settings.stateDirectory().resolve("outbox");
        this.settings = settings;
        this.redaction = new Redaction(settings.secrets());
        this.clock = clock;
    }

    /**
     * A notice that waits.
     *
     * @param since when it was tried first
     * @param tries how often it was tried
     * @param next when it is tried again
     * @param error why the last try failed
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Waiting(String channel, Notice notice, String since, int tries, String next, String error) {
        boolean isDue(Instant now) {
            return !Instant.parse(next).isAfter(now);
        }
    }

    /** Notes that a channel has brought a notice. */
    public Telling sent(Notice notice, String channel) throws IOException {
        if (Files.deleteIfExists(file(channel, notice.id()))) {
            LOG.info("{} has brought what it could not before: {}", channel, notice.sentence());
        }
        return new Telling(channel, true, "");
    }

    /** Keeps a notice that a channel could not bring, unless it was a test. */
    public Telling keep(Notice notice, String channel, Exception failure) {
        String error = redaction.of(reason(failure));
        if (notice.topic() == Notice.Topic.TEST) {
            return new Telling(channel, false, error);
        }
        Path file = file(channel, notice.id());
        try {
            Optional<Waiting> before = read(file);
            int tries = before.map(Waiting::tries).orElse(0) + 1;
            Duration pause = pause(tries, failure);
            Instant next = clock.instant().plus(pause);
            String since = before.map(Waiting::since).orElse(clock.instant().toString());
            write(file, new Waiting(channel, notice.late(null), since, tries, next.toString(), error));
            LOG.error(
                    "{} could not bring a message about {}, for the {} time: {} It waits in {} and is tried again in {}."
                            + " What it says: {}",
                    channel,
                    notice.workspace(),
                    Words.nth(tries),
                    error,
                    file,
                    Words.span(pause),
                    notice.sentence());
        } catch (IOException unwritten) {
            LOG.error(
                    "{} could not bring a message about {} ({}), and it could not be kept either: {}. What it says: {}",
                    channel,
                    notice.workspace(),
                    error,
                    unwritten.toString(),
                    notice.sentence());
        }
        return new Telling(channel, false, error);
    }

    private static Duration pause(int tries, Exception failure) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 20));
        Duration grown = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        Duration asked = failure instanceof NotTakenException refused ? refused.retryAfter() : Duration.ZERO;
        return grown.compareTo(asked) < 0 ? asked : grown;
    }

    /** What went wrong itself, without what was around it. */
    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner && !(inner instanceof NotTakenException)) {
            inner = inner.getCause();
        }
        String said = String.valueOf(inner.getMessage()).strip();
        String sentence = inner instanceof NotTakenException || said.contains(" ")
                ? said
                : inner.getClass().getSimpleName() + ": " + said;
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /**
     * What is to be tried now. Who gets it has a quarter of an hour for it: nobody else tries it meanwhile.
     *
     * @return none while another process looks for the same
     */
    public List<Waiting> due() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Path lockFile = folder.resolve("lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? List.of() : claim();
        } catch (OverlappingFileLockException inThisProcess) {
            return List.of();
        }
    }

    private List<Waiting> claim() throws IOException {
        List<Waiting> due = new ArrayList<>();
        Instant now = clock.instant();
        for (Waiting waiting : all()) {
            Path file = file(waiting.channel(), waiting.notice().id());
            Optional<ChannelSettings> channel = settings.channel(waiting.channel());
            Duration patience = channel.map(ChannelSettings::keepTrying).orElse(WITHOUT_CHANNEL);
            if (Instant.parse(waiting.since()).plus(patience).isBefore(now)) {
                LOG.error(
                        "{} could not bring a message about {} in {} tries and {}, and it is given up: {} What it said: {}",
                        waiting.channel(),
                        waiting.notice().workspace(),
                        waiting.tries(),
                        Words.span(patience),
                        waiting.error(),
                        waiting.notice().sentence());
                Files.deleteIfExists(file);
            } else if (channel.isPresent() && waiting.isDue(now)) {
                Waiting leased = new Waiting(
                        waiting.channel(),
                        waiting.notice(),
                        waiting.since(),
                        waiting.tries(),
                        now.plus(LEASE).toString(),
                        waiting.error());
                write(file, leased);
                String why = "This comes late. It was written at %s; the try before this one failed: %s"
                        .formatted(waiting.notice().at(), waiting.error());
                due.add(new Waiting(
                        waiting.channel(),
                        waiting.notice().late(why),
                        waiting.since(),
                        waiting.tries(),
                        leased.next(),
                        waiting.error()));
            }
        }
        return due;
    }

    /** All that waits, the oldest first. */
    public List<Waiting> all() throws IOException {
        List<Waiting> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                read(file).ifPresent(all::add);
            }
        }
        all.sort(Comparator.comparing(Waiting::since).thenComparing(Waiting::channel));
        return all;
    }

    private static Optional<Waiting> read(Path file) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Waiting.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException torn) {
            LOG.error("{} cannot be read, and the message in it is not sent: {}", file, torn.getOriginalMessage());
            return Optional.empty();
        }
    }

    private static void write(Path file, Waiting waiting) throws IOException {
        Files.createDirectories(file.getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.write(whole, Json.PRETTY.writeValueAsBytes(waiting));
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String channel, String id) {
        return folder.resolve(channel).resolve(id + SUFFIX);
    }
}
