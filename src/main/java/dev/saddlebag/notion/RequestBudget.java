package dev.saddlebag.notion;

import java.time.Duration;
import java.util.OptionalInt;
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
    private final long begun;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final SentTimes sent;
    private int limit;
    private long closedUntil;
    private boolean closed;
    private long fell;
    private boolean fallen;

    public RequestBudget(int requests, Duration window) {
        this(requests, window, System::nanoTime);
    }

    RequestBudget(int requests, Duration window, LongSupplier nanos) {
        this.limit = atLeastOne(requests);
        this.sent = new SentTimes(requests);
        this.window = (long) (window.toNanos() * (1 + MARGIN));
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    /** How many requests one window allows now. */
    public int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    /** From now on one window allows {@code requests}. What was sent before counts, and whoever waits may go on sooner. */
    public void limitTo(int requests) {
        lock.lock();
        try {
            limit = atLeastOne(requests);
            sent.makeRoom(requests);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
            sent.add(nanos.getAsLong());
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

    /**
     * Notion says that more was sent than it allows this token in a window: the limit falls below what was sent.
     *
     * @return the new limit; empty when this refusal teaches nothing
     */
    OptionalInt fall() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            if (fallen && now - fell < window) {
                // Notion is still counting in the window of the last lesson.
                return OptionalInt.empty();
            }
            int counted = sent.since(now - window);
            int lower = Plans.below(counted);
            boolean watchedAll = now - begun >= window;
            if (lower >= limit || (!watchedAll && !Plans.isPlan(lower))) {
                // A process that ended a moment ago may have sent most of what Notion counts in this window: what this
                // one sent says too little about a limit that belongs to no plan.
                return OptionalInt.empty();
            }
            fallen = true;
            fell = now;
            limitTo(lower);
            return OptionalInt.of(lower);
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
        long full = sent.known() < limit ? 0 : sent.latest(limit) + window - now;
        return closed ? Math.max(full, closedUntil - now) : full;
    }

    private static int atLeastOne(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("A budget of " + requests + " requests lets nothing through");
        }
        return requests;
    }
}
