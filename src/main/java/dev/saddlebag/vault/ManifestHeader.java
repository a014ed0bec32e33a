package dev.saddlebag.vault;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first line of a manifest.
 *
 * @param counts {@code entries} and {@code bytes} (of the files before packing), and whatever else the caller counts
 * @param files the stored files that the entries point into
 * @param packed how many bytes, before packing, were put into each pack among them when it was made; packs of before this
 *     was noted are missing
 */
record ManifestHeader(
        RunId id, String workspace, Map<String, Long> counts, List<String> files, Map<String, Long> packed) {
    static final String ENTRIES = "entries";
    static final String BYTES = "bytes";

    ManifestHeader {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        files = List.copyOf(files);
        packed = Collections.unmodifiableSortedMap(new TreeMap<>(packed));
    }

    long entries() {
        return counts.getOrDefault(ENTRIES, 0L);
    }

    long bytes() {
        return counts.getOrDefault(BYTES, 0L);
    }
}
