package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import java.util.Optional;

/**
 * Reads a search that gives only so many results at a time (facts/notion-api.md §2.3): the newest edits first, and when
 * that ends too early, the oldest first, until both have met.
 */
final class SearchWindows implements Reading.Continuation {
    private final boolean inTrash;
    private String newestSeenLast;

    SearchWindows(boolean inTrash) {
        this.inTrash = inTrash;
    }

    /** The search for everything, the newest edits first. */
    static NotionRequest newestFirst(boolean inTrash) {
        return search(inTrash, "descending");
    }

    private static NotionRequest search(boolean inTrash, String direction) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (inTrash) {
            body.putObject("filter").put("in_trash", true);
        }
        body.putObject("sort").put("timestamp", "last_edited_time").put("direction", direction);
        return NotionRequest.postList("/v1/search", body);
    }

    @Override
    public Optional<NotionRequest> next(ObjectNode lastPage) {
        if (!Reading.isIncomplete(lastPage) || newestSeenLast != null) {
            return Optional.empty();
        }
        newestSeenLast = lastEdit(lastPage);
        return Optional.of(search(inTrash, "ascending"));
    }

    /** Within a minute nothing tells which objects either end has shown, so the two must have passed each other. */
    @Override
    public boolean isWhole(ObjectNode lastPage) {
        return !Reading.isIncomplete(lastPage)
                || (newestSeenLast != null && lastEdit(lastPage).compareTo(newestSeenLast) > 0);
    }

    private static String lastEdit(ObjectNode page) {
        return page.path("results")
                .path(page.path("results").size() - 1)
                .path("last_edited_time")
                .asText("");
    }
}
