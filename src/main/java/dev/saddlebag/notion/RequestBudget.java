package dev.saddlebag.notion;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many requests may be sent with one token. Notion counts in fixed windows of 60 seconds whose beginning nobody
 * knows (facts/notion-api.md §4.1). Whatever their beginning, none of them overflows while no sliding window of the same
 * length does, and a burst is allowed as long as there is room in the window.
 */
public final class RequestBudget {
    /**
     * A request is counted when it arrives. Two that left a full window apart can arrive closer together, so the sliding
     * window is this much longer than Notion's: 1 % of the budget buys a steady state without a 429.
     */
    private static final double MARGIN = 0.01;

    private final LongSupplier nanos;
    private final long window;
    private final long[] sent;
    private int next;
    private long count;
    private long closedUntil;
    private boolean closed;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();

    public RequestBudget(int requests, Duration window) {
        this(requests, window, System::nanoTime);
    }

    RequestBudget(int requests, Duration window, LongSupplier nanos) {
        if (requests < 1) {
            throw new IllegalArgumentException("A budget of " + requests + " requests lets nothing through");
        }
        this.sent = new long[requests];
        this.window = (long) (window.toNanos() * (1 + MARGIN));
        this.nanos = nanos;
    }

    /** Waits until one more request may be sent, and counts it. */
    public void acquire() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long wait = waitNanos();
            while (wait > 0) {
                changed.awaitNanos(wait);
                wait = waitNanos();
            }
            sent[next] = nanos.getAsLong();
            next = (next + 1) % sent.length;
            count++;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing through for {@code time}, whoever asks: Notion said so to one request and means all of them. */
    public void pause(Duration time) {
        lock.lock();
        try {
            long until = nanos.getAsLong() + time.toNanos();
            if (!closed || until - closedUntil > 0) {
                closed = true;
                closedUntil = until;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long until the next request may be sent, in nanoseconds; at most 0 when it may be sent now. */
    long waitNanos() {
        long now = nanos.getAsLong();
        if (closed && closedUntil - now <= 0) {
            closed = false;
        }
        long full = count < sent.length ? 0 : sent[next] + window - now;
        return closed ? Math.max(full, closedUntil - now) : full;
    }
}
