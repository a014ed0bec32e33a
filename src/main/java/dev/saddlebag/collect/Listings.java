package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Takes the pages and data sources that search and queries show in full: no further request is spent on them. */
record Listings(Run run, Frontier frontier) {

    /** What an entry of a list is. */
    static ObjectRef ref(JsonNode object) {
        Kind kind = object.path("object").asText().equals(Kind.DATA_SOURCE.word()) ? Kind.DATA_SOURCE : Kind.PAGE;
        return new ObjectRef(kind, object.path("id").asText());
    }

    void takeObjects(ObjectNode answer) throws IOException {
        for (JsonNode object : answer.path("results")) {
            take(ref(object), (ObjectNode) object);
        }
    }

    private void take(ObjectRef ref, ObjectNode object) throws IOException {
        // Without its properties an object is a partial one, which the API gives where access is limited.
        if (!object.has("properties")) {
            frontier.name(ref);
            return;
        }
        Optional<Account> now = run.ledger().of(ref);
        if (now.isPresent()) {
            if (isOlder(now.get(), object.path("last_edited_time").asText())) {
                readAgain(ref, object);
            }
        } else if (frontier.knows(ref)) {
            if (frontier.waits(ref)) {
                run.staging().keepSeen(ref, object);
            }
        } else if (!new CarryOver(run).isUntouched(ref, object)) {
            readAgain(ref, object);
        }
    }

    private static boolean isOlder(Account account, String edited) {
        return account.edited() == null || CarryOver.instant(account.edited()).isBefore(CarryOver.instant(edited));
    }

    /**
     * Takes what search shows once the walk is over: what was edited after its turn had come is read again.
     *
     * @param doubtful whether that goes for what was edited in the minute of its reading too, perhaps before it
     */
    void takeEdits(ObjectNode answer, boolean doubtful) throws IOException {
        for (JsonNode object : answer.path("results")) {
            ObjectRef ref = ref(object);
            Optional<Account> now = run.ledger().of(ref);
            if (now.isEmpty()) {
                take(ref, (ObjectNode) object);
            } else if (isEditedSince(now.get(), object.path("last_edited_time").asText(), doubtful)) {
                readAgain(ref, (ObjectNode) object);
            }
        }
    }

    private static boolean isEditedSince(Account account, String edited, boolean doubtful) {
        Instant minute = CarryOver.instant(account.read()).truncatedTo(ChronoUnit.MINUTES);
        return !edited.equals(account.edited())
                || (doubtful && !CarryOver.instant(edited).isBefore(minute));
    }

    private void readAgain(ObjectRef ref, ObjectNode object) throws IOException {
        // It must lie there before another thread can come upon it.
        run.staging().keepSeen(ref, object);
        frontier.addAgain(ref);
    }
}
