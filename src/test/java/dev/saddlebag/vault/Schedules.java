package dev.saddlebag.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The orders in which processes can meet. */
final class Schedules {
    private Schedules() {}

    /** Changes to the next process after each of these numbers of operations; then each goes on to its end. */
    static Turns.Schedule after(List<Integer> operations, int first) {
        return new Turns.Schedule() {
            private int segment;
            private int done;

            @Override
            public int next(int current, List<Integer> canGoOn) {
                if (current < 0) {
                    return Math.min(first, canGoOn.size() - 1);
                }
                var index = canGoOn.indexOf(current);
                done++;
                if (index >= 0 && (segment >= operations.size() || done <= operations.get(segment))) {
                    return index;
                }
                segment++;
                done = 0;
                return index < 0 ? 0 : (index + 1) % canGoOn.size();
            }
        };
    }

    /** Changes at a random moment now and then. */
    static Turns.Schedule random(long seed) {
        var random = new Random(seed);
        var often = 2 + random.nextInt(14);
        return (current, canGoOn) -> {
            var index = canGoOn.indexOf(current);
            return index >= 0 && random.nextInt(often) > 0 ? index : random.nextInt(canGoOn.size());
        };
    }

    /** Every way to change at most twice, each process having up to {@code length} operations, {@code step} apart. */
    static List<Turns.Schedule> twoChanges(int processes, int length, int step) {
        var schedules = new ArrayList<Turns.Schedule>();
        for (int first = 0; first < processes; first++) {
            for (int one = 0; one <= length; one += step) {
                for (int two = 0; two <= length; two += step) {
                    schedules.add(after(List.of(one, two), first));
                }
            }
        }
        return schedules;
    }

    /** Every way to change at most three times. */
    static List<Turns.Schedule> threeChanges(int processes, int length, int step) {
        var schedules = new ArrayList<Turns.Schedule>();
        for (int first = 0; first < processes; first++) {
            for (int one = 0; one <= length; one += step) {
                for (int two = 0; two <= length; two += step) {
                    for (int three = 0; three <= length; three += step) {
                        schedules.add(after(List.of(one, two, three), first));
                    }
                }
            }
        }
        return schedules;
    }
}
