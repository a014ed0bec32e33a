package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.Titles;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The steps of collecting one object: open a draft, which says what is to be read, and store it when all is there. */
public final class Objects {
    private final Clock clock;

    public Objects(Clock clock) {
        this.clock = clock;
    }

    /** Opens the draft of an object; what a listing has already shown of it is not asked for again. */
    public Draft open(Run run, Frontier frontier, ObjectRef ref) throws StagingException {
        Draft draft = new Draft(ref, clock.instant().truncatedTo(ChronoUnit.SECONDS), Json.MAPPER.createObjectNode());
        try {
            Optional<ObjectNode> seen = run.staging().seen(ref);
            if (seen.isPresent()) {
                take(run, frontier, draft, seen.get());
            } else {
                draft.toRead(Reading.one(
                        draft.subject(ref.kind().word(), ref.id()),
                        NotionRequest.get(apiPath(ref)),
                        object -> take(run, frontier, draft, object)));
            }
        } catch (IOException disk) {
            throw new StagingException("What was seen of " + ref + " cannot be read back", disk);
        }
        return draft;
    }

    private static void take(Run run, Frontier frontier, Draft draft, ObjectNode object) throws IOException {
        if (object.path("in_trash").asBoolean(false)) {
            draft.settle(State.TRASHED);
            return;
        }
        boolean untouched = !frontier.mustReadAgain(draft.ref()) && new CarryOver(run).isUntouched(draft.ref(), object);
        if (untouched) {
            draft.settle(State.CARRIED_OVER);
        } else {
            draft.shown(ShownHash.of(object));
        }
        switch (draft.ref().kind()) {
            case PAGE -> {
                if (!untouched) {
                    new PageContents(draft, run).take(object);
                }
            }
            case DATABASE -> takeDatabase(draft, object);
            case DATA_SOURCE -> {
                DataSourceContents contents = new DataSourceContents(draft, run, frontier);
                if (untouched) {
                    contents.takeUntouched(object);
                } else {
                    contents.take(object);
                }
            }
            case VIEW -> takeView(draft, object);
            case BLOCK -> takeBlock(run, draft, frontier, object);
        }
    }

    private static void takeDatabase(Draft draft, ObjectNode database) {
        draft.content().set(Kind.DATABASE.word(), database);
        for (JsonNode dataSource : database.path("data_sources")) {
            draft.child(new ObjectRef(Kind.DATA_SOURCE, dataSource.path("id").asText()));
        }
        DataSourceContents.readViews(draft, "database_id");
    }

    private static void takeView(Draft draft, ObjectNode view) {
        draft.content().set(Kind.VIEW.word(), view);
        // The widgets of a dashboard are views that no list shows (facts/notion-api.md §2.6).
        for (JsonNode row : view.at("/configuration/rows")) {
            for (JsonNode widget : row.path("widgets")) {
                if (widget.path("view_id").isTextual()) {
                    draft.child(new ObjectRef(Kind.VIEW, widget.path("view_id").textValue()));
                }
            }
        }
    }

    /** A block is looked up for the page that it stands on; that page holds it. */
    private static void takeBlock(Run run, Draft draft, Frontier frontier, ObjectNode block) {
        JsonNode parent = block.path("parent");
        if (block.path("type").asText().equals("child_page")) {
            namePage(run, frontier, draft.ref().id());
        } else if (parent.path("page_id").isTextual()) {
            namePage(run, frontier, parent.path("page_id").textValue());
        } else if (parent.path("block_id").isTextual()) {
            frontier.name(new ObjectRef(Kind.BLOCK, parent.path("block_id").textValue()));
        }
        draft.settle(State.COLLECTED);
    }

    private static void namePage(Run run, Frontier frontier, String id) {
        ObjectRef page = new ObjectRef(Kind.PAGE, id);
        frontier.name(page);
        new CarryOver(run).readAgain(frontier, page);
    }

    /** Puts in order what was read of the object, each part by itself. */
    public void putInOrder(Draft draft) {
        draft.putInOrder();
    }

    /** Stores a draft as part of the snapshot, and passes on what it reveals. */
    public void store(Run run, Frontier frontier, Draft draft) throws StagingException {
        try {
            Account account = account(run, draft);
            run.ledger().settle(account);
            run.staging().dropSeen(draft.ref());
            reveal(run, frontier, account);
            new CarryOver(run).readOwnersAgain(frontier, account);
        } catch (IOException disk) {
            throw new StagingException(draft.ref() + " cannot be stored", disk);
        }
    }

