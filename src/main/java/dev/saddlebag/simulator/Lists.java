package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.IntFunction;

/** Cuts lists into pages and wraps them as recorded answers do (facts/notion-api.md §2.1). */
final class Lists {
    private static final int MOST = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Cursors cursors;
    private final Ids ids;
    private final Behaviour behaviour;

    Lists(Cursors cursors, Ids ids, Behaviour behaviour) {
        this.cursors = cursors;
        this.ids = ids;
        this.behaviour = behaviour;
    }

    /**
     * What part of a list was asked for.
     *
     * @param cursor null for the begin
     */
    record Page(String cursor, int size) {
        static Page ofQuery(HttpRequest request) {
            int size = request.parameter("page_size")
                    .map(text -> size("query", text, "\"" + text + "\""))
                    .orElse(MOST);
            return new Page(request.parameter("start_cursor").orElse(null), size);
        }

        static Page ofBody(JsonNode body) {
            int size = body.has("page_size")
                    ? size(
                            "body",
                            body.get("page_size").asText(),
                            body.get("page_size").toString())
                    : MOST;
            JsonNode cursor = body.path("start_cursor");
            if (!cursor.isMissingNode() && !cursor.isTextual()) {
                throw ApiFailure.invalid(
                        "body failed validation: body.start_cursor should be a string or `undefined`, instead was `"
                                + cursor + "`.");
            }
            return new Page(cursor.isTextual() ? cursor.asText() : null, size);
        }

        private static int size(String where, String text, String shown) {
            String name = where + ".page_size";
            int size;
            try {
                size = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw ApiFailure.invalid(where + " failed validation: " + name
                        + " should be a number or `undefined`, instead was `" + shown + "`.");
            }
            if (size > MOST || size < 1) {
                throw ApiFailure.invalid(where + " failed validation: " + name + " should be "
                        + (size > MOST ? "≤ `100`" : "≥ `1`") + ", instead was `" + shown + "`.");
            }
            return size;
        }
    }

    /** A list whose cursors carry the position. */
    ObjectNode numbered(String type, String list, Page page, int count, IntFunction<JsonNode> entry) {
        int from = 0;
        if (page.cursor() != null) {
            String next = cursors.open(page.cursor(), list);
            from = ids.read(next)
                    .filter(ref -> ref.kind() == Kind.OPTION)
                    .orElseThrow(() -> ApiFailure.invalidCursor(page.cursor()))
                    .sub();
        }
        return part(type, page, from, count, entry, to -> cursors.issue(list, ids.of(Kind.OPTION, 0, to)));
    }

    /**
     * A list whose cursors carry the id of the next entry, so that a cursor dies with the entry.
     *
     * @param position where the entry with an id stands, or -1
     */
    ObjectNode named(
            String type,
            String list,
            Page page,
            int count,
            IntFunction<JsonNode> entry,
            IntFunction<String> id,
            java.util.function.ToIntFunction<String> position) {
        int from = 0;
        if (page.cursor() != null) {
            from = position.applyAsInt(cursors.open(page.cursor(), list));
            if (from < 0) {
                throw ApiFailure.invalidCursor(page.cursor());
            }
        }
        return part(type, page, from, count, entry, to -> cursors.issue(list, id.apply(to)));
    }

    /** Part of a list from an entry on; {@code cursor} makes the cursor for the entry with the given number. */
    ObjectNode part(
            String type, Page page, int from, int count, IntFunction<JsonNode> entry, IntFunction<String> cursor) {
        int size = behaviour.shortPages() ? Math.max(1, page.size() * 2 / 3) : page.size();
        int to = Math.min(count, from + size);
        ArrayNode results = JSON.arrayNode();
        for (int number = from; number < to; number++) {
            results.add(entry.apply(number));
        }
        return wrap(type, results, to < count ? cursor.apply(to) : null);
    }

    /** Says that the list ends before its end, which nothing else of it tells (§2.5). */
    static void cutOff(ObjectNode list) {
        list.putObject("request_status")
                .put("type", "incomplete")
                .put("incomplete_reason", "query_result_limit_reached");
    }

    static ObjectNode wrap(String type, ArrayNode results, String nextCursor) {
        ObjectNode list = JSON.objectNode().put("object", "list");
        list.set("results", results);
        list.put("next_cursor", nextCursor).put("has_more", nextCursor != null).put("type", type);
        list.putObject(type);
        return list;
    }
}
