package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.ExportSettings;
import dev.saddlebag.configuration.Secret;
import dev.saddlebag.notion.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Notion's Admin API, for organisations on the plan Enterprise (facts/notion-export.md §1.9). */
final class AdminExport implements Provider {
    /** The Admin API has a line of versions of its own. */
    private static final String VERSION = "2026-06-01";

    private final ExportSettings settings;
    private final URI base;
    private final String startPath;

    AdminExport(ExportSettings settings, URI base, String startPath) {
        this.settings = settings;
        this.base = base;
        this.startPath = startPath;
    }

    @Override
    public List<URI> hosts() {
        return List.of(base);
    }

    @Override
    public Question spaces(URI host, Question.Understanding answered) {
        return ask("GET", "/v1/spaces", null, answered);
    }

    @Override
    public List<Space> readSpaces(ObjectNode answer) {
        List<Space> spaces = new ArrayList<>();
        for (JsonNode space : answer.path("results")) {
            spaces.add(new Space(space.path("id").asText(), space.path("name").asText(""), "", false, List.of()));
        }
        return spaces;
    }

    @Override
    public Question start(JobState job, Question.Understanding answered) {
        ObjectNode content = Json.MAPPER
                .createObjectNode()
                .put("space_id", job.space)
                .put("export_type", settings.format().word())
                .put("on_behalf_of_user_email", settings.onBehalfOf().orElse(""))
                .put("collection_view_export_type", "all")
                .put("flatten_export_filetree", settings.flat())
                .put("include_comments", settings.comments())
                .put("include_contents", settings.files() ? "everything" : "no_files")
                .put("locale", settings.locale())
                .put("time_zone", settings.timeZone().getId());
        return ask("POST", startPath.replace("{space}", job.space), content, answered);
    }

    @Override
    public String readTask(ObjectNode answer) throws ExportRefusedException {
        String task = answer.path("task_id").asText(answer.path("id").asText(""));
        if (task.isEmpty()) {
            throw new ExportRefusedException(
                    "Notion's Admin API took the order for an export and named no task. Nothing that"
                            + " was backed up before is touched. See whether notion.export.admin-start-path is what Notion's"
                            + " reference says now");
        }
        return task;
    }

    @Override
    public Question progress(JobState job, Question.Understanding answered) {
        return ask("GET", "/v1/exports/" + job.task + "?space_id=" + job.space, null, answered);
    }

    @Override
    public TaskReport readProgress(JobState job, ObjectNode answer) {
        List<String> links = new ArrayList<>();
        answer.path("download_urls").forEach(link -> links.add(link.asText()));
        TaskReport.Stage stage = switch (answer.path("status").asText()) {
            case "not_started", "queued", "in_progress" -> TaskReport.Stage.RUNNING;
            case "completed" -> TaskReport.Stage.SUCCESS;
            case "failed" -> TaskReport.Stage.FAILED;
            default -> TaskReport.Stage.UNKNOWN;
        };
        return new TaskReport(
                stage,
                answer.path("pages_exported").asLong(-1),
                links,
                answer.path("error_message").asText(answer.path("error_type").asText("")));
    }

    @Override
    public List<Question> feeds(JobState job, Question.Understanding answered) {
        return List.of();
    }

    @Override
    public boolean exportsPages() {
        return false;
    }

    @Override
    public String renewal() {
        return "An owner of the organisation makes a token with the scopes workspace:read and workspace:export in Notion's"
                + " organisation console; put it where saddlebag.workspace.<name>.export.admin-token takes it from, and"
                + " run again";
    }

    @Override
    public String whenInvalid() {
        return "Notion names the field that it does not take. on_behalf_of_user_email is export.on-behalf-of, which must be"
                + " the address of a member of that workspace; space_id, locale, time_zone and export_type are the settings"
                + " space-id, export.locale, export.time-zone and export.format. Correct it and run again";
    }

    @Override
    public String whenNothingIsThere() {
        return "compare notion.export.admin-start-path with what Notion's reference says now";
    }

    private Question ask(String method, String path, ObjectNode content, Question.Understanding answered) {
        String token = settings.adminToken().map(Secret::reveal).orElse("");
        Map<String, String> headers = Map.of(
                "Authorization",
                "Bearer " + token,
                "Notion-Version",
                VERSION,
                "Content-Type",
                "application/json",
                "Accept",
                "application/json");
        URI address = URI.create(base.toString().replaceFirst("/+$", "") + path);
        return new Question(
                method + " " + path.replaceFirst("\\?.*", ""), method, address, headers, content, answered, () -> true);
    }
}
