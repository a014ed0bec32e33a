package dev.saddlebag.gate;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the files of a snapshot by their kinds, each content once. */
final class FileTotals {
    /**
     * How much there is of one kind.
     *
     * @param bytes the size of all of them together
     */
    record Total(long files, long bytes) {
        static final Total NONE = new Total(0, 0);

        private Total plus(Total other) {
            return new Total(files + other.files, bytes + other.bytes);
        }
    }

    private static final int SIGNIFICANT = 15;

    private final SortedMap<String, Total> totals = new TreeMap<>();
    private final Set<Long> seen = new HashSet<>();

    /**
     * Counts a file, unless its content was counted before.
     *
     * @param name its name, path or address without its query
     */
    void add(String name, String sha256, long size) {
        // The first 60 bits tell the files of a workspace apart as well as all 256.
        if (seen.add(Long.parseLong(sha256.substring(0, SIGNIFICANT), 16))) {
            totals.merge(FileKind.of(name).word(), new Total(1, size), Total::plus);
        }
    }

    /** All kinds together. */
    Total total() {
        return totals.values().stream().reduce(Total.NONE, Total::plus);
    }

    /** What was counted, by the word of the kind. */
    SortedMap<String, Total> byKind() {
        return Collections.unmodifiableSortedMap(totals);
    }
}
