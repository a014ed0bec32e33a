package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much a snapshot holds.
 *
 * @param fileBytes the size of all files together, each content counted once
 */
public record Counts(
        long pages,
        long databases,
        @JsonProperty("data_sources") long dataSources,
        long views,
        long blocks,
        long comments,
        long files,
        @JsonProperty("file_bytes") long fileBytes) {

    /** The number of objects that have a file of their own in the snapshot. */
    public long objects() {
        return pages + databases + dataSources + views;
    }
}
