package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.ObjectRef;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An object while it is being collected: what is there so far, and what is still to be read. Only one thread works on a
 * draft at a time.
 */
public final class Draft {
    private final ObjectRef ref;
    private final ObjectNode content;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private long blocks;

    Draft(ObjectRef ref, ObjectNode content) {
        this.ref = ref;
        this.content = content;
    }

    public ObjectRef ref() {
        return ref;
    }

    /** What will be stored. */
    public ObjectNode content() {
        return content;
    }

    /** Whether there is more to read. */
    public boolean unfinished() {
        return !readings.isEmpty();
    }

    /** Takes the next thing to read. */
    public Reading nextReading() {
        return readings.poll();
    }

    /** Whether the object itself could not be read, so that there is nothing to store. */
    public boolean lost() {
        return !content.has(ref.kind().word());
    }

    void toRead(Reading reading) {
        readings.add(reading);
    }

    void countBlock() {
        blocks++;
    }

    long blocks() {
        return blocks;
    }
}
