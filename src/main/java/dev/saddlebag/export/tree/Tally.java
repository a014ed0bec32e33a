package dev.saddlebag.export.tree;

import java.util.EnumMap;
import java.util.Map;

/** How many links of which kind the pages and tables of an export have. */
final class Tally {
    private final Map<Link.What, Long> links = new EnumMap<>(Link.What.class);
    private long repaired;

    void add(Link link) {
        links.merge(link.what(), 1L, Long::sum);
        repaired += link.repaired() ? 1 : 0;
    }

    long of(Link.What what) {
        return links.getOrDefault(what, 0L);
    }

    /** How many lead where they should only because the id in them was looked up. */
    long repaired() {
        return repaired;
    }
}
