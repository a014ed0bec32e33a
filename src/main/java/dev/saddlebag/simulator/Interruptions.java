package dev.saddlebag.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** What is done in the middle of a run, when a certain request arrives. Safe for use by many threads. */
final class Interruptions {
    private record Interruption(Predicate<Faults.Call> which, Runnable action) {}

    private final List<Interruption> waiting = new ArrayList<>();

    synchronized void add(Predicate<Faults.Call> which, Runnable action) {
        waiting.add(new Interruption(which, action));
    }

    /** Does what has waited for this request, in the order in which it was added. */
    void before(Faults.Call call) {
        // Not under the lock, so that an action may ask the simulator itself.
        due(call).forEach(Runnable::run);
    }

    private synchronized List<Runnable> due(Faults.Call call) {
        List<Runnable> due = new ArrayList<>();
        for (Iterator<Interruption> all = waiting.iterator(); all.hasNext(); ) {
            Interruption next = all.next();
            if (next.which().test(call)) {
                due.add(next.action());
                all.remove();
            }
        }
        return due;
    }
}
