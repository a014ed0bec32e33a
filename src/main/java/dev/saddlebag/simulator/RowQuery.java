package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the rows of a data source (facts/notion-api.md §2.5): filtered, sorted by timestamps, archived rows apart; data
 * sources in a wiki are numbered as {@link SearchIndex} does it.
 */
final class RowQuery {
    private static final Set<String> KEYS =
            Set.of("filter", "sorts", "start_cursor", "page_size", "result_type", "is_archived");
    private static final int KEPT = 8;

    private final World world;
    private final Pages pages;
    private final Databases databases;

    /** The last few results, because every page of a list asks for the same one. */
    private final Map<String, int[]> results = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, int[]> eldest) {
            return size() > KEPT;
        }
    };

    RowQuery(Content content) {
        this.world = content.world();
        this.pages = content.pages();
        this.databases = content.databases();
    }

    /** What identifies a query, apart from the page that is wanted of it. */
    static String key(int source, JsonNode body, List<String> onlyProperties) {
        return source + "|" + body.path("filter") + "|" + body.path("sorts") + "|" + body.path("is_archived") + "|"
                + body.path("result_type") + "|" + onlyProperties;
    }

    int[] rows(int source, JsonNode body) {
        body.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw ApiFailure.invalid("body failed validation: body." + key + " should be not present, instead was `"
                        + body.get(key) + "`.");
            }
        });
        String key = world.edits().version() + "|" + key(source, body, List.of());
        synchronized (results) {
            return results.computeIfAbsent(key, unused -> find(source, body));
        }
    }

    private int[] find(int source, JsonNode body) {
        String wanted = body.path("result_type").asText("");
        boolean archived = body.path("is_archived").asBoolean(false);
        IntPredicate filter = body.hasNonNull("filter")
                ? new RowFilter(world, pages, databases.columns(source)).of(body.get("filter"))
                : row -> true;
        IntStream rowsOnly = wanted.equals("data_source") ? IntStream.empty() : world.rows(source);
        IntStream sources = wanted.equals("page") ? IntStream.empty() : world.sourcesIn(source);
        IntStream rows = IntStream.concat(
                        rowsOnly.filter(world::shared), sources.map(child -> SearchIndex.code(Ref.source(child))))
                .filter(row -> world.archived(row) == archived)
                .filter(filter);
        if (!body.hasNonNull("sorts") || body.get("sorts").isEmpty()) {
            return rows.toArray();
        }
        // An ordered stream is sorted stably, so that rows of the same minute keep their places.
        return rows.boxed()
                .sorted(order(body.get("sorts")))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Comparator<Integer> order(JsonNode sorts) {
        Comparator<Integer> order = null;
        for (JsonNode sort : sorts) {
            String timestamp = sort.path("timestamp").asText();
            if (!RowFilter.TIMESTAMPS.contains(timestamp)) {
                throw ApiFailure.invalid(
                        "body failed validation: the simulator sorts by timestamps only, not by `" + sort + "`.");
            }
            Comparator<Integer> next = Comparator.comparingLong(row -> RowFilter.minute(world, timestamp, row));
            next = sort.path("direction").asText("ascending").equals("descending") ? next.reversed() : next;
            order = order == null ? next : order.thenComparing(next);
        }
        return order;
    }
}
