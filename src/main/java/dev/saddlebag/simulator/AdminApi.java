package dev.saddlebag.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The official API for organisations, as far as it exports workspaces (facts/notion-export.md §1.9). */
final class AdminApi {
    static final String VERSION = "2026-06-01";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern START_IN_SPACE = Pattern.compile("/admin/v1/spaces/([^/]+)/exports");
    private static final Pattern POLL = Pattern.compile("/admin/v1/exports/([^/]+)");

    private final Exports exports;
    private final ExportTasks tasks;
    private final Clock clock;

    AdminApi(Exports exports, ExportTasks tasks, Clock clock) {
        this.exports = exports;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** The name of the endpoint that a request is for, as {@link Exports.Seen#call()} has it. */
    static String call(HttpRequest request) {
        String path = request.path();
        if (request.method().equals("POST")) {
            return path.equals("/admin/v1/exports")
                            || START_IN_SPACE.matcher(path).matches()
                    ? "admin-start"
                    : "other";
        }
        return path.equals("/admin/v1/spaces")
                ? "admin-spaces"
                : POLL.matcher(path).matches() ? "admin-poll" : "other";
    }

    HttpReply answer(HttpRequest request) {
        if (!request.header("authorization").equals(Optional.of("Bearer " + exports.adminToken()))) {
            return refuse(401, "unauthorized", "API token is invalid.");
        }
        if (!request.header("notion-version").equals(Optional.of(VERSION))) {
            return refuse(400, "missing_version", "Notion-Version header should be " + VERSION + ".");
        }
        Matcher inSpace = START_IN_SPACE.matcher(request.path());
        Matcher poll = POLL.matcher(request.path());
        return switch (call(request)) {
            case "admin-spaces" -> ExportRefusal.json(200, spaces());
            case "admin-start" -> {
                boolean known = inSpace.matches() != (exports.adminStart() == Exports.AdminStart.EXPORTS);
                yield known
                        ? start(request, inSpace.matches() ? Optional.of(inSpace.group(1)) : Optional.empty())
                        : nothing();
            }
            case "admin-poll" -> poll.matches() ? poll(request, poll.group(1)) : nothing();
            default -> nothing();
        };
    }

    private static HttpReply nothing() {
        return refuse(404, "object_not_found", "There is nothing at this address.");
    }

    private static HttpReply refuse(int status, String code, String message) {
        return ExportRefusal.json(
                status,
                JSON.objectNode()
                        .put("type", "error")
                        .put("code", code)
                        .put("status", status)
                        .put("message", message));
    }

    private ObjectNode spaces() {
        ObjectNode list = JSON.objectNode().put("object", "list");
        ArrayNode results = list.putArray("results");
        if (exports.life().member()) {
            results.addObject().put("id", exports.spaceId()).put("name", Users.WORKSPACE_NAME);
        }
        return list.put("has_more", false).putNull("next_cursor");
    }

    private HttpReply start(HttpRequest request, Optional<String> space) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(request.body());
        } catch (JsonProcessingException e) {
            return refuse(400, "invalid_json", "Error parsing JSON body.");
        }
        String type = body.path("export_type").asText();
        if (!List.of("markdown", "html").contains(type)) {
            return refuse(400, "validation_error", "body.export_type should be html, markdown or pdf.");
        }
        String member = body.path("on_behalf_of_user_email").asText();
        if (!member.contains("@")) {
            return refuse(
                    400,
                    "validation_error",
                    member.isEmpty()
                            ? "body.on_behalf_of_user_email should be defined."
                            : "body.on_behalf_of_user_email should be a valid email.");
        }
        String id = space.orElse(body.path("space_id").asText());
        if (!id.equals(exports.spaceId()) || !exports.life().member()) {
            return refuse(404, "object_not_found", "Could not find space with ID: " + id + ".");
        }
        ObjectNode wanted = JSON.objectNode().put("spaceId", id);
        wanted.putObject("exportOptions")
                .put("exportType", type)
                .put("includeContents", body.path("include_contents").asText("everything"))
                .put(
                        "flattenExportFiletree",
                        body.path("flatten_export_filetree").asBoolean());
        ExportTask task = tasks.begin(ExportTask.ADMIN, wanted);
        return ExportRefusal.json(
                200, JSON.objectNode().put("status", "in_progress").put("task_id", task.id()));
    }

    private HttpReply poll(HttpRequest request, String id) {
        Optional<ExportTask> task = tasks.find(id)
                .filter(found -> found.eventName().equals(ExportTask.ADMIN))
                .filter(found -> request.parameter("space_id").equals(Optional.of(exports.spaceId())))
                .filter(ExportTask::listed);
        return task.map(found -> ExportRefusal.json(200, told(found)))
                .orElseGet(() -> refuse(404, "object_not_found", "Could not find export with ID: " + id + "."));
    }

    private ObjectNode told(ExportTask task) {
        String state = task.poll();
        boolean done = state.equals("success");
        boolean failed = state.endsWith("failure");
        ObjectNode json = JSON.objectNode()
                .put("status", done ? "completed" : failed ? "failed" : "in_progress")
                .put("pages_exported", task.pages())
                .put("download_available", done && task.life().link() != ExportLife.Link.NOWHERE);
        ArrayNode urls = json.putArray("download_urls");
        Optional<ExportArchive.Made> made = done ? task.made() : Optional.empty();
        if (made.isPresent() && json.get("download_available").asBoolean()) {
            exports.links(task).forEach(urls::add);
            Instant expiry = task.end().plus(exports.download().linkLife());
            json.put("url_expires_at", expiry.toString());
            json.put("final_zip_file_size_bytes", made.get().size());
        } else {
            json.putNull("url_expires_at").putNull("final_zip_file_size_bytes");
        }
        json.put("export_format", task.request().at("/exportOptions/exportType").asText())
                .put("export_type", "space")
                .put("error_type", failed ? "export_failed" : null)
                .put("error_message", failed ? task.error() : null);
        return json.put("created_at", task.began().toString())
                .put("updated_at", clock.instant().toString());
    }
}
