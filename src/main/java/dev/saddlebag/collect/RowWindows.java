package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads all rows of a data source although one query gives 10,000 at most (facts/notion-api.md §2.5). Rows come in the
 * order of their creation, which no edit changes; each further query begins with the minute in which the one before ended.
 * Where a single minute has more rows than a query gives, it is read in parts, one for each value of a property that has
 * few. What comes twice does no harm.
 */
final class RowWindows implements Reading.Continuation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Some of the rows of one minute: those that meet all conditions. */
    private record Part(String minute, List<ObjectNode> conditions, int splits) {}

    private final Subject subject;
    private final NotionRequest all;
    private final List<List<ObjectNode>> splits;
    private final Deque<Part> parts = new ArrayDeque<>();
    private Part part;
    private String from;

    /**
     * Windows over a query.
     *
     * @param query the query for all rows
     * @param properties the schema of the data source
     */
    RowWindows(Subject subject, NotionRequest query, JsonNode properties) {
        this.subject = subject;
        this.all = query.at(Optional.empty());
        this.splits = StreamSupport.stream(properties.spliterator(), false)
                .map(RowWindows::values)
                .filter(values -> values.size() > 1)
                .toList();
    }

    /** The query for all rows of the data source with this id. */
    static NotionRequest query(String dataSource, boolean archived, Optional<ObjectNode> filter) {
        ObjectNode body = JSON.objectNode();
        filter.ifPresent(condition -> body.set("filter", condition));
        body.putArray("sorts").addObject().put("timestamp", "created_time").put("direction", "ascending");
        if (archived) {
            // A query leaves archived rows out, or gives nothing but them (facts/notion-api.md §2.5).
            body.put("is_archived", true);
        }
        return NotionRequest.postList("/v1/data_sources/" + dataSource + "/query", body);
    }

    static ObjectNode onOrAfter(String timestamp, String time) {
        ObjectNode filter = JSON.objectNode().put("timestamp", timestamp);
        filter.putObject(timestamp).put("on_or_after", time);
        return filter;
    }

    @Override
    public Optional<NotionRequest> next(ObjectNode lastPage) {
        boolean incomplete = Reading.isIncomplete(lastPage);
        if (part != null) {
            if (incomplete) {
                split(part);
            }
            return Optional.of(nextPart());
        }
        String last = lastPage.at("/results")
                .path(lastPage.path("results").size() - 1)
                .path("created_time")
                .asText("");
        if (!incomplete || last.isEmpty()) {
            return Optional.empty();
        }
        if (!last.equals(from)) {
            from = last;
            return Optional.of(where(List.of(onOrAfter("created_time", from))));
        }
        split(new Part(from, List.of(), 0));
        return Optional.of(nextPart());
    }

    private NotionRequest nextPart() {
        if (!parts.isEmpty()) {
            part = parts.pop();
            List<ObjectNode> conditions = new ArrayList<>(part.conditions());
            ObjectNode minute = JSON.objectNode().put("timestamp", "created_time");
            minute.putObject("created_time").put("equals", part.minute());
            conditions.add(minute);
            return where(conditions);
        }
        part = null;
        from = CarryOver.instant(from).plus(MINUTE).toString();
        return where(List.of(onOrAfter("created_time", from)));
    }

    private void split(Part whole) {
        if (whole.splits() == splits.size()) {
            subject.gaps()
                    .accept(new Gap(
                            subject.object(),
                            subject.id(),
                            Gap.Reason.FAILED,
                            "More rows were created at " + whole.minute()
                                    + " than Notion gives to one query, and no property tells them apart: the list of"
                                    + " rows is cut off there. Rows that other lists showed are in the snapshot."));
            return;
        }
        for (ObjectNode condition : splits.get(whole.splits())) {
            List<ObjectNode> conditions = new ArrayList<>(whole.conditions());
            conditions.add(condition);
            parts.push(new Part(whole.minute(), conditions, whole.splits() + 1));
        }
    }

    private NotionRequest where(List<ObjectNode> conditions) {
        ObjectNode body = all.content().deepCopy();
        ArrayNode and = JSON.arrayNode();
        if (body.has("filter")) {
            and.add(body.get("filter"));
        }
        conditions.forEach(and::add);
        if (and.size() == 1) {
            body.set("filter", and.get(0));
        } else {
            body.putObject("filter").set("and", and);
        }
        return NotionRequest.postList(all.path(), body);
    }

    /** Conditions of which every row meets exactly one: a checkbox is set or not, a choice is one of few or empty. */
    private static List<ObjectNode> values(JsonNode property) {
        String type = property.path("type").asText();
        List<ObjectNode> values = new ArrayList<>();
        switch (type) {
            case "checkbox" -> {
                values.add(condition(property, type, JSON.objectNode().put("equals", true)));
                values.add(condition(property, type, JSON.objectNode().put("equals", false)));
            }
            case "select", "status" -> {
                for (JsonNode option : property.path(type).path("options")) {
                    values.add(condition(
                            property,
                            type,
                            JSON.objectNode().put("equals", option.path("name").asText())));
                }
                values.add(condition(property, type, JSON.objectNode().put("is_empty", true)));
            }
            default -> {}
        }
        return values;
    }

    private static ObjectNode condition(JsonNode property, String type, ObjectNode test) {
        ObjectNode condition =
                JSON.objectNode().put("property", property.path("id").asText());
        condition.set(type, test);
        return condition;
    }
}
