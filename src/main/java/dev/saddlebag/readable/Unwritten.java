package dev.saddlebag.readable;

import dev.saddlebag.snapshot.ObjectRef;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** The objects of one run of which a readable file could not be made. Many threads write into it. */
public final class Unwritten {
    private static final int NAMED = 5;

    private final Set<String> objects = new ConcurrentSkipListSet<>();

    void add(ObjectRef object, String title) {
        String name = title.isBlank() ? "one without a title" : '"' + title + '"';
        objects.add(object.kind().word().replace('_', ' ') + " " + name + " ("
                + object.kind().path(object.id()) + ")");
    }

    /** What people should know; empty when all could be made. */
    Optional<String> sentence() {
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        int more = objects.size() - NAMED;
        return Optional.of("This version could not make each readable file of "
                + (objects.size() == 1 ? "an object" : objects.size() + " objects")
                + ", which are in the snapshot whole all the same: "
                + objects.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "")
                + ". The log has the reasons; please report them.");
    }
}
