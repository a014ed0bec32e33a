package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A data source that gives only so many rows to one query (facts/notion-api.md §2.5). In which order rows of the same
 * minute come is nobody's business, and differs from query to query.
 */
final class CappedRows {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

    /** A row. */
    record Row(int number, int minute, Map<String, String> values) {
        String created() {
            return time(minute);
        }
    }

    private final int cap;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();

    CappedRows(int cap) {
        this.cap = cap;
    }

    static String time(int minute) {
        return MIDNIGHT.plusSeconds(60L * minute).toString().replace("Z", ".000Z");
    }

    /** Adds a row, created so many minutes after midnight. */
    CappedRows add(int minute, Map<String, String> values) {
        rows.add(new Row(rows.size(), minute, values));
        return this;
    }

    CappedRows add(int count, int minute) {
        IntStream.range(0, count).forEach(unused -> add(minute, Map.of()));
        return this;
    }

    List<Row> rows() {
        return rows;
    }

    /** The filter of every query so far, once for all its pages; empty for none. */
    List<String> queries() {
        return queries;
    }

    /** The numbers of the rows created in a minute. */
    List<Integer> of(int minute) {
        return rows.stream()
                .filter(row -> row.minute() == minute)
                .map(Row::number)
                .toList();
    }

    ObjectNode answer(NotionRequest request) throws IOException {
        JsonNode body = Json.MAPPER.readTree(request.bodyText());
        if (!body.at("/sorts/0").toString().equals("{\"timestamp\":\"created_time\",\"direction\":\"ascending\"}")) {
            throw new IOException("Only the order of creation stays the same: " + body);
        }
        String query = body.path("filter").toString();
        if (request.cursor().isEmpty()) {
            queries.add(query);
        }
        List<Row> found = rows.stream()
                .filter(row -> meets(row, body.path("filter")))
                .sorted(Comparator.comparingInt(Row::minute)
                        .thenComparing(row -> Objects.hash(query, row.number()) * 31)
                        .thenComparing(Row::number))
                .toList();
        int from = request.cursor().map(Integer::parseInt).orElse(0);
        int most = Math.min(found.size(), cap);
        int to = Math.min(most, from + request.pageSize());
        ObjectNode answer = Json.MAPPER.createObjectNode().put("object", "list");
        for (Row row : found.subList(from, to)) {
            answer.withArray("/results").addObject().put("id", row.number()).put("created_time", row.created());
        }
        answer.put("has_more", to < most);
        answer.put("next_cursor", to < most ? String.valueOf(to) : null);
        if (found.size() > cap) {
            answer.putObject("request_status")
                    .put("type", "incomplete")
                    .put("incomplete_reason", "query_result_limit_reached");
        }
        return answer;
    }

    private static boolean meets(Row row, JsonNode filter) {
        if (filter.isMissingNode()) {
            return true;
        }
        if (filter.has("and")) {
            for (JsonNode part : filter.path("and")) {
                if (!meets(row, part)) {
                    return false;
                }
            }
            return true;
        }
        if (filter.path("timestamp").asText().equals("created_time")) {
            JsonNode condition = filter.path("created_time");
            Instant created = Instant.parse(row.created());
            return condition.has("equals")
                    ? created.equals(Instant.parse(condition.path("equals").asText()))
                    : !created.isBefore(
                            Instant.parse(condition.path("on_or_after").asText()));
        }
        if (filter.has("timestamp")) {
            // All rows have been edited since.
            return true;
        }
        String value = row.values().get(filter.path("property").asText());
        for (String type : List.of("select", "status")) {
            if (filter.has(type)) {
                JsonNode condition = filter.path(type);
                return condition.has("equals")
                        ? condition.path("equals").asText().equals(value)
                        : condition.path("is_empty").asBoolean() && value == null;
            }
        }
        return filter.at("/checkbox/equals").asBoolean() == "true".equals(value);
    }
}
