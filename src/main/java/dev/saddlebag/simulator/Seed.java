package dev.saddlebag.simulator;

/**
 * The number from which the whole sample workspace follows. Every question that is asked with the same coordinates gets
 * the same answer, in any order and on any machine, so nothing of the workspace has to be kept.
 */
record Seed(long value) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** A bijection on 64 bits that scatters neighbours (the finalizer of SplitMix64). */
    static long scatter(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    long hash(long a, long b, long c) {
        long mixed = scatter(value + GOLDEN);
        mixed = scatter(mixed ^ (a + GOLDEN));
        mixed = scatter(mixed ^ (b - GOLDEN));
        return scatter(mixed ^ (c ^ GOLDEN));
    }

    /** A number from 0 to {@code bound - 1}. */
    int below(int bound, long a, long b, long c) {
        return (int) Long.remainderUnsigned(hash(a, b, c), bound);
    }

    Dice dice(long a, long b, long c) {
        return new Dice(hash(a, b, c));
    }

    /** A sequence of numbers that follows from where it began. */
    static final class Dice {
        private long state;

        private Dice(long state) {
            this.state = state;
        }

        long next() {
            state += GOLDEN;
            return scatter(state);
        }

        /** A number from 0 to {@code bound - 1}. */
        int below(int bound) {
            return (int) Long.remainderUnsigned(next(), bound);
        }

        boolean oneIn(int n) {
            return below(n) == 0;
        }

        <T> T pick(java.util.List<T> from) {
            return from.get(below(from.size()));
        }
    }
}
