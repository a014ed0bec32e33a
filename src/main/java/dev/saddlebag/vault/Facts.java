package dev.saddlebag.vault;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the run knows about its snapshot and a list of snapshots should show.
 *
 * @param verdict the gate's, such as {@code accepted}
 * @param complete false when the run is partial: it has gaps beyond the tolerated
 * @param counts what the run counted, such as {@code pages}; {@code entries} and {@code bytes} are added
 * @param tool the program and its version, such as {@code saddlebag 0.1.0}
 */
public record Facts(String verdict, boolean complete, SortedMap<String, Long> counts, String tool) {
    public Facts {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public Facts(String verdict, boolean complete, Map<String, Long> counts, String tool) {
        this(verdict, complete, new TreeMap<>(counts), tool);
    }
}
