package dev.saddlebag.collect;

import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.ObjectRef;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;

/**
 * What is still to be collected. The walk through a workspace is one parallel Splitter over this iterator: collecting one
 * object adds those that it reveals, and the iterator ends when nothing is left and nobody is at work who could add more.
 *
 * <p>Every object comes up once, however often it is revealed. At most {@code width} objects are handed out at a time, so
 * that the Splitter never runs ahead of the work; whoever got one must give it back with {@link #done}.
 *
 * <p>What a listing shows in full costs no request of its own. So a page that is only named somewhere waits until all
 * listings that might show it have been read.
 */
public final class Frontier implements Iterator<ObjectRef> {
    /** Data sources first: the rows that a query shows in full need not be asked for one by one. */
    private static final List<Kind> ORDER = List.of(Kind.DATA_SOURCE, Kind.DATABASE, Kind.VIEW, Kind.PAGE, Kind.BLOCK);

    private final int width;
    private final Ledger ledger;
    private final Map<Kind, Set<UUID>> known = new EnumMap<>(Kind.class);
    private final Map<Kind, Set<UUID>> waiting = new EnumMap<>(Kind.class);
    private final Map<Kind, Set<UUID>> named = new EnumMap<>(Kind.class);
    private final Set<ObjectRef> atWork = new HashSet<>();

    /** Pages that stand in a block, with the block: until the page comes up in a block tree, it may be unknown to us. */
    private final Map<UUID, UUID> unplaced = new HashMap<>();

    private final Set<UUID> placed = new HashSet<>();
    private final Set<ObjectRef> lookedAt = new HashSet<>();
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
            waiting.put(kind, new LinkedHashSet<>());
            named.put(kind, new LinkedHashSet<>());
        }
    }

    /** Adds an object unless it is known already; tells whether it was new. */
    public synchronized boolean add(ObjectRef ref) {
        if (!meet(ref)) {
            return false;
        }
        waiting.get(ref.kind()).add(uuid(ref));
        notifyAll();
        return true;
    }

    /** Adds an object that is only named: it waits until no listing is left that might show it in full. */
    public synchronized void name(ObjectRef ref) {
        if (!known.get(ref.kind()).contains(uuid(ref))) {
            named.get(ref.kind()).add(uuid(ref));
        }
    }

    /** Adds an object once more, which was read before something new became known of it. */
    synchronized void addAgain(ObjectRef ref) {
        meet(ref);
        waiting.get(ref.kind()).add(uuid(ref));
        notifyAll();
    }

    /** Adds an object to be looked at, if that has not been tried before. */
    synchronized void lookAt(ObjectRef ref) {
        if (lookedAt.add(ref)) {
            addAgain(ref);
        }
    }

    /** Notes that an object need not be collected again. */
    synchronized void know(ObjectRef ref) {
        meet(ref);
        named.get(ref.kind()).remove(uuid(ref));
    }

    private boolean meet(ObjectRef ref) {
        boolean isNew = known.get(ref.kind()).add(uuid(ref));
        if (isNew) {
            ledger.objectMet();
        }
        return isNew;
    }

    /** Notes that a block has come up on a page that is collected, so that it need not be looked up. */
    synchronized void found(ObjectRef block) {
        known.get(block.kind()).add(uuid(block));
        named.get(block.kind()).remove(uuid(block));
    }

    /** The objects of a kind that have been met. */
    synchronized List<ObjectRef> known(Kind kind) {
        return known.get(kind).stream()
                .map(id -> new ObjectRef(kind, id.toString()))
                .toList();
    }

    /** Notes that a page stands in a block, of which nobody knows yet on which page it is. */
    synchronized void standsIn(ObjectRef page, String block) {
        if (!placed.contains(uuid(page))) {
            unplaced.put(uuid(page), UUID.fromString(block));
        }
    }

    /** Notes that an object has come up in the block tree of a page that is collected. */
    synchronized void place(ObjectRef child) {
        placed.add(uuid(child));
        unplaced.remove(uuid(child));
    }

    /** Whether the object has been met. */
    public synchronized boolean knows(ObjectRef ref) {
        return known.get(ref.kind()).contains(uuid(ref));
    }

    /** Says that the work on one object that {@link #next} handed out has ended, well or not. */
    public synchronized void done(ObjectRef ref) {
        atWork.remove(ref);
        notifyAll();
    }

    /** Ends the walk: nothing more is handed out, what is at work may finish. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Whether something is still to be collected. */
    public synchronized boolean unfinished() {
        return !stopped && (somethingWaits() || somethingIsNamed());
    }

    /**
     * Whether there may be more. The Splitter asks this before it passes on the object that it holds, so the answer must
     * not wait for that object's end: as long as anybody is at work it is yes.
     */
    @Override
    public synchronized boolean hasNext() {
        return !atWork.isEmpty() || unfinished();
    }

    /** The next object, or null when it turns out that there is none: the Splitter passes over a null. */
    @Override
    public synchronized ObjectRef next() {
        try {
            while (true) {
                ObjectRef next = stopped || atWork.size() >= width ? null : poll();
                if (next != null) {
                    atWork.add(next);
                    return next;
                }
                if (atWork.isEmpty() && (stopped || !takeUpWhatIsNamed())) {
                    return null;
                }
                if (!atWork.isEmpty()) {
                    wait();
                }
            }
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
            stopped = true;
            throw new NoSuchElementException("The walk was interrupted");
        }
    }

    private ObjectRef poll() {
        for (Kind kind : ORDER) {
            Iterator<UUID> ids = waiting.get(kind).iterator();
            while (ids.hasNext()) {
                ObjectRef next = new ObjectRef(kind, ids.next().toString());
                // One that is to be read once more may still be at work for the first time.
                if (!atWork.contains(next)) {
                    ids.remove();
                    return next;
                }
            }
        }
        return null;
    }

    private boolean takeUpWhatIsNamed() {
        boolean any = false;
        for (Kind kind : ORDER) {
            for (UUID id : List.copyOf(named.get(kind))) {
                any |= add(new ObjectRef(kind, id.toString()));
            }
            named.get(kind).clear();
        }
        if (!any) {
            for (UUID block : List.copyOf(unplaced.values())) {
                any |= add(new ObjectRef(Kind.BLOCK, block.toString()));
            }
            unplaced.clear();
        }
        return any;
    }

    private boolean somethingWaits() {
        return waiting.values().stream().anyMatch(ids -> !ids.isEmpty());
    }

    private boolean somethingIsNamed() {
        return !unplaced.isEmpty() || named.values().stream().anyMatch(ids -> !ids.isEmpty());
    }

    private static UUID uuid(ObjectRef ref) {
        return UUID.fromString(ref.id());
    }
}
