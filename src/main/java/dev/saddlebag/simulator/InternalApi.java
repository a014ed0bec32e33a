package dev.saddlebag.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The internal API as far as a native export needs it (facts/notion-export.md §1.1 to §1.7). */
final class InternalApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> EXPORTS = Set.of("exportSpace", "exportBlock", "partitionedExportBlock");

    /** So many entries the feed gives at most, however many are asked for. */
    private static final int FEED = 20;

    private final Exports exports;
    private final ExportTasks tasks;
    private final Content content;

    InternalApi(Exports exports, ExportTasks tasks, Content content) {
        this.exports = exports;
        this.tasks = tasks;
        this.content = content;
    }

    HttpReply answer(ExportHost host, HttpRequest request) {
        if (!Exports.serves(request.path())) {
            return ExportRefusal.page(404, "Not found", "");
        }
        if (!request.method().equals("POST")) {
            return ExportRefusal.json(405, ExportRefusal.error("MethodNotAllowed", "Use POST."));
        }
        Optional<HttpReply> stranger = stranger(request);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(request.body());
        } catch (JsonProcessingException e) {
            return invalid("The body is no JSON.");
        }
        if (!body.isObject()) {
            return invalid("The body is no JSON object.");
        }
        return switch (request.path().substring("/api/v3/".length())) {
            case "getSpaces" -> ExportRefusal.json(200, spaces());
            case "loadUserContent" -> ExportRefusal.json(200, userContent());
            case "enqueueTask" -> enqueue(body.path("task"));
            case "getTasks" -> withFileToken(ExportRefusal.json(200, tasks(body.path("taskIds"))));
            case "getNotificationLogV2" -> withFileToken(feed(host, body));
            case "saveTransactionsMain" -> ExportRefusal.json(200, JSON.objectNode());
            default -> ExportRefusal.json(404, ExportRefusal.error("NotFoundError", "There is no such endpoint."));
        };
    }

    /** What is said to who has no good session. */
    private Optional<HttpReply> stranger(HttpRequest request) {
        String token = Exports.Cookies.of(request.header("cookie").orElse("")).getOrDefault("token_v2", "");
        if (token.equals(exports.tokenV2())) {
            return Optional.empty();
        }
        if (token.contains(":") || token.contains("%25")) {
            return Optional.of(invalid("Token could not be decrypted: missing decryption metadata."));
        }
        return Optional.of(ExportRefusal.unauthorized());
    }

    private static HttpReply invalid(String message) {
        return ExportRefusal.json(400, ExportRefusal.error("ValidationError", message));
    }

    private HttpReply withFileToken(HttpReply reply) {
        return exports.download().setCookie()
                ? reply.with(
                        "Set-Cookie",
                        "file_token=" + exports.fileToken()
                                + "; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=31536000")
                : reply;
    }

    private ObjectNode spaces() {
        ObjectNode account = JSON.objectNode();
        account.putObject("notion_user").set(user(), record(person(), "editor"));
        ObjectNode root = JSON.objectNode().put("id", user()).put("version", 1);
        account.putObject("user_root").set(user(), record(root, "editor"));
        ObjectNode space = account.putObject("space");
        if (exports.life().member()) {
            space.set(exports.spaceId(), record(space(), "editor"));
        }
        account.putObject("space_view");
        ObjectNode all = JSON.objectNode();
        all.set(user(), account);
        return all;
    }

    private ObjectNode userContent() {
        ObjectNode answer = JSON.objectNode();
        ObjectNode map = answer.putObject("recordMap");
        map.putObject("notion_user").set(user(), record(person(), "editor"));
        ObjectNode space = map.putObject("space");
        if (exports.life().member()) {
            space.set(exports.spaceId(), record(space(), "editor"));
        }
        return answer;
    }

    private String user() {
        return content.users().id(0);
    }

    private ObjectNode person() {
        return JSON.objectNode()
                .put("id", user())
                .put("version", 1)
                .put("email", "person0@example.org")
                .put("name", content.users().name(0));
    }

    private ObjectNode space() {
        ObjectNode space = JSON.objectNode()
                .put("id", exports.spaceId())
                .put("version", 1)
                .put("name", Users.WORKSPACE_NAME)
                .put("icon", "🐎")
                .put("plan_type", "team")
                .put("subscription_tier", "business")
                .put("disable_export", exports.life().disabled());
        space.putObject("settings");
        return space;
    }

    private ObjectNode record(ObjectNode value, String role) {
        ObjectNode single = JSON.objectNode();
        single.set("value", value);
        single.put("role", role);
        if (exports.life().nesting() == ExportLife.Nesting.SINGLE) {
            return single;
        }
        ObjectNode outer = JSON.objectNode();
        outer.set("value", single);
        return outer;
    }

    private HttpReply enqueue(JsonNode task) {
        String event = task.path("eventName").asText();
        if (!EXPORTS.contains(event) || !task.path("request").isObject()) {
            return invalid("Invalid task.");
        }
        JsonNode request = task.get("request");
        if (!event.equals("exportSpace") && !Ids.valid(request.at("/block/id").asText())) {
            return invalid("Invalid input.");
        }
        return ExportRefusal.json(
                200, JSON.objectNode().put("taskId", tasks.begin(event, request).id()));
    }

    private ObjectNode tasks(JsonNode ids) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode id : ids) {
            tasks.find(id.asText())
                    .filter(ExportTask::own)
                    .filter(ExportTask::listed)
                    .ifPresent(task -> results.add(task(task)));
        }
        return answer;
    }

    private ObjectNode task(ExportTask task) {
        String state = task.poll();
        ObjectNode json = JSON.objectNode().put("id", task.id()).put("eventName", task.eventName());
        json.set("request", task.request());
        json.putObject("actor").put("table", "notion_user").put("id", user());
        json.put("state", state);
        if (task.life().status() != ExportLife.Status.ABSENT
                && (state.equals("in_progress") || state.equals("success"))) {
            status(task, state, json.putObject("status"));
        }
        json.putObject("rootRequest").put("eventName", task.eventName()).put("requestId", task.requestId());
        json.putObject("headers").put("ip", "127.0.0.1");
        if (task.life().enqueuedAt()) {
            json.put("equeuedAt", task.began().toEpochMilli());
        }
        if (state.endsWith("failure")) {
            json.put("error", task.error());
        }
        return json;
    }

    private void status(ExportTask task, String state, ObjectNode status) {
        boolean done = state.equals("success");
        status.put("type", done ? "complete" : "progress");
        String counter =
                task.life().status() == ExportLife.Status.EXPORTED_COUNT && !done ? "exportedCount" : "pagesExported";
        status.put(counter, task.pages());
        boolean linked =
                task.life().link() == ExportLife.Link.TASK || task.life().link() == ExportLife.Link.BOTH;
        if (done && linked) {
            status.put("exportURL", exports.link(task));
        }
    }

    private HttpReply feed(ExportHost host, JsonNode body) {
        if (!body.path("spaceId").asText().equals(exports.spaceId())
                || !exports.life().member()) {
            return ExportRefusal.json(
                    400, ExportRefusal.error("ValidationError", "User does not have access to space."));
        }
        ObjectNode answer = JSON.objectNode();
        ArrayNode notifications = answer.putArray("notificationIds");
        ObjectNode map = answer.putObject("recordMap");
        if (host == ExportHost.OLD_WEB_APP && exports.life().feedAtNewHostOnly()) {
            return ExportRefusal.json(200, answer);
        }
        int size = Math.max(1, Math.min(FEED, body.path("size").asInt(FEED)));
        List<ExportTask> entries =
                tasks.all().stream().filter(ExportTask::inFeed).toList();
        List<ExportTask> newest = entries.stream()
                .sorted(Comparator.comparing(ExportTask::end).reversed())
                .limit(size)
                .toList();
        newest.forEach(task -> notifications.add(notificationId(task)));
        // The order of the map is that of the tasks, so that who takes the first takes an old one.
        ObjectNode activities = map.putObject("activity");
        ObjectNode entriesByIds = map.putObject("notification");
        for (ExportTask task : entries) {
            if (newest.contains(task)) {
                activities.set(activityId(task), record(activity(task), "reader"));
                entriesByIds.set(notificationId(task), record(notification(task), "editor"));
            }
        }
        map.putObject("space").set(exports.spaceId(), record(space(), "editor"));
        return ExportRefusal.json(200, answer);
    }

    private static String activityId(ExportTask task) {
        return idLike(task, 1);
    }

    private static String notificationId(ExportTask task) {
        return idLike(task, 2);
    }

    private static String idLike(ExportTask task, int salt) {
        String from = task.linkId() + salt;
        return UUID.nameUUIDFromBytes(from.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private ObjectNode activity(ExportTask task) {
        String time = Long.toString(task.end().toEpochMilli());
        ObjectNode activity = JSON.objectNode()
                .put("id", activityId(task))
                .put("version", 1)
                .put("index", 0)
                .put("type", "export-completed")
                .put("parent_table", "space")
                .put("parent_id", exports.spaceId())
                .put("space_id", exports.spaceId())
                .put("start_time", time)
                .put("end_time", time)
                .put("invalid", false);
        activity.putArray("edits")
                .addObject()
                .put("type", "export-completed")
                .put("space_id", exports.spaceId())
                .put("timestamp", task.end().toEpochMilli())
                .put("link", exports.link(task));
        return activity.put("shard_id", 1).put("context_id", task.requestId());
    }

    private ObjectNode notification(ExportTask task) {
        return JSON.objectNode()
                .put("id", notificationId(task))
                .put("version", 1)
                .put("activity_id", activityId(task))
                .put("type", "export-completed")
                .put("read", false)
                .put("visited", false)
                .put("received", true)
                .put("emailed", false)
                .put("invalid", false)
                .put("space_id", exports.spaceId())
                .put("end_time", Long.toString(task.end().toEpochMilli()))
                .put("channel", "mentions");
    }
}
