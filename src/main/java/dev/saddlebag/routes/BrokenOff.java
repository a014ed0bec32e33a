package dev.saddlebag.routes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run notes at its beginning, so that it can go on should it be broken off.
 *
 * @param run its id
 * @param started when it began, ISO 8601 in UTC
 * @param depth how much it was to read
 * @param collected what it was to collect
 * @param parent the snapshot that it carries over from; empty when it reads everything
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BrokenOff(String run, String started, Depth depth, String collected, String parent) {
    static final String NOTE = "run";

    /** The run that left its work in {@code staging}, if one has. */
    static Optional<BrokenOff> in(Staging staging) throws IOException {
        try {
            var note = staging.note(NOTE);
            return note.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.MAPPER.treeToValue(note.get(), BrokenOff.class));
        } catch (JsonProcessingException otherVersion) {
            return Optional.empty();
        }
    }

    RunId id() {
        return RunId.parse(run);
    }

    Instant startedAt() {
        return Instant.parse(started);
    }

    /** Whether a run that begins now would do the same. */
    boolean goesOnAs(Depth wanted, String nowCollected, String nowParent) {
        return depth == wanted && collected.equals(nowCollected) && parent.equals(nowParent);
    }
}
