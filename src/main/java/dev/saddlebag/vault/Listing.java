package dev.saddlebag.vault;

import java.io.IOException;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the listings of a vault show: the full truth about a destination (facts/vault-study.md §0). */
record Listing(SortedMap<String, Long> top, SortedMap<String, Long> data, SortedMap<String, Long> meta) {
    private static final String SIGNATURE = ".sha256.sig";
    private static final String LIST = ".sha256";

    /** Lists {@code meta} before {@code data}: what a snapshot needs was put before its signature. */
    static Listing read(Store store) throws IOException {
        var top = sizes(store, "");
        var meta = sizes(store, Names.META);
        return new Listing(top, sizes(store, Names.DATA), meta);
    }

    static Listing ofMeta(Store store) throws IOException {
        return new Listing(new TreeMap<>(), new TreeMap<>(), sizes(store, Names.META));
    }

    /** The runs whose signature is there, without the pruned ones. */
    NavigableSet<RunId> committed() {
        var committed = ending(SIGNATURE);
        committed.removeAll(pruned());
        return committed;
    }

    /** The runs that have announced themselves. */
    NavigableSet<RunId> announced() {
        return ending(LIST);
    }

    /** The runs that retention has hidden. */
    NavigableSet<RunId> pruned() {
        var pruned = new TreeSet<RunId>();
        for (var name : meta.keySet()) {
            var rest = name.substring(Names.META.length() + 1);
            RunId.leading(rest)
                    .filter(run -> rest.startsWith(".pruned-", run.value().length()))
                    .ifPresent(pruned::add);
        }
        return pruned;
    }

    /** Bytes of a stored file; -1 when it is not there. */
    long size(String name) {
        return meta.getOrDefault(name, data.getOrDefault(name, top.getOrDefault(name, -1L)));
    }

    private NavigableSet<RunId> ending(String suffix) {
        var runs = new TreeSet<RunId>();
        for (var name : meta.keySet()) {
            var rest = name.substring(Names.META.length() + 1);
            RunId.leading(rest).filter(run -> rest.equals(run + suffix)).ifPresent(runs::add);
        }
        return runs;
    }

    static SortedMap<String, Long> sizes(Store store, String folder) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        for (var stored : store.list(folder)) {
            sizes.put(stored.name(), stored.size());
        }
        return sizes;
    }
}
