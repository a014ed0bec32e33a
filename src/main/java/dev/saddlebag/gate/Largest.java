package dev.saddlebag.gate;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few largest of many; which of equals, the order of arrival decides. */
final class Largest<T> {
    private record Sized<T>(T thing, long size, long arrived) {}

    private final int most;
    private final PriorityQueue<Sized<T>> kept = new PriorityQueue<>(Comparator.<Sized<T>>comparingLong(Sized::size)
            .thenComparing(Comparator.<Sized<T>>comparingLong(Sized::arrived).reversed()));
    private long arrived;

    Largest(int most) {
        this.most = most;
    }

    void add(T thing, long size) {
        kept.add(new Sized<>(thing, size, arrived++));
        if (kept.size() > most) {
            kept.poll();
        }
    }

    /** The largest first. */
    List<T> all() {
        return kept.stream()
                .sorted(kept.comparator().reversed())
                .map(Sized::thing)
                .toList();
    }
}
