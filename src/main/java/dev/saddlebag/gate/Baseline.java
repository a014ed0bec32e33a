package dev.saddlebag.gate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.util.Optional;

/**
 * The last accepted complete snapshot, against which the next one is measured.
 *
 * @param run its id
 */
public record Baseline(String run, Counts counts) {

    /** What {@code snapshot} says of itself, when that one was accepted and complete: no other is a measure. */
    static Optional<Baseline> recorded(Sealed snapshot) throws IOException {
        Facts facts = snapshot.facts();
        if (!facts.complete() || !facts.verdict().equals(Verdict.ACCEPTED)) {
            return Optional.empty();
        }
        JsonNode recorded = Json.MAPPER.valueToTree(facts.counts());
        // The record has counts of the vault beside those of the run.
        Counts counts = Json.MAPPER
                .readerFor(Counts.class)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(recorded);
        return Optional.of(new Baseline(snapshot.id().value(), counts));
    }
}
