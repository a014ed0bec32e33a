package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A look at search before a run, in the very requests that the run would send: everything that is there, or what was
 * edited since a snapshot. One request shows up to 100 pages and data sources.
 */
public final class SearchLook {
    private final Set<ObjectRef> pages = new HashSet<>();
    private final Map<ObjectRef, Long> rows = new HashMap<>();
    private final Map<ObjectRef, String> edits = new HashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Reading reading;

    private SearchLook(String workspace, Optional<Instant> since) {
        Reading.Sink sink = since.<Reading.Sink>map(time -> new Edits.NewestFirst(time, this::take))
                .orElse(this::take);
        this.reading = Reading.list(
                new Subject("search", workspace, gaps::add),
                SearchWindows.newestFirst(false),
                sink,
                new SearchWindows(false));
    }

    /** Looks at everything that search shows. */
    public static SearchLook atEverything(String workspace) {
        return new SearchLook(workspace, Optional.empty());
    }

    /** Looks back as far as a run would that began at {@code begun}; what is older comes with the last page. */
    public static SearchLook backTo(Instant begun, String workspace) {
        return new SearchLook(workspace, Optional.of(begun.minus(WorkspaceReadings.SEARCH_LAG)));
    }

    /** What is to be read, through the route that reads for runs. */
    public Reading reading() {
        return reading;
    }

    private void take(ObjectNode answer) {
        for (JsonNode object : answer.path("results")) {
            ObjectRef ref = Listings.ref(object);
            edits.put(ref, object.path("last_edited_time").asText(""));
            if (ref.kind() == Kind.DATA_SOURCE) {
                rows.putIfAbsent(ref, 0L);
            } else if (pages.add(ref)) {
                JsonNode parent = object.at("/parent/data_source_id");
                if (parent.isTextual()) {
                    rows.merge(new ObjectRef(Kind.DATA_SOURCE, parent.textValue()), 1L, Long::sum);
                }
            }
        }
    }

    /** The requests that it took. */
    long requests() {
        return reading.requests();
    }

    /** The pages that it saw. */
    public long pages() {
        return pages.size();
    }

    /** The data sources that it saw, or rows of which it saw. */
    public long dataSources() {
        return rows.size();
    }

    /** How many pages of rows lists of all rows have. */
    long pagesOfRows() {
        return rows.values().stream().mapToLong(SearchLook::pagesOf).sum();
    }

    /** How many of the pages are rows. */
    long rows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What it saw, with the time of the last edit, ISO 8601. */
    Map<ObjectRef, String> edits() {
        return edits;
    }

    /** Why it does not show everything; empty when it does. */
    public List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** How many requests a list of so many entries takes; to see that it is empty takes one, too. */
    static long pagesOf(long entries) {
        return Math.max(1, (entries + NotionRequest.PAGE_SIZE - 1) / NotionRequest.PAGE_SIZE);
    }
}
