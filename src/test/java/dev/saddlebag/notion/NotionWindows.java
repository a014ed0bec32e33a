package dev.saddlebag.notion;

import java.time.Duration;

/** Notion's side: it counts in fixed windows of a minute and refuses what is too much. Time is a number. */
final class NotionWindows {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int limit;
    private final long offset;
    private long window = Long.MIN_VALUE;
    private int used;
    private long taken;
    private long refused;

    /** @param offset by how many seconds a window begins later than time 0 */
    NotionWindows(int limit, double offset) {
        this.limit = limit;
        this.offset = (long) (offset * 1e9);
    }

    /** Whether one more request is granted. */
    boolean take(long now) {
        long current = Math.floorDiv(now - offset, MINUTE);
        if (current != window) {
            window = current;
            used = 0;
        }
        if (used == limit) {
            refused++;
            return false;
        }
        used++;
        taken++;
        return true;
    }

    /** What the header says at a refusal: whole seconds. */
    String retryAfter(long now) {
        long left = MINUTE - Math.floorMod(now - offset, MINUTE);
        return Long.toString((left + 999_999_999) / 1_000_000_000);
    }

    long taken() {
        return taken;
    }

    long refused() {
        return refused;
    }
}
