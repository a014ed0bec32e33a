package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Catalogue;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.snapshot.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first and the last step of a run through the API: what belongs to the workspace as a whole. */
public final class WorkspaceReadings {
    /** Search may show an edit late; it is asked so much further back than the last run (facts/notion-api.md §2.3). */
    static final Duration SEARCH_LAG = Duration.ofHours(1);

    private static final List<String> LISTS = List.of("users", "custom_emojis");

    private final Clock clock;

    public WorkspaceReadings(Clock clock) {
        this.clock = clock;
    }

    /** The bot, which proves the token: when it is refused, nothing else is asked for. */
    public Reading bot(Run run) {
        return Reading.one(
                subject(run, "bot"),
                NotionRequest.get("/v1/users/me"),
                bot -> run.about().set("bot", bot));
    }

    /**
     * What is read before the walk begins: the users and custom emojis; what lies in the trash; and what search knows.
     * Search comes whole before anything else is done with it, since its cursors do not last (facts/notion-api.md §7). A run
     * that was broken off has kept what it has read of this, and asks for none of it again.
     */
    public List<Reading> first(Run run, Frontier frontier) throws Exception {
        run.throwIfStopped();
        ObjectNode about = run.about();
        List<Reading> readings = new ArrayList<>();
        try {
            Optional<ObjectNode> before = run.staging().note("workspace");
            if (before.isPresent()) {
                takeUp(run, before.get());
                return List.of();
            }
        } catch (IOException disk) {
            throw new StagingException("What was known of the workspace cannot be read back", disk);
        }
        if (run.depth() == Depth.QUICK && run.base().isPresent()) {
            ObjectNode known = run.base().get().header().about();
            LISTS.forEach(list -> about.set(list, known.path(list).deepCopy()));
        } else {
            readings.add(list(run, "users", "/v1/users"));
            readings.add(list(run, "custom_emojis", "/v1/custom_emojis"));
            readings.add(Reading.list(
                    subject(run, "trash"),
                    SearchWindows.newestFirst(true),
                    answer ->
                            answer.path("results").forEach(object -> run.trash().add(Listings.ref(object), object)),
                    new SearchWindows(true)));
        }
        readings.add(search(run, frontier));
        return readings;
    }

    private static Reading search(Run run, Frontier frontier) {
        Listings listings = new Listings(run, frontier);
        Reading.Sink all = answer -> {
            answer.path("results").forEach(object -> run.searched().add(Listings.ref(object)));
            listings.takeObjects(answer);
        };
        Reading.Sink wanted = run.base()
                .filter(base -> base.header().searched())
                .<Reading.Sink>map(
                        base -> new Edits.NewestFirst(base.header().startedAt().minus(SEARCH_LAG), all))
                .orElse(all);
        return Reading.list(subject(run, "search"), SearchWindows.newestFirst(false), wanted, new SearchWindows(false));
    }

    /** A list of the workspace, each entry once although the list may have to be begun again. */
    private static Reading list(Run run, String name, String path) {
        ArrayNode entries = run.about().withArray("/" + name);
        Set<String> here = new HashSet<>();
        return Reading.list(subject(run, name), NotionRequest.list(path, ""), answer -> {
            for (JsonNode entry : answer.path("results")) {
                if (here.add(entry.path("id").asText())) {
                    entries.add(entry);
                }
            }
        });
    }

    private static Subject subject(Run run, String object) {
        return new Subject(object, run.workspace().name(), run.ledger()::gap);
    }

    /** Keeps what the first readings brought, so that a run that is broken off later need not ask for it again. */
    public void keep(Run run) throws Exception {
        run.throwIfStopped();
        ObjectNode note = Json.MAPPER.createObjectNode();
        note.set("about", run.about());
        note.set("trash", run.trash().toJson());
        note.set("gaps", Json.MAPPER.valueToTree(run.ledger().gapsOfTheWorkspace()));
        ArrayNode searched = note.putArray("searched");
        run.searched().forEach(ref -> searched.add(ref.toString()));
        try {
            run.staging().keepNote("workspace", note);
        } catch (IOException disk) {
            throw new StagingException("What is known of the workspace cannot be kept", disk);
        }
    }

