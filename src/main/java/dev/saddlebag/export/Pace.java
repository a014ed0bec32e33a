package dev.saddlebag.export;

import java.time.Duration;

/**
 * How long to wait before the next question. An export of seconds is noticed at once, one of hours is not asked about every
 * five seconds (facts/notion-export.md §1.6).
 *
 * @param interval the first and shortest wait
 */
record Pace(Duration interval) {
    private static final int SLOWEST = 12;
    private static final int SHARE = 25;
    private static final int STEEPEST = 6;

    /** The wait after an answer, when {@code elapsed} has passed since the waiting began: a 25th of it. */
    Duration after(Duration elapsed) {
        return clamp(elapsed.dividedBy(SHARE));
    }

    /** The wait after the {@code nth} question in a row that was not answered, or as long as the host asks for. */
    Duration afterMiss(int nth, Duration askedFor) {
        Duration own = clamp(interval.multipliedBy(1L << Math.min(STEEPEST, Math.max(0, nth - 1))));
        return own.compareTo(askedFor) > 0 ? own : askedFor;
    }

    /** The longest wait. */
    Duration slowest() {
        return interval.multipliedBy(SLOWEST);
    }

    private Duration clamp(Duration wait) {
        if (wait.compareTo(interval) < 0) {
            return interval;
        }
        return wait.compareTo(slowest()) > 0 ? slowest() : wait;
    }
}
