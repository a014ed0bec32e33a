package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Which rows of a data source a filter lets through (facts/notion-api.md §2.5): by timestamps, by the properties that
 * can part a data source into smaller ones, and by compounds of both.
 */
final class RowFilter {
    static final Set<String> TIMESTAMPS = Set.of("created_time", "last_edited_time");
    private static final Set<String> PROPERTIES = Set.of("select", "status", "checkbox", "unique_id");
    private static final int DEEPEST = 2;

    private final World world;
    private final Pages pages;
    private final List<Property> columns;

    /** @param columns those of the data source whose rows are filtered */
    RowFilter(World world, Pages pages, List<Property> columns) {
        this.world = world;
        this.pages = pages;
        this.columns = columns;
    }

    IntPredicate of(JsonNode filter) {
        return of(filter, 0);
    }

    private IntPredicate of(JsonNode filter, int depth) {
        for (String compound : List.of("and", "or")) {
            if (filter.has(compound)) {
                if (depth == DEEPEST) {
                    throw ApiFailure.invalid("body failed validation: filters nest two levels deep.");
                }
                List<IntPredicate> parts = new ArrayList<>();
                filter.get(compound).forEach(part -> parts.add(of(part, depth + 1)));
                return compound.equals("and")
                        ? row -> parts.stream().allMatch(part -> part.test(row))
                        : row -> parts.stream().anyMatch(part -> part.test(row));
            }
        }
        return filter.has("property") ? byProperty(filter) : byTimestamp(filter);
    }

    private IntPredicate byTimestamp(JsonNode filter) {
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
            default -> throw unknown(timestamp, operator);
        };
    }

    private Instant at(String timestamp, int row) {
        return Instant.ofEpochSecond(minute(world, timestamp, row) * 60);
    }

    /** A timestamp of a row, in minutes since 1970. */
    static long minute(World world, String timestamp, int row) {
        boolean created = timestamp.equals("created_time");
        if (row < 0) {
            int source = SearchIndex.ref(row).index();
            return created ? world.sourceCreated(source) : world.sourceEdited(source);
        }
        return created ? world.created(row) : world.edited(row);
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

    private IntPredicate byProperty(JsonNode filter) {
        String type = PROPERTIES.stream().filter(filter::has).findFirst().orElse("");
        JsonNode condition = filter.path(type);
        int keys = filter.has("type") ? 3 : 2;
        if (filter.size() != keys || condition.size() != 1) {
            throw ApiFailure.invalid(
                    "body failed validation. The simulator filters by one condition on a property of the" + " types "
                            + PROPERTIES.stream().sorted().toList() + ", instead body.filter was `" + filter + "`.");
        }
        Property column = column(filter.get("property").asText());
        if (!column.type().equals(type)) {
            throw ApiFailure.invalid("The property type in the database does not match the property type of the filter"
                    + " provided: database property " + column.type() + " does not match filter " + type);
        }
        String operator = condition.fieldNames().next();
        Predicate<JsonNode> test = test(type, operator, condition.get(operator));
        return row -> test.test(pages.wholeProperty(row, column, FileLinks.NONE).get(type));
    }

    private Property column(String nameOrId) {
        return columns.stream()
                .filter(column -> column.name().equals(nameOrId)
                        || column.id().equals(nameOrId)
                        || column.rawId().equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> ApiFailure.invalid("Could not find property with name or id: " + nameOrId));
    }

    /** What the value of a property has to be. */
    private static Predicate<JsonNode> test(String type, String operator, JsonNode wanted) {
        return switch (type) {
            case "checkbox" -> {
                expect(operator.equals("equals"), type, operator);
                expect(wanted.isBoolean(), type, operator, "a boolean", wanted);
                yield value -> value.asBoolean() == wanted.asBoolean();
            }
            case "unique_id" -> number(operator, wanted);
            default -> option(type, operator, wanted);
        };
    }

    private static Predicate<JsonNode> option(String type, String operator, JsonNode wanted) {
        if (operator.equals("is_empty")) {
            expect(wanted.isBoolean() && wanted.asBoolean(), type, operator, "`true`", wanted);
            return JsonNode::isNull;
        }
        expect(operator.equals("equals"), type, operator);
        expect(wanted.isTextual(), type, operator, "a string", wanted);
        return value -> value.path("name").equals(wanted);
    }

    private static Predicate<JsonNode> number(String operator, JsonNode wanted) {
        expect(wanted.isIntegralNumber(), "unique_id", operator, "a number", wanted);
        long bound = wanted.asLong();
        Predicate<Long> test = switch (operator) {
            case "equals" -> number -> number == bound;
            case "greater_than" -> number -> number > bound;
            case "greater_than_or_equal_to" -> number -> number >= bound;
            case "less_than" -> number -> number < bound;
            case "less_than_or_equal_to" -> number -> number <= bound;
            default -> throw unknown("unique_id", operator);
        };
        return value ->
                value.path("number").isNumber() && test.test(value.get("number").asLong());
    }

    private static void expect(boolean known, String what, String operator) {
        if (!known) {
            throw unknown(what, operator);
        }
    }

    private static void expect(boolean good, String what, String operator, String expected, JsonNode instead) {
        if (!good) {
            throw ApiFailure.invalid("body failed validation: body.filter." + what + "." + operator + " should be "
                    + expected + ", instead was `" + instead + "`.");
        }
    }

    private static ApiFailure unknown(String what, String operator) {
        return ApiFailure.invalid(
                "body failed validation: body.filter." + what + "." + operator + " should be not present.");
    }
}
