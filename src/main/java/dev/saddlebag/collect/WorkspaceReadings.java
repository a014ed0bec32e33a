package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The first and the last step of a run through the API: what belongs to the workspace as a whole. */
public final class WorkspaceReadings {
    private final Clock clock;

    public WorkspaceReadings(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is read before the walk begins: the bot, which proves the token; the users; and what search knows. Search comes
     * whole before anything else is done with it, since its cursors do not last (facts/notion-api.md §7).
     */
    public List<Reading> first(Run run, Frontier frontier) {
        String name = run.workspace().name();
        ObjectNode workspace = run.about();
        return List.of(
                Reading.one("bot", name, NotionRequest.get("/v1/users/me"), bot -> workspace.set("bot", bot)),
                Reading.list(
                        "users",
                        name,
                        NotionRequest.list("/v1/users", ""),
                        users -> workspace.withArray("/users").addAll(users.withArray("/results"))),
                Reading.list(
                        "search",
                        name,
                        NotionRequest.postList("/v1/search", Json.MAPPER.createObjectNode()),
                        new Listings(run.staging(), frontier)::takeObjects));
    }

    /**
     * Closes the books of the run: what the workspace is, the catalogue, the ledger.
     *
     * @throws Exception what stopped the run, if anything has
     */
    public void finish(Run run) throws Exception {
        run.throwIfStopped();
        ObjectNode about = run.about();
        about.put("notion_version", NotionConnection.VERSION);
        about.put("source", "api");
        about.put("depth", "sweep");
        about.put("started", run.started().toString());
        about.put("finished", clock.instant().toString());
        try {
            Path tree = run.staging().tree();
            run.staging().write("workspace.json", about);
            run.staging().write("completeness.json", run.ledger().toJson());
            run.catalogue().write(tree.resolve("catalogue.jsonl"));
        } catch (IOException disk) {
            throw new StagingException("The books of the run cannot be written", disk);
        }
    }
}