    private static void takeUp(Run run, ObjectNode note) throws IOException {
        for (String list : LISTS) {
            run.about().set(list, note.at("/about/" + list));
        }
        run.trash().addAll(note.path("trash"));
        for (JsonNode gap : note.path("gaps")) {
            run.ledger().gap(Json.MAPPER.treeToValue(gap, Gap.class));
        }
        note.path("searched").forEach(ref -> run.searched().add(ObjectRef.parse(ref.asText())));
    }

    /**
     * Closes the books of the run: what the workspace is, the catalogue, the ledger, what is missing.
     *
     * @throws Exception what stopped the run, if anything has
     */
    public void finish(Run run, Frontier frontier) throws Exception {
        run.throwIfStopped();
        try {
            nameTheForgotten(run, frontier);
            nameLinkedDatabases(run);
            keepNeededFiles(run);
            write(run);
        } catch (IOException disk) {
            throw new StagingException("The books of the run cannot be written", disk);
        }
    }

    private void write(Run run) throws IOException {
        ObjectNode about = run.about();
        about.put("notion_version", NotionConnection.VERSION);
        about.put("source", "api");
        about.put("depth", run.depth().word());
        run.base()
                .ifPresent(base -> about.put("carried_over_from", base.header().run()));
        about.put("started", run.started().toString());
        about.put("finished", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        Path tree = run.staging().tree();
        Catalogue catalogue = new Catalogue(run.ledger().accounts());
        run.staging().write("workspace.json", about);
        run.staging().write("completeness.json", run.ledger().toJson(run.depth()));
        catalogue.write(tree.resolve("catalogue.jsonl"));
        catalogue.writeLedger(tree.resolve("ledger.jsonl"));
        run.trash().write(tree.resolve("trash.jsonl"));
    }

    private static void nameTheForgotten(Run run, Frontier frontier) throws IOException {
        for (ObjectRef ref : Walk.forgotten(run, frontier)) {
            Gap gap = new Gap(ref.kind().word(), ref.id(), Gap.Reason.FAILED, "It was met, and never read.");
            run.ledger().settle(Account.without(ref, State.FAILED, null, 0, List.of(gap)));
        }
    }

    /** A database that Notion will not show, and whose views show a data source, is a linked one (facts/notion-api.md §7). */
    private static void nameLinkedDatabases(Run run) throws IOException {
        Map<ObjectRef, String> shown = new HashMap<>();
        run.ledger().accounts().forEach(Kind.VIEW, view -> {
            if (view.parent() != null && view.line() != null) {
                shown.putIfAbsent(
                        view.parent(), view.line().path("data_source_id").asText(""));
            }
        });
        for (Map.Entry<ObjectRef, String> view : shown.entrySet()) {
            Optional<Account> database = run.ledger().of(view.getKey());
            if (database.isPresent()
                    && (database.get().state() == State.NOT_SHARED
                            || database.get().state() == State.LINKED_VIEW)) {
                Gap gap = new Gap(
                        Kind.DATABASE.word(),
                        view.getKey().id(),
                        Gap.Reason.LINKED_VIEW,
                        "It is a linked database, which shows the data source " + view.getValue()
                                + "; the data is collected there.");
                run.ledger()
                        .settle(Account.without(
                                view.getKey(),
                                State.LINKED_VIEW,
                                database.get().read(),
                                database.get().requests(),
                                List.of(gap)));
            }
        }
    }

    /** Which files the snapshot needs is known only now: what was read twice may no longer name the same. */
    private static void keepNeededFiles(Run run) throws IOException {
        Map<String, StoredFile> needed = new HashMap<>();
        FileLink.stored(run.about()).forEach(file -> needed.put(file.sha256(), file.stored()));
        run.ledger()
                .accounts()
                .forEach(account -> account.files().forEach(file -> needed.put(file.sha256(), file.stored())));
        run.files().keepOnly(needed.keySet());
        run.ledger().files(needed.values());
    }
}
