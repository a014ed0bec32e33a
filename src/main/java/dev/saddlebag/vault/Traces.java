package dev.saddlebag.vault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the names in {@code meta/} tell of one run, without opening any file.
 *
 * @param files all that the run, a copy of it or a prune of it has put there, sorted
 */
record Traces(RunId run, List<String> files) {
    private static final String PRUNED = ".pruned-";
    private static final String COPYING = ".copying-";

    Traces {
        files = List.copyOf(files);
    }

    /** The traces of every run in {@code listing}; names of a form that no vault has belong to nobody. */
    static SortedMap<RunId, Traces> of(Listing listing) {
        SortedMap<RunId, List<String>> files = new TreeMap<>();
        for (var name : listing.meta().keySet()) {
            var run = RunId.leading(name.substring(Names.META.length() + 1));
            if (run.isPresent() && isKnown(run.get(), name)) {
                files.computeIfAbsent(run.get(), any -> new ArrayList<>()).add(name);
            }
        }
        SortedMap<RunId, Traces> traces = new TreeMap<>();
        files.forEach((run, names) -> traces.put(run, new Traces(run, names)));
        return traces;
    }

    static String pruned(RunId run, Instant time) {
        return "meta/" + run + PRUNED + RunId.stamp(time);
    }

    static String copying(RunId run, Instant time) {
        return "meta/" + run + COPYING + RunId.stamp(time);
    }

    /** Whether {@code name} is the marker that hides {@code run}. */
    static boolean hides(String name, RunId run) {
        return name.startsWith("meta/" + run + PRUNED);
    }

    boolean isCommitted() {
        return files.contains(Names.signature(run));
    }

    boolean isAnnounced() {
        return files.contains(Names.list(run));
    }

    boolean isHidden() {
        return !markers(PRUNED).isEmpty();
    }

    /** The files that hide it. */
    List<String> hidingFiles() {
        return markers(PRUNED);
    }

    /** When it was hidden last. */
    Optional<Instant> hidden() {
        return newest(PRUNED);
    }

    /** When the run, or the last copy of it to here, began. */
    Instant begun() {
        return newest(COPYING).filter(copied -> copied.isAfter(run.started())).orElse(run.started());
    }

    /**
     * All files, in the order in which they can be deleted: whatever is left at any time tells as much as is left of
     * the snapshot, and the marker goes last.
     */
    List<String> inOrderOfDeletion() {
        var ordered = new ArrayList<String>();
        for (var name : List.of(
                Names.manifest(run),
                Names.manifest(run) + ".age",
                Names.record(run),
                Names.signature(run),
                Names.list(run))) {
            if (files.contains(name)) {
                ordered.add(name);
            }
        }
        ordered.addAll(markers(COPYING));
        ordered.addAll(markers(PRUNED));
        return ordered;
    }

    private static boolean isKnown(RunId run, String name) {
        var one = new Traces(run, List.of(name));
        return one.inOrderOfDeletion().contains(name);
    }

    private List<String> markers(String kind) {
        var prefix = "meta/" + run + kind;
        return files.stream()
                .filter(name -> name.startsWith(prefix)
                        && RunId.stamped(name.substring(prefix.length())).isPresent())
                .toList();
    }

    private Optional<Instant> newest(String kind) {
        var markers = markers(kind);
        return markers.isEmpty()
                ? Optional.empty()
                : RunId.stamped(markers.get(markers.size() - 1).substring(("meta/" + run + kind).length()));
    }
}
