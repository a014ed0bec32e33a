package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;

/** The steps that keep the walk through a workspace going. */
public final class Walk {
    private final int width;

    /** Sets how many objects are collected at a time. */
    public Walk(int width) {
        this.width = width;
    }

    /** A frontier with nothing on it yet. */
    public Frontier frontier(Run run) {
        return new Frontier(width, run.ledger());
    }

    /** Gives the reading the answer to what it asked. */
    public void answer(Reading reading, ObjectNode answer) throws ListCutOffException, StagingException {
        reading.accept(answer);
    }

    /** Ends the work on one object; the end of the run is the end of the walk. */
    public void done(Run run, Frontier frontier) {
        if (run.failure().get() != null) {
            frontier.stop();
        }
        frontier.done();
    }
}
