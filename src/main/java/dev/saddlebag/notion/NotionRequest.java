package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of the REST API.
 *
 * @param method {@code GET} or {@code POST}
 * @param path begins with {@code /v1/}; parts that Notion gives percent-encoded (property ids) stay as they came
 * @param parameters those of the query that have nothing to do with pages of a list; empty when there are none
 * @param content the JSON to send, without what has to do with pages of a list, or null
 * @param pageSize how many entries of a list are asked for at a time, 0 when no list is asked for
 * @param cursor where in the list the answer begins; opaque, and good for this very list only
 */
public record NotionRequest(
        String method, String path, String parameters, ObjectNode content, int pageSize, Optional<String> cursor) {
    /** The most that Notion gives in one answer, and what it must be asked for (facts/notion-api.md §2.1). */
    public static final int PAGE_SIZE = 100;

    public static NotionRequest get(String path) {
        return new NotionRequest("GET", path, "", null, 0, Optional.empty());
    }

    public static NotionRequest list(String path, String parameters) {
        return new NotionRequest("GET", path, parameters, null, PAGE_SIZE, Optional.empty());
    }

    public static NotionRequest postList(String path, ObjectNode content) {
        return new NotionRequest("POST", path, "", content, PAGE_SIZE, Optional.empty());
    }

    /** The same list from {@code place} on, or from its beginning. */
    public NotionRequest at(Optional<String> place) {
        return new NotionRequest(method, path, parameters, content, pageSize, place);
    }

    /** The same list in pages of another size. */
    public NotionRequest inPagesOf(int size) {
        return new NotionRequest(method, path, parameters, content, size, cursor);
    }

    /** What goes over the wire as the query, without the question mark. */
    public String query() {
        Stream<String> paging = pageSize == 0 || content != null
                ? Stream.of()
                : Stream.concat(
                        Stream.of("page_size=" + pageSize),
                        cursor.stream().map(c -> "start_cursor=" + URLEncoder.encode(c, StandardCharsets.UTF_8)));
        return Stream.concat(Stream.of(parameters).filter(own -> !own.isEmpty()), paging)
                .collect(Collectors.joining("&"));
    }

    /** What goes over the wire as the body, or null. */
    public String bodyText() {
        if (content == null) {
            return null;
        }
        ObjectNode body = content.deepCopy();
        if (pageSize > 0) {
            body.put("page_size", pageSize);
        }
        cursor.ifPresent(c -> body.put("start_cursor", c));
        return body.toString();
    }

    @Override
    public String toString() {
        return method + " " + path + (query().isEmpty() ? "" : "?" + query())
                + (content == null ? "" : " " + bodyText());
    }
}
