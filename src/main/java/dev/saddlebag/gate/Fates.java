package dev.saddlebag.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.State;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a run knows of objects that its snapshot does not hold: from the books, and from Notion's trash. */
final class Fates {
    private final Run run;
    private final Fate unknown;
    private final Set<String> trashed = new HashSet<>();

    /** @param sameSource whether what is gone was there when this source was last asked */
    Fates(Run run, boolean sameSource) throws IOException {
        this.run = run;
        this.unknown =
                run.source() == Source.EXPORT ? Fate.NOT_EXPORTED : sameSource ? Fate.NOT_VISIBLE : Fate.NOT_SHARED;
        for (JsonNode line : run.trash().toJson()) {
            trashed.add(line.path("id").asText());
            // Search shows data sources, and not the databases around them (facts/notion-api.md §2.5).
            if (line.path("type").asText().equals(Kind.DATA_SOURCE.word())) {
                trashed.add(line.at("/parent/database_id").asText());
            }
        }
    }

    Fate of(ObjectRef object) {
        Optional<State> state = run.ledger()
                .of(object)
                .or(() -> run.ledger().of(new ObjectRef(Kind.DATA_SOURCE, object.id())))
                .map(Account::state);
        if (trashed.contains(object.id())
                || state.filter(is -> is == State.TRASHED).isPresent()) {
            return Fate.IN_TRASH;
        }
        return state.filter(is -> is == State.FAILED).isPresent() ? Fate.FAILED : unknown;
    }
}
