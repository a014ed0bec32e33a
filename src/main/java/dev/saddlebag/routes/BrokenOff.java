package dev.saddlebag.routes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
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
 * @param source how it was to collect
 * @param because why that is not the first source of the workspace; empty when it is
 * @param given what a person gave it; empty when it asks Notion
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BrokenOff(
        String run,
        String started,
        Depth depth,
        String collected,
        String parent,
        Source source,
        String because,
        String given) {
    static final String NOTE = "run";

    BrokenOff {
        // A run of an earlier version, which could collect through the API only.
        source = source == null ? Source.API : source;
        because = because == null ? "" : because;
        given = given == null ? "" : given;
    }

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

    /** Whether a run that begins now would do the same. An export is of everything, whatever depth was asked for. */
    boolean goesOnAs(Source now, Depth wanted, String nowCollected, String nowParent, String nowGiven) {
        return source == now
                && (depth == wanted || source == Source.EXPORT)
                && collected.equals(nowCollected)
                && parent.equals(nowParent)
                && given.equals(nowGiven);
    }
}
