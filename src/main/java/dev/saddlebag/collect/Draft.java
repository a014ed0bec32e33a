package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An object while it is being collected: what is there so far, and what is still to be read. Only one thread works on a
 * draft at a time.
 */
public final class Draft {
    private final ObjectRef ref;
    private final Instant read;
    private final ObjectNode content;
    private final Deque<Reading> unread = new ArrayDeque<>();
    private final List<Reading> taken = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<ObjectRef> children = new ArrayList<>();
    private final List<ObjectRef> vanished = new ArrayList<>();
    private final List<Runnable> finishing = new ArrayList<>();
    private State state;
    private String shown;

    /** @param read when its reading begins */
    Draft(ObjectRef ref, Instant read, ObjectNode content) {
        this.ref = ref;
        this.read = read;
        this.content = content;
    }

    public ObjectRef ref() {
        return ref;
    }

    Instant read() {
        return read;
    }

    /** What will be stored. */
    public ObjectNode content() {
        return content;
    }

    /** Whether there is more to read. */
    public boolean unfinished() {
        return !unread.isEmpty();
    }

    /** Takes the next thing to read. */
    public Reading nextReading() {
        Reading next = unread.remove();
        taken.add(next);
        return next;
    }

    /** What a reading is about that belongs to this object; what it can't get is a gap of this object. */
    Subject subject(String object, String id) {
        return new Subject(object, id, gaps::add);
    }

    void toRead(Reading reading) {
        unread.add(reading);
    }

    /** Adds a step that puts in order what the readings brought, once all of them are done. */
    void whenRead(Runnable step) {
        finishing.add(step);
    }

    void putInOrder() {
        finishing.forEach(Runnable::run);
    }

    /** Ends the work on this object with this state: it is not to be stored. */
    void settle(State is) {
        state = is;
        unread.clear();
    }

    /** The state in which it is not to be stored; null for one that is. */
    State state() {
        return state;
    }

    void gap(Gap gap) {
        gaps.add(gap);
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** A page or database stands in this object. */
    void child(ObjectRef child) {
        children.add(child);
    }

    List<ObjectRef> children() {
        return children;
    }

    /** An object stood here when an earlier run read this one, and does no longer. */
    void vanished(ObjectRef gone) {
        vanished.add(gone);
    }

    List<ObjectRef> vanished() {
        return vanished;
    }

    /** Remembers the hash of the object as listings show it. */
    void shown(String hash) {
        shown = hash;
    }

    String shown() {
        return shown;
    }

    long requests() {
        return taken.stream().mapToLong(Reading::requests).sum();
    }
}
