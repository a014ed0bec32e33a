package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.Titles;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The steps of collecting one object: open a draft, which says what is to be read, and store it when all is there. */
public final class Objects {
    /** Opens the draft of an object; what a listing has already shown of it is not asked for again. */
    public Draft open(Run run, Frontier frontier, ObjectRef ref) throws StagingException {
        Draft draft = new Draft(ref, Json.MAPPER.createObjectNode());
        Reading.Sink taker = switch (ref.kind()) {
            case PAGE -> new PageContents(draft, frontier, run.ledger())::take;
            case DATABASE -> database -> takeDatabase(draft, frontier, database);
            case DATA_SOURCE -> dataSource -> takeDataSource(run, draft, frontier, dataSource);
        };
        try {
            Optional<ObjectNode> seen = run.staging().takeSeen(ref);
            if (seen.isPresent()) {
                taker.accept(seen.get());
            } else {
                draft.toRead(Reading.one(ref.kind().word(), ref.id(), NotionRequest.get(apiPath(ref)), taker));
            }
        } catch (IOException disk) {
            throw new StagingException("What was seen of " + ref + " cannot be read back", disk);
        }
        return draft;
    }

    /** Stores a draft as part of the snapshot; one whose object could not be read is a gap already. */
    public void store(Run run, Draft draft) throws StagingException {
        if (draft.lost()) {
            return;
        }
        String path = draft.ref().kind().path(draft.ref().id());
        try {
            byte[] bytes = run.staging().write(path, draft.content());
            run.catalogue().add(path, catalogueLine(draft, path, bytes));
        } catch (IOException disk) {
            throw new StagingException(draft.ref() + " cannot be stored", disk);
        }
        run.ledger().collected(draft.ref().kind(), draft.blocks());
    }

    private static void takeDatabase(Draft draft, Frontier frontier, ObjectNode database) {
        draft.content().set(Kind.DATABASE.word(), database);
        for (JsonNode dataSource : database.path("data_sources")) {
            frontier.add(new ObjectRef(Kind.DATA_SOURCE, dataSource.path("id").asText()));
        }
    }

    private static void takeDataSource(Run run, Draft draft, Frontier frontier, ObjectNode dataSource) {
        draft.content().set(Kind.DATA_SOURCE.word(), dataSource);
        addIfId(frontier, Kind.DATABASE, dataSource.at("/parent/database_id"));
        Listings listings = new Listings(run.staging(), frontier);
        // A query leaves archived rows out, or gives nothing but them (facts/notion-api.md §2.5).
        ObjectNode rows = Json.MAPPER.createObjectNode();
        ObjectNode archivedRows = Json.MAPPER.createObjectNode().put("is_archived", true);
        for (ObjectNode which : List.of(rows, archivedRows)) {
            NotionRequest query =
                    NotionRequest.postList("/v1/data_sources/" + draft.ref().id() + "/query", which);
            draft.toRead(Reading.list(Kind.DATA_SOURCE.word(), draft.ref().id(), query, listings::takeObjects));
        }
    }

    private static void addIfId(Frontier frontier, Kind kind, JsonNode id) {
        if (id.isTextual()) {
            frontier.add(new ObjectRef(kind, id.textValue()));
        }
    }

    private static String apiPath(ObjectRef ref) {
        return switch (ref.kind()) {
            case PAGE -> "/v1/pages/" + ref.id();
            case DATABASE -> "/v1/databases/" + ref.id();
            case DATA_SOURCE -> "/v1/data_sources/" + ref.id();
        };
    }

    private static ObjectNode catalogueLine(Draft draft, String path, byte[] bytes) {
        JsonNode object = draft.content().path(draft.ref().kind().word());
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", draft.ref().id());
        line.put("type", draft.ref().kind().word());
        line.put("title", Titles.of(object));
        line.set("parent", object.path("parent"));
        line.put("path", path);
        line.set("created_time", object.get("created_time"));
        line.set("last_edited_time", object.get("last_edited_time"));
        line.put("sha256", Hashes.of(bytes));
        TreeSet<String> files = new TreeSet<>();
        draft.content().findValues("sha256").forEach(hash -> files.add(hash.asText()));
        files.forEach(line.putArray("files")::add);
        return line;
    }
}
