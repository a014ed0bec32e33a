package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.CursorLostException;
import dev.saddlebag.notion.NotionBusyException;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.StagingException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One thing to read from Notion, in as many requests as it takes: an object in one, a list in one for each page. A list
 * that was opened must be closed by Notion's own word that there is no more; one that is left open is a gap.
 */
public final class Reading {
    /** A list may lose its place this often before it is given up (facts/notion-api.md §7). */
    private static final int MOST_RESTARTS = 3;

    /** After so many good pages in a row, larger ones are tried again. */
    private static final int GOOD_PAGES = 3;

    /** Notion takes too long for as much as was asked for (facts/notion-api.md §2.5, §7). */
    private static final Set<Integer> TOO_MUCH = Set.of(502, 503, 504);

    /** What becomes of the answers. */
    interface Sink {
        /** Takes nothing. */
        Sink NOTHING_MORE = answer -> {};

        void accept(ObjectNode answer) throws IOException;

        /** The list is read again from its beginning: what was taken of it so far will come again. */
        default void restart() {}

        /** Whether the rest of the list is not wanted. */
        default boolean hasEnough() {
            return false;
        }
    }

    /** How to go on with a list that Notion ends before its end, because it gives only so many entries to one query. */
    interface Continuation {
        /** A list that one query gives whole, or not at all. */
        Continuation NONE = lastPage -> Optional.empty();

        /** The next query, after the last page of the one before; empty when there is none. */
        Optional<NotionRequest> next(ObjectNode lastPage);

        /** Whether the list is whole, or what it lacks is named, when there is no next query. */
        default boolean isWhole(ObjectNode lastPage) {
            return !isIncomplete(lastPage);
        }
    }

    private final Subject subject;
    private final boolean list;
    private final Sink sink;
    private final Continuation continuation;
    private final Set<String> cursors = new HashSet<>();
    private NotionRequest first;
    private NotionRequest request;
    private boolean open = true;
    private int restarts;
    private int goodPages;
    private long requests;

    private Reading(Subject subject, boolean list, NotionRequest first, Sink sink, Continuation continuation) {
        this.subject = subject;
        this.list = list;
        this.first = first;
        this.request = first;
        this.sink = sink;
        this.continuation = continuation;
    }

    /** Reads one object. */
    static Reading one(Subject subject, NotionRequest request, Sink sink) {
        return new Reading(subject, false, request, sink, Continuation.NONE);
    }

    /** Reads a list to its end; the sink gets each page of it. */
    static Reading list(Subject subject, NotionRequest firstPage, Sink sink) {
        return list(subject, firstPage, sink, Continuation.NONE);
    }

    /** Reads a list to its end, in several queries when one does not give it whole. */
    static Reading list(Subject subject, NotionRequest firstPage, Sink sink, Continuation continuation) {
        return new Reading(subject, true, firstPage, sink, continuation);
    }

    /** Whether there is more to ask for. */
    public boolean isOpen() {
        return open;
    }

    /** What to ask for next. */
    public NotionRequest request() {
        return request;
    }

    /** How many answers it has taken. */
    long requests() {
        return requests;
    }

    /**
     * Takes the answer to {@link #request}.
     *
     * @throws ListCutOffException when Notion does not give the list to its end
     * @throws StagingException when the answer cannot be stored
     */
    public void accept(ObjectNode answer) throws ListCutOffException, StagingException {
        requests++;
        try {
            sink.accept(answer);
        } catch (IOException disk) {
            throw new StagingException(this + " cannot be stored", disk);
        }
        Optional<NotionRequest> next = list && !sink.hasEnough() ? next(answer) : Optional.empty();
        open = next.isPresent();
        request = next.map(this::grown).orElse(request);
    }

    /** Gives the reading up, and says what is missing without it. */
    void giveUp(Gap.Reason reason, String why) {
        open = false;
        subject.gaps().accept(new Gap(subject.object(), subject.id(), reason, why));
    }

    /** Whether a list that has lost its place may be read again from its beginning. */
    public boolean mayRestart() {
        return list && restarts < MOST_RESTARTS;
    }

    /** Adapts what is asked for to what went wrong, before it is asked for once more. */
    public void prepareForNextAttempt(Exception failure) {
        if (failure instanceof CursorLostException) {
            restart();
        } else if (failure instanceof NotionBusyException busy && TOO_MUCH.contains(busy.status())) {
            askForLess();
        }
    }

    /** What was taken of the list is taken again, at its place. */
    private void restart() {
        restarts++;
        cursors.clear();
        sink.restart();
        request = first.inPagesOf(request.pageSize());
    }

    private void askForLess() {
        goodPages = 0;
        if (list && request.pageSize() > 1) {
            request = request.inPagesOf(request.pageSize() / 2);
        }
    }

    private NotionRequest grown(NotionRequest next) {
        goodPages++;
        if (next.pageSize() == NotionRequest.PAGE_SIZE || goodPages < GOOD_PAGES) {
            return next;
        }
        goodPages = 0;
        return next.inPagesOf(Math.min(NotionRequest.PAGE_SIZE, next.pageSize() * 2));
    }

    private Optional<NotionRequest> next(ObjectNode answer) throws ListCutOffException {
        JsonNode more = answer.path("has_more");
        if (!more.isBoolean()) {
            throw new ListCutOffException(this + " is cut off: Notion does not say whether there is more");
        }
        if (!more.booleanValue()) {
            return nextQuery(answer);
        }
        JsonNode cursor = answer.path("next_cursor");
        if (!cursor.isTextual()) {
            throw new ListCutOffException(this + " has more, but Notion does not say where it goes on");
        }
        if (!cursors.add(cursor.textValue())) {
            throw new ListCutOffException(this + " has more, but Notion sends it round in a circle");
        }
        return Optional.of(request.at(Optional.of(cursor.textValue())));
    }

    /** Whether Notion ends a list before its end: nothing but this says so (facts/notion-api.md §2.5). */
    static boolean isIncomplete(ObjectNode answer) {
        return answer.at("/request_status/type").asText("").equals("incomplete");
    }

    private Optional<NotionRequest> nextQuery(ObjectNode answer) throws ListCutOffException {
        Optional<NotionRequest> next = continuation.next(answer).map(query -> query.inPagesOf(request.pageSize()));
        if (next.isEmpty() && !continuation.isWhole(answer)) {
            throw new ListCutOffException(this + " is cut off: Notion says "
                    + answer.at("/request_status/incomplete_reason").asText()
                    + ", and there is no other way to the rest");
        }
        cursors.clear();
        first = next.orElse(first);
        return next;
    }

    @Override
    public String toString() {
        return (list ? "the list " : "") + request.path() + " of " + subject;
    }
}
