package dev.saddlebag.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.util.List;
import java.util.Set;

/** Knows which endpoint a request is for and what every request must carry (facts/notion-api.md §2). */
final class Api {
    static final String VERSION = "2026-03-11";
    private static final Set<String> VERSIONS =
            Set.of("2021-05-13", "2021-08-16", "2022-02-22", "2022-06-28", "2025-09-03", VERSION);
    private static final String ANY = "*";

    /** An endpoint: {@code *} in the path stands for any one segment. */
    private record Endpoint(String kind, String method, List<String> path, Handler handler) {
        boolean matches(String wantedMethod, List<String> segments) {
            if (!method.equals(wantedMethod) || segments.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!path.get(i).equals(ANY) && !path.get(i).equals(segments.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Answers one endpoint; the segments are those of the path after {@code /v1}, not decoded. */
    @FunctionalInterface
    private interface Handler {
        ObjectNode answer(HttpRequest request, List<String> segments);
    }

    private final Behaviour behaviour;
    private final Faults faults;
    private final RateWindows windows;
    private final List<Endpoint> endpoints;

    Api(Behaviour behaviour, Faults faults, Content content, SignedUrls urls, Cursors cursors) {
        this.behaviour = behaviour;
        this.faults = faults;
        this.windows = new RateWindows(behaviour);
        var lists = new Lists(cursors, content.ids(), behaviour);
        var access = new Access(content);
        var tree = new TreeEndpoints(content, access, lists, urls, behaviour);
        var data = new DataEndpoints(content, access, lists, urls, behaviour);
        var people = new WorkspaceEndpoints(content, access, lists, urls, behaviour);
        this.endpoints = List.of(
                endpoint(
                        "me",
                        "GET",
                        "users/me",
                        (request, path) -> content.users().me()),
                endpoint("users", "GET", "users", (request, path) -> people.users(request)),
                endpoint("user", "GET", "users/*", (request, path) -> people.user(path.get(1))),
                endpoint("search", "POST", "search", (request, path) -> people.search(body(request))),
                endpoint("custom_emojis", "GET", "custom_emojis", (request, path) -> people.customEmojis(request)),
                endpoint("comments", "GET", "comments", (request, path) -> people.comments(request)),
                endpoint("comment", "GET", "comments/*", (request, path) -> people.comment(path.get(1))),
                endpoint("page", "GET", "pages/*", (request, path) -> tree.page(request, path.get(1))),
                endpoint(
                        "property",
                        "GET",
                        "pages/*/properties/*",
                        (request, path) -> tree.property(request, path.get(1), path.get(3))),
                endpoint("markdown", "GET", "pages/*/markdown", (request, path) -> tree.markdown(request, path.get(1))),
                endpoint("block", "GET", "blocks/*", (request, path) -> tree.block(path.get(1))),
                endpoint(
                        "children", "GET", "blocks/*/children", (request, path) -> tree.children(request, path.get(1))),
                endpoint("database", "GET", "databases/*", (request, path) -> data.database(path.get(1))),
                endpoint("data_source", "GET", "data_sources/*", (request, path) -> data.dataSource(path.get(1))),
                endpoint(
                        "query",
                        "POST",
                        "data_sources/*/query",
                        (request, path) -> data.query(request, path.get(1), body(request))),
                endpoint(
                        "templates",
                        "GET",
                        "data_sources/*/templates",
                        (request, path) -> data.templates(request, path.get(1))),
                endpoint("views", "GET", "views", (request, path) -> data.views(request)),
                endpoint("view", "GET", "views/*", (request, path) -> data.view(path.get(1))));
    }

    private static Endpoint endpoint(String kind, String method, String path, Handler handler) {
        return new Endpoint(kind, method, List.of(path.split("/")), handler);
    }

    private static List<String> segments(HttpRequest request) {
        String path = request.path();
        return path.startsWith("/v1/") ? List.of(path.substring(4).split("/", -1)) : List.of();
    }

    /** The kind of endpoint as {@link RequestLog#count} names it. */
    String kind(HttpRequest request) {
        List<String> segments = segments(request);
        return endpoints.stream()
                .filter(endpoint -> endpoint.matches(request.method(), segments))
                .findFirst()
                .map(Endpoint::kind)
                .orElse("other");
    }

    ObjectNode answer(HttpRequest request) {
        if (faults.blocked()) {
            throw ApiFailure.rateLimited("public_api_request_blocked", 60);
        }
        authorize(request);
        windows.take();
        List<String> segments = segments(request);
        return endpoints.stream()
                .filter(endpoint -> endpoint.matches(request.method(), segments))
                .findFirst()
                .orElseThrow(ApiFailure::invalidUrl)
                .handler()
                .answer(request, segments);
    }

    private void authorize(HttpRequest request) {
        String expected = "Bearer " + behaviour.token();
        if (faults.tokenDead() || !request.header("authorization").orElse("").equals(expected)) {
            throw ApiFailure.of(401, "unauthorized", "API token is invalid.");
        }
        String version = request.header("notion-version")
                .orElseThrow(() -> ApiFailure.of(
                        400,
                        "missing_version",
                        "Notion-Version header failed validation: Notion-Version header should be defined, instead was"
                                + " `undefined`."));
        if (!VERSIONS.contains(version)) {
            throw ApiFailure.of(
                    400,
                    "missing_version",
                    "Notion-Version header failed validation: Notion-Version header should be `\"" + VERSION
                            + "\"`, instead was `\"" + version + "\"`.");
        }
        if (!version.equals(VERSION)) {
            throw ApiFailure.invalid(
                    "This simulator answers Notion-Version " + VERSION + " only, not " + version + ".");
        }
    }

    private static JsonNode body(HttpRequest request) {
        if (request.body().isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode body = Json.MAPPER.readTree(request.body());
            if (!body.isObject()) {
                throw ApiFailure.of(400, "invalid_json", "Error parsing JSON body.");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw ApiFailure.of(400, "invalid_json", "Error parsing JSON body.");
        }
    }
}
