package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One call of the REST API.
 *
 * @param method {@code GET} or {@code POST}
 * @param path begins with {@code /v1/}; parts that Notion gives percent-encoded (property ids) stay as they came
 * @param query without the question mark, empty when there is none
 * @param body the JSON to send, or null
 */
public record NotionRequest(String method, String path, String query, ObjectNode body) {
    /** The most that Notion gives in one answer, and what it must be asked for (facts/notion-api.md §2.1). */
    public static final int PAGE_SIZE = 100;

    public static NotionRequest get(String path) {
        return new NotionRequest("GET", path, "", null);
    }

    public static NotionRequest list(String path, String query) {
        return new NotionRequest("GET", path, query.isEmpty() ? "" : query + "&", null).at(Optional.empty());
    }

    public static NotionRequest postList(String path, ObjectNode body) {
        return new NotionRequest("POST", path, "", body).at(Optional.empty());
    }

    /** The same list from {@code cursor} on; the cursor is opaque and good for this very list only. */
    public NotionRequest at(Optional<String> cursor) {
        if (body != null) {
            ObjectNode next = body.deepCopy().put("page_size", PAGE_SIZE);
            cursor.ifPresentOrElse(c -> next.put("start_cursor", c), () -> next.remove("start_cursor"));
            return new NotionRequest(method, path, query, next);
        }
        String own = query.replaceFirst("page_size=\\d+(&start_cursor=[^&]*)?$", "");
        String start = cursor.map(c -> "&start_cursor=" + URLEncoder.encode(c, StandardCharsets.UTF_8))
                .orElse("");
        return new NotionRequest(method, path, own + "page_size=" + PAGE_SIZE + start, null);
    }

    /** What goes over the wire as the body, or null. */
    public String bodyText() {
        return body == null ? null : body.toString();
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + (body == null ? "" : " " + body);
    }
}
