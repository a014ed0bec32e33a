package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a data source consists of: its schema, its templates, the views that show it, and its rows. */
final class DataSourceContents {
    private final Draft dataSource;
    private final Run run;
    private final Frontier frontier;
    private final Listings listings;

    DataSourceContents(Draft dataSource, Run run, Frontier frontier) {
        this.dataSource = dataSource;
        this.run = run;
        this.frontier = frontier;
        this.listings = new Listings(run, frontier);
    }

    /** Takes the data source, and plans the reading of the rest. */
    void take(ObjectNode object) throws IOException {
        dataSource.content().set(Kind.DATA_SOURCE.word(), object);
        JsonNode database = object.at("/parent/database_id");
        if (database.isTextual()) {
            // Where a data source is new or edited, its database may be, too.
            ObjectRef owner = new ObjectRef(Kind.DATABASE, database.textValue());
            if (!frontier.knows(owner)) {
                frontier.addAgain(owner);
            }
        }
        readTemplates();
        readViews(dataSource, "data_source_id");
        planRows(object, true);
    }

    /** Plans to read the rows of a data source that is what it was. */
    void takeUntouched(ObjectNode object) throws IOException {
        planRows(object, false);
    }

    private void readTemplates() {
        ArrayNode templates = dataSource.content().putArray("templates");
        Set<String> here = new HashSet<>();
        NotionRequest request =
                NotionRequest.list("/v1/data_sources/" + dataSource.ref().id() + "/templates", "");
        dataSource.toRead(Reading.list(subject("templates"), request, answer -> {
            for (JsonNode template : answer.path("templates")) {
                if (here.add(template.path("id").asText())) {
                    templates.add(template);
                    // A template is a normal page that no other list shows (facts/notion-api.md §2.1).
                    ObjectRef page =
                            new ObjectRef(Kind.PAGE, template.path("id").asText());
                    dataSource.child(page);
                    new CarryOver(run).readAgain(frontier, page);
                }
            }
        }));
    }

    /** Plans to read which views a database has, or which views, also of linked databases, show a data source. */
    static void readViews(Draft draft, String parameter) {
        NotionRequest request =
                NotionRequest.list("/v1/views", parameter + "=" + draft.ref().id());
        Subject subject = draft.subject("views", draft.ref().id());
        draft.toRead(Reading.list(
                subject,
                request,
                answer -> answer.path("results")
                        .forEach(view -> draft.child(
                                new ObjectRef(Kind.VIEW, view.path("id").asText())))));
    }

    /** Plans to read the rows: all of them, or what the depth of the run and the snapshot before leave to be asked. */
    private void planRows(ObjectNode object, boolean isEdited) throws IOException {
        boolean knownBefore = new CarryOver(run).keeps(dataSource.ref());
        if (!knownBefore) {
            readRows(object, false, Optional.empty(), Reading.Sink.NOTHING_MORE);
            readRows(object, true, Optional.empty(), Reading.Sink.NOTHING_MORE);
        } else if (run.depth() == Depth.CHANGED) {
            planChangedRows(object, isEdited);
        }
    }

    /**
     * Few rows are listed whole: that costs no more than to ask which were edited, and shows besides which are gone and
     * which were changed without a new date. Of many rows those are listed that were edited, unless the data source itself
     * was: a new column is in every row, and moves the date of none.
     */
    private void planChangedRows(ObjectNode object, boolean isEdited) throws IOException {
        Set<ObjectRef> before = run.base().orElseThrow().rows(dataSource.ref());
        if (before.size() > NotionRequest.PAGE_SIZE && !isEdited) {
            String since = run.base()
                    .orElseThrow()
                    .header()
                    .startedAt()
                    .minus(CarryOver.OVERLAP)
                    .toString();
            Optional<ObjectNode> edited = Optional.of(RowWindows.onOrAfter("last_edited_time", since));
            readRows(object, false, edited, Reading.Sink.NOTHING_MORE);
            readRows(object, true, edited, Reading.Sink.NOTHING_MORE);
            return;
        }
        Set<ObjectRef> missing = new HashSet<>(before);
        Runnable nameTheVanished = () -> missing.forEach(dataSource::vanished);
        readRows(object, false, Optional.empty(), new Missing(missing, () -> {
            if (!missing.isEmpty()) {
                readRows(object, true, Optional.empty(), new Missing(missing, nameTheVanished));
            }
        }));
    }

    /** Strikes out which rows a list shows, and goes on once it is known to be whole. */
    private record Missing(Set<ObjectRef> rows, Runnable next) implements Reading.Sink {
        @Override
        public void accept(ObjectNode answer) {
            answer.path("results").forEach(row -> rows.remove(Listings.ref(row)));
            if (!answer.path("has_more").asBoolean(true) && !Reading.isIncomplete(answer)) {
                next.run();
            }
        }
    }

    private void readRows(ObjectNode object, boolean archived, Optional<ObjectNode> filter, Reading.Sink also) {
        NotionRequest query = RowWindows.query(dataSource.ref().id(), archived, filter);
        Subject subject = subject(Kind.DATA_SOURCE.word());
        RowWindows windows = new RowWindows(subject, query, object.path("properties"));
        dataSource.toRead(Reading.list(
                subject,
                query,
                answer -> {
                    listings.takeObjects(answer);
                    also.accept(answer);
                },
                windows));
    }

    private Subject subject(String object) {
        return dataSource.subject(object, dataSource.ref().id());
    }
}
