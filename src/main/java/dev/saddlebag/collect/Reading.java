package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.StagingException;
import java.io.IOException;
import java.util.Optional;

/**
 * One thing to read from Notion, in as many requests as it takes: an object in one, a list in one for each page. A list
 * that was opened must be closed by Notion's own word that there is no more; one that is left open is a gap.
 */
public final class Reading {
    /** What becomes of each answer. */
    interface Sink {
        void accept(ObjectNode answer) throws IOException;
    }

    private final String object;
    private final String id;
    private final boolean list;
    private final Sink sink;
    private NotionRequest request;
    private boolean open = true;

    private Reading(String object, String id, boolean list, NotionRequest request, Sink sink) {
        this.object = object;
        this.id = id;
        this.list = list;
        this.request = request;
        this.sink = sink;
    }

    /** Reads one object. {@code object} and {@code id} say what would be missing without it. */
    static Reading one(String object, String id, NotionRequest request, Sink sink) {
        return new Reading(object, id, false, request, sink);
    }

    /** Reads a list to its end; the sink gets each page of it. */
    static Reading list(String object, String id, NotionRequest firstPage, Sink sink) {
        return new Reading(object, id, true, firstPage, sink);
    }

    public String object() {
        return object;
    }

    public String id() {
        return id;
    }

    /** Whether there is more to ask for. */
    public boolean isOpen() {
        return open;
    }

    /** What to ask for next. */
    public NotionRequest request() {
        return request;
    }

    /**
     * Takes the answer to {@link #request}.
     *
     * @throws ListCutOffException when Notion does not give the list to its end
     * @throws StagingException when the answer cannot be stored
     */
    public void accept(ObjectNode answer) throws ListCutOffException, StagingException {
        try {
            sink.accept(answer);
        } catch (IOException disk) {
            throw new StagingException(this + " cannot be stored", disk);
        }
        Optional<String> next = list ? nextCursor(answer) : Optional.empty();
        if (next.isEmpty()) {
            open = false;
        } else {
            request = request.at(next);
        }
    }

    /** Gives the reading up. */
    public void abandon() {
        open = false;
    }

    private Optional<String> nextCursor(ObjectNode answer) throws ListCutOffException {
        JsonNode more = answer.path("has_more");
        if (!more.isBoolean()) {
            throw new ListCutOffException(this + " is cut off: Notion does not say whether there is more");
        }
        if (!more.booleanValue()) {
            if (answer.at("/request_status/type").asText("").equals("incomplete")) {
                throw new ListCutOffException(this + " is cut off: Notion says "
                        + answer.at("/request_status/incomplete_reason").asText());
            }
            return Optional.empty();
        }
        JsonNode cursor = answer.path("next_cursor");
        if (!cursor.isTextual() || request.equals(request.at(Optional.of(cursor.textValue())))) {
            throw new ListCutOffException(this + " has more, but Notion does not say where it goes on");
        }
        return Optional.of(cursor.textValue());
    }

    @Override
    public String toString() {
        return "the list " + request.path() + " of " + object + " " + id;
    }
}
