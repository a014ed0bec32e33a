package dev.saddlebag.collect;

import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.ObjectRef;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/**
 * What is still to be collected. The walk through a workspace is one parallel Splitter over this iterator: collecting one
 * object adds those that it reveals, and the iterator ends when nothing is left and nobody is at work who could add more.
 *
 * <p>Every object comes up once, however often it is revealed. At most {@code width} objects are handed out at a time, so
 * that the Splitter never runs ahead of the work; whoever got one must give it back with {@link #done}.
 */
public final class Frontier implements Iterator<ObjectRef> {
    private final int width;
    private final Ledger ledger;
    private final Map<Kind, Set<UUID>> known = new EnumMap<>(Kind.class);
    private final Map<Kind, Queue<UUID>> waiting = new EnumMap<>(Kind.class);
    private int atWork;
    private boolean stopped;

    /**
     * An empty frontier.
     *
     * @param width how many objects may be at work at a time
     * @param ledger is told of every object that is met
     */
    Frontier(int width, Ledger ledger) {
        this.width = width;
        this.ledger = ledger;
        for (Kind kind : Kind.values()) {
            known.put(kind, new HashSet<>());
            waiting.put(kind, new ArrayDeque<>());
        }
    }

    /** Adds an object unless it is known already; tells whether it was new. */
    public synchronized boolean add(ObjectRef ref) {
        UUID id = UUID.fromString(ref.id());
        if (!known.get(ref.kind()).add(id)) {
            return false;
        }
        waiting.get(ref.kind()).add(id);
        ledger.objectMet();
        notifyAll();
        return true;
    }

    /** Whether the object has been met. */
    public synchronized boolean knows(ObjectRef ref) {
        return known.get(ref.kind()).contains(UUID.fromString(ref.id()));
    }

    /** Says that the work on one object that {@link #next} handed out has ended, well or not. */
    public synchronized void done() {
        atWork--;
        notifyAll();
    }

    /** Ends the walk: nothing more is handed out, what is at work may finish. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Whether there may be more. The Splitter asks this before it passes on the object that it holds, so the answer must
     * not wait for that object's end: as long as anybody is at work it is yes.
     */
    @Override
    public synchronized boolean hasNext() {
        return atWork > 0 || somethingWaits();
    }

    /** The next object, or null when it turns out that there is none: the Splitter passes over a null. */
    @Override
    public synchronized ObjectRef next() {
        try {
            while (atWork >= width || (atWork > 0 && !somethingWaits())) {
                wait();
            }
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
            stopped = true;
            throw new NoSuchElementException("The walk was interrupted");
        }
        // Databases first: the rows that a query shows in full need not be asked for one by one.
        for (Kind kind : new Kind[] {Kind.DATA_SOURCE, Kind.DATABASE, Kind.PAGE}) {
            UUID id = stopped ? null : waiting.get(kind).poll();
            if (id != null) {
                atWork++;
                return new ObjectRef(kind, id.toString());
            }
        }
        return null;
    }

    private boolean somethingWaits() {
        return !stopped && waiting.values().stream().anyMatch(queue -> !queue.isEmpty());
    }
}
