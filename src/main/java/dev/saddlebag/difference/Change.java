package dev.saddlebag.difference;

import dev.saddlebag.snapshot.ObjectRef;
import java.util.Set;

/**
 * An object that is not in both snapshots alike.
 *
 * @param what one or more; what was added or removed is nothing else besides
 * @param before null when it was added
 * @param after null when it was removed
 * @param linesAdded how many lines of its text are new, {@code linesRemoved} gone
 * @param properties how many values or properties of a schema are different
 */
public record Change(
        ObjectRef object, Set<What> what, Side before, Side after, long linesAdded, long linesRemoved, int properties) {
    public Change {
        what = Set.copyOf(what);
    }

    /** As it is now, or was before it was removed. */
    public Side side() {
        return after == null ? before : after;
    }
}
