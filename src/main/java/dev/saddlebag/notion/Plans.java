package dev.saddlebag.notion;

/**
 * How many requests Notion's plans allow a connection in a window. No answer says which plan a workspace has
 * (facts/notion-api.md §4.1).
 */
final class Plans {
    /** Business and Enterprise. */
    static final int LARGEST = 600;

    /** All others. */
    static final int SMALLEST = 180;

    private static final double CAUTION = 0.9;
    private static final int LEAST = 10;

    private Plans() {}

    /** The most that may be allowed where {@code sent} requests were too many. */
    static int below(int sent) {
        if (sent > LARGEST) {
            return LARGEST;
        }
        return sent > SMALLEST ? SMALLEST : Math.max(LEAST, (int) (sent * CAUTION));
    }

    static boolean isPlan(int requests) {
        return requests == LARGEST || requests == SMALLEST;
    }
}
