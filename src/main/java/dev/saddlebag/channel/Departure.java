package dev.saddlebag.channel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers on the disk that a message was under way when nothing more was heard of it, so that whoever gets it a second time is
 * told so.
 */
final class Departure {
    private final Path file;
    private final Optional<Instant> before;

    private Departure(Path file, Optional<Instant> before) {
        this.file = file;
        this.before = before;
    }

    static Departure at(Path file) throws IOException {
        try {
            return new Departure(
                    file, Optional.of(Instant.parse(Files.readString(file).strip())));
        } catch (NoSuchFileException none) {
            return new Departure(file, Optional.empty());
        } catch (DateTimeException torn) {
            return new Departure(
                    file, Optional.of(Files.getLastModifiedTime(file).toInstant()));
        }
    }

    /** When the message left before, if nobody knows what became of it then. */
    Optional<Instant> before() {
        return before;
    }

    /** Notes that the message is about to leave. */
    void begin(Instant now) throws IOException {
        if (before.isPresent()) {
            return;
        }
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(StandardCharsets.US_ASCII.encode(now + "\n"));
            channel.force(true);
        }
    }

    /** Notes that the message did not leave this time. */
    void didNotLeave() throws IOException {
        if (before.isEmpty()) {
            Files.deleteIfExists(file);
        }
    }

    /** Notes that the message has arrived. */
    void arrived() throws IOException {
        Files.deleteIfExists(file);
    }
}
