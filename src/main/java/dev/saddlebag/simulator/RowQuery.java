package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the rows of a data source (facts/notion-api.md §2.5): filters and sorts by timestamps, archived rows apart;
 * data sources in a wiki are numbered as {@link SearchIndex} does it.
 */
final class RowQuery {
    private static final Set<String> KEYS =
            Set.of("filter", "sorts", "start_cursor", "page_size", "result_type", "is_archived");
    private static final Set<String> TIMESTAMPS = Set.of("created_time", "last_edited_time");
    private static final int KEPT = 8;

    private final World world;

    /** The last few results, because every page of a list asks for the same one. */
    private final Map<String, int[]> results = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, int[]> eldest) {
            return size() > KEPT;
        }
    };

    RowQuery(World world) {
        this.world = world;
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
        IntPredicate filter = body.hasNonNull("filter") ? filter(body.get("filter"), 0) : row -> true;
        IntStream pages = wanted.equals("data_source") ? IntStream.empty() : world.rows(source);
        IntStream sources = wanted.equals("page") ? IntStream.empty() : world.sourcesIn(source);
        IntStream rows = IntStream.concat(pages, sources.map(child -> SearchIndex.code(Ref.source(child))))
                .filter(row -> world.archived(row) == archived)
                .filter(filter);
        if (!body.hasNonNull("sorts") || body.get("sorts").isEmpty()) {
            return rows.toArray();
        }
        return rows.boxed()
                .sorted(order(body.get("sorts")))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Comparator<Integer> order(JsonNode sorts) {
        Comparator<Integer> order = null;
        for (JsonNode sort : sorts) {
            String timestamp = sort.path("timestamp").asText();
            if (!TIMESTAMPS.contains(timestamp)) {
                throw ApiFailure.invalid(
                        "body failed validation: the simulator sorts by timestamps only, not by `" + sort + "`.");
            }
            Comparator<Integer> next = Comparator.comparingLong(row -> time(timestamp, row));
            next = sort.path("direction").asText("ascending").equals("descending") ? next.reversed() : next;
            order = order == null ? next : order.thenComparing(next);
        }
        return order;
    }

    private long time(String timestamp, int row) {
        boolean created = timestamp.equals("created_time");
        if (row < 0) {
            int child = SearchIndex.ref(row).index();
            return created ? world.sourceCreated(child) : world.sourceEdited(child);
        }
        return created ? world.created(row) : world.edited(row);
    }

    private IntPredicate filter(JsonNode filter, int depth) {
        for (String compound : List.of("and", "or")) {
            if (filter.has(compound)) {
                if (depth == 2) {
                    throw ApiFailure.invalid("body failed validation: filters nest two levels deep.");
                }
                List<IntPredicate> parts = new java.util.ArrayList<>();
                filter.get(compound).forEach(part -> parts.add(filter(part, depth + 1)));
                return compound.equals("and")
                        ? row -> parts.stream().allMatch(part -> part.test(row))
                        : row -> parts.stream().anyMatch(part -> part.test(row));
            }
        }
        String timestamp = filter.path("timestamp").asText();
        JsonNode condition = filter.path(timestamp);
        if (!TIMESTAMPS.contains(timestamp) || condition.size() != 1) {
            throw ApiFailure.invalid("body failed validation. body.filter should be a filter by one timestamp, instead"
                    + " was `" + filter + "`.");
        }
        String operator = condition.fieldNames().next();
        Instant when = instant(condition.get(operator).asText());
        return switch (operator) {
            case "on_or_after" -> row -> !at(timestamp, row).isBefore(when);
            case "after" -> row -> at(timestamp, row).isAfter(when);
            case "on_or_before" -> row -> !at(timestamp, row).isAfter(when);
            case "before" -> row -> at(timestamp, row).isBefore(when);
            case "equals" -> row -> at(timestamp, row).equals(when);
            default ->
                throw ApiFailure.invalid("body failed validation: body.filter." + timestamp + "." + operator
                        + " should be not present.");
        };
    }

    private Instant at(String timestamp, int row) {
        return Instant.ofEpochSecond(time(timestamp, row) * 60);
    }

    private static Instant instant(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiFailure.invalid("body failed validation: `" + text + "` should be a valid ISO 8601 date string.");
        }
    }
}
