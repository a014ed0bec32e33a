package dev.saddlebag.gate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is gone, told apart by its fate, with the largest by name. */
final class Loss {
    private static final int NAMED = 3;

    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    private final Map<Fate, Largest<Item>> largest = new EnumMap<>(Fate.class);

    void add(Item item, long size, Fate fate) {
        counts.merge(fate, 1L, Long::sum);
        largest.computeIfAbsent(fate, unused -> new Largest<>(NAMED)).add(item, size);
    }

    void add(Loss other) {
        other.counts.forEach((fate, count) -> counts.merge(fate, count, Long::sum));
        other.largest.forEach((fate, items) -> {
            Largest<Item> own = largest.computeIfAbsent(fate, unused -> new Largest<>(NAMED));
            items.all().forEach(item -> own.add(item, item.blocks()));
        });
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Where all of it is now, in sentences; empty when nothing is gone. */
    String sentence() {
        List<String> parts = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            part(fate, parts);
        }
        return parts.isEmpty() ? "" : " Of these: " + String.join("; ", parts) + ".";
    }

    private void part(Fate fate, List<String> parts) {
        Long count = counts.get(fate);
        if (count != null) {
            List<String> names = largest.get(fate).all().stream()
                    .map(item -> Words.quoted(item.title()))
                    .toList();
            parts.add(count + fate.words() + " (" + Words.list(names, count) + ")");
        }
    }
}
