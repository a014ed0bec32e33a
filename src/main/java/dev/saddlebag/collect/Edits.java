package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.time.Instant;

/**
 * Looks, once the walk is over, for what was edited meanwhile: Notion gives no picture of one moment. What was edited is read
 * again, and looked at again after that, a few times at most; a page that is edited all the time is as it was when it was
 * read, and the snapshot says when that was.
 */
public final class Edits {
    private static final int MOST_LOOKS = 3;

    private final Run run;
    private final Frontier frontier;
    private int looks;
    private boolean found;

    Edits(Run run, Frontier frontier) {
        this.run = run;
        this.frontier = frontier;
    }

    /** Whether there may be something that has not been looked at since it was read. */
    public boolean unfinished() {
        return run.failure().get() == null && (looks == 0 || (found && looks < MOST_LOOKS));
    }

    /**
     * Asks search for what was edited since the run began. Notion dates by the minute (facts/notion-api.md §6.1): what was
     * edited in the minute of its reading is read once more, and when that, too, falls into the minute, by the next run.
     */
    public Reading nextReading() {
        looks++;
        found = false;
        boolean first = looks == 1;
        Listings listings = new Listings(run, frontier);
        Subject subject = new Subject("search", run.workspace().name(), run.ledger()::gap);
        return Reading.list(
                subject,
                SearchWindows.newestFirst(false),
                new NewestFirst(run.started().minus(CarryOver.OVERLAP), answer -> {
                    listings.takeEdits(answer, first);
                    found |= frontier.unfinished();
                }));
    }

    /** Takes a search, the newest edits first, until it comes to those before {@code since}. */
    static final class NewestFirst implements Reading.Sink {
        private final Instant since;
        private final Reading.Sink sink;
        private boolean enough;

        NewestFirst(Instant since, Reading.Sink sink) {
            this.since = since;
            this.sink = sink;
        }

        @Override
        public void accept(ObjectNode answer) throws IOException {
            sink.accept(answer);
            String last = answer.path("results")
                    .path(answer.path("results").size() - 1)
                    .path("last_edited_time")
                    .asText("");
            enough = !last.isEmpty() && CarryOver.instant(last).isBefore(since);
        }

        @Override
        public boolean hasEnough() {
            return enough;
        }
    }
}
