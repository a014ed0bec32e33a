package dev.saddlebag.gate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.vault.Facts;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last accepted complete snapshot of a source as a whole, against which the next one is measured.
 *
 * @param run its id
 * @param source where its content came from
 * @param files its files by kinds; empty when they are not known
 * @param numbers what the run noticed besides, by what it counts
 * @param items whether its pages and databases are known one by one
 * @param contents whether it is known how much is in each page
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Baseline(
        String run,
        Source source,
        Counts counts,
        SortedMap<String, FileTotals.Total> files,
        SortedMap<String, Long> numbers,
        boolean items,
        boolean contents) {

    public Baseline {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /** A snapshot of which nothing but its numbers is known. */
    static Baseline counted(String run, Source source, Counts counts) {
        return new Baseline(run, source, counts, new TreeMap<>(), new TreeMap<>(), false, false);
    }

    /** What a record says of the snapshot, when that one was accepted and complete: no other is a measure. */
    static Optional<Counts> recorded(Facts facts) throws IOException {
        if (!facts.complete() || !facts.verdict().equals(Verdict.ACCEPTED)) {
            return Optional.empty();
        }
        JsonNode recorded = Json.MAPPER.valueToTree(facts.counts());
        // The record has counts of the vault beside those of the run.
        return Optional.of(Json.MAPPER
                .readerFor(Counts.class)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(recorded));
    }
}