    /** Passes on what else there is, as an object that is finished tells. */
    static void reveal(Run run, Frontier frontier, Account account) {
        CarryOver before = new CarryOver(run);
        for (ObjectRef child : account.children()) {
            frontier.place(child);
            if (before.keeps(child)) {
                continue;
            }
            if (child.kind() == Kind.PAGE) {
                frontier.name(child);
            } else {
                frontier.add(child);
            }
        }
        for (ObjectRef reference : account.references()) {
            if (!before.keeps(reference)) {
                frontier.name(reference);
            }
        }
        account.originals().forEach(frontier::found);
        account.vanished().forEach(frontier::addAgain);
        if (account.block() != null) {
            frontier.standsIn(account.object(), account.block());
        }
    }

    private static Account account(Run run, Draft draft) throws IOException {
        State state = draft.state();
        if (state == State.CARRIED_OVER) {
            return new CarryOver(run)
                    .before(draft.ref())
                    .orElseThrow()
                    .carriedOver()
                    .with(draft.vanished(), draft.gaps());
        }
        String read = draft.read().toString();
        if (state != null) {
            return Account.without(draft.ref(), state, read, draft.requests(), draft.gaps());
        }
        if (!draft.content().has(draft.ref().kind().word())) {
            return lost(run, draft, read);
        }
        return collected(run, draft, read);
    }

    private static Account lost(Run run, Draft draft, String read) {
        State state = draft.gaps().stream()
                .map(Gap::reason)
                .findFirst()
                .map(reason -> switch (reason) {
                    case NOT_SHARED, NOT_PERMITTED -> State.NOT_SHARED;
                    case UNSUPPORTED -> State.UNSUPPORTED;
                    case LINKED_VIEW -> State.LINKED_VIEW;
                    case UNREACHABLE, FAILED -> State.FAILED;
                })
                .orElse(State.FAILED);
        return state == State.NOT_SHARED && run.trash().holds(draft.ref())
                ? Account.without(draft.ref(), State.TRASHED, read, draft.requests(), List.of())
                : Account.without(draft.ref(), state, read, draft.requests(), draft.gaps());
    }

    private static Account collected(Run run, Draft draft, String read) throws IOException {
        ObjectRef ref = draft.ref();
        JsonNode object = draft.content().path(ref.kind().word());
        String path = ref.kind().path(ref.id());
        byte[] bytes = run.staging().write(path, draft.content());
        List<Account.NamedFile> files = FileLink.stored(draft.content());
        References references = References.in(draft.content());
        List<ObjectRef> named = new ArrayList<>(references.named());
        named.removeAll(references.originals());
        named.remove(ref);
        List<ObjectRef> vanished = new ArrayList<>(draft.vanished());
        new CarryOver(run)
                .before(ref)
                .ifPresent(before -> before.children().stream()
                        .filter(child -> !draft.children().contains(child))
                        .forEach(vanished::add));
        JsonNode block = object.at("/parent/block_id");
        return new Account(
                ref,
                State.COLLECTED,
                read,
                object.path("last_edited_time").asText(null),
                draft.gaps().stream().noneMatch(gap -> gap.reason().isFault()),
                draft.shown(),
                run.searched().contains(ref),
                PageContents.count(draft.content().path("blocks")),
                draft.content().path("comments").size(),
                draft.requests(),
                owner(object),
                ref.kind() == Kind.PAGE && block.isTextual() ? block.textValue() : null,
                draft.children(),
                named,
                List.copyOf(references.originals()),
                vanished,
                files,
                draft.gaps(),
                Unknown.in(draft.content()),
                catalogueLine(ref, object, path, bytes, files));
    }

    private static ObjectRef owner(JsonNode object) {
        JsonNode parent = object.path("parent");
        for (Kind kind : List.of(Kind.DATA_SOURCE, Kind.DATABASE, Kind.PAGE)) {
            if (parent.path(kind.word() + "_id").isTextual()) {
                return new ObjectRef(kind, parent.path(kind.word() + "_id").textValue());
            }
        }
        return null;
    }

    private static String apiPath(ObjectRef ref) {
        return "/v1/" + ref.kind().word() + "s/" + ref.id();
    }

    private static ObjectNode catalogueLine(
            ObjectRef ref, JsonNode object, String path, byte[] bytes, List<Account.NamedFile> files) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", ref.id());
        line.put("type", ref.kind().word());
        line.put("title", ref.kind() == Kind.VIEW ? object.path("name").asText() : Titles.of(object));
        line.set("parent", object.path("parent"));
        if (ref.kind() == Kind.VIEW) {
            line.set("data_source_id", object.path("data_source_id"));
        }
        line.put("path", path);
        line.set("created_time", object.get("created_time"));
        line.set("last_edited_time", object.get("last_edited_time"));
        line.put("sha256", Hashes.of(bytes));
        TreeSet<String> hashes = new TreeSet<>();
        files.forEach(file -> hashes.add(file.sha256()));
        hashes.forEach(line.putArray("files")::add);
        return line;
    }
}
