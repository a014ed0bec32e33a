package dev.saddlebag.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param source where its content came from; null when nobody knows
 * @param format the format of an export, such as {@code markdown}; null when it is none, or nobody knows
 * @param files its files by kinds; empty when they are not known
 * @param numbers what the run noticed besides, by what it counts
 * @param items whether its pages and databases are known one by one
 * @param contents whether it is known how much is in each page
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Baseline(
        String run,
        Source source,
        String format,
        Counts counts,
        SortedMap<String, FileTotals.Total> files,
        SortedMap<String, Long> numbers,
        boolean items,
        boolean contents) {

    private static final Counts NOTHING = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    public Baseline {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /** A snapshot of which nothing but its numbers is known. */
    static Baseline counted(String run, Source source, Counts counts) {
        return new Baseline(run, source, null, counts, new TreeMap<>(), new TreeMap<>(), false, false);
    }

    /** A snapshot of which nothing is known but that it was accepted. */
    static Baseline named(String run) {
        return counted(run, null, NOTHING);
    }

    /** Whether there is nothing to compare with. */
    @JsonIgnore
    boolean isNameOnly() {
        return !items && counts.equals(NOTHING);
    }

    /** The format of an export, by what {@code workspace.json} says of it; null when that names none. */
    static String format(JsonNode about) {
        return about.at("/export/format").textValue();
    }

    /** Whether a snapshot is a measure for others: one that is accepted and complete. */
    static boolean isMeasure(Facts facts) {
        return facts.complete() && facts.verdict().equals(Verdict.ACCEPTED);
    }

    /** What a record says of the snapshot; that of an encrypted one keeps its counts to itself. */
    static Optional<Counts> recorded(Facts facts) throws IOException {
        if (!facts.counts().containsKey("pages")) {
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
