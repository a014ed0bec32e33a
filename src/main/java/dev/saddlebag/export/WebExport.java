package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.ExportSettings;
import dev.saddlebag.notion.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The internal API of Notion's web application (facts/notion-export.md §1.1 to §1.7). */
final class WebExport implements Provider {
    /** As many as the web application shows; ours is among the newest. */
    private static final int FEED_LENGTH = 20;

    private final ExportSettings settings;
    private final List<URI> hosts;
    private final Cookies cookies;

    WebExport(ExportSettings settings, List<URI> hosts, Cookies cookies) {
        this.settings = settings;
        this.hosts = List.copyOf(hosts);
        this.cookies = cookies;
    }

    @Override
    public List<URI> hosts() {
        return hosts;
    }

    @Override
    public Question spaces(URI host, Question.Understanding answered) {
        return ask(host, "getSpaces", "", Json.MAPPER.createObjectNode(), answered);
    }

    @Override
    public List<Space> readSpaces(ObjectNode answer) {
        return Space.ofAccounts(answer);
    }

    @Override
    public Question start(JobState job, Question.Understanding answered) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        ObjectNode task = content.putObject("task");
        ObjectNode request;
        if (job.page.isEmpty()) {
            task.put("eventName", settings.eventName());
            request = task.putObject("request");
            request.put("spaceId", job.space);
        } else {
            task.put("eventName", "exportBlock");
            request = task.putObject("request");
            request.putObject("block").put("id", job.page).put("spaceId", job.space);
            request.put("recursive", true);
        }
        request.put("shouldExportComments", settings.comments());
        request.putObject("exportOptions")
                .put("exportType", settings.format().word())
                .put("timeZone", settings.timeZone().getId())
                .put("locale", settings.locale())
                .put("collectionViewExportType", "all")
                .put("includeContents", settings.files() ? "everything" : "no_files")
                .put("flattenExportFiletree", settings.flat());
        return ask(URI.create(job.host), "enqueueTask", job.user, content, answered);
    }

    @Override
    public String readTask(ObjectNode answer) throws ExportRefusedException {
        String task = answer.path("taskId").asText("");
        if (task.isEmpty()) {
            throw new ExportRefusedException(
                    "Notion took the order for an export and named no task, so that nobody can say"
                            + " what became of it. Nothing that was backed up before is touched. Notion may have changed its web"
                            + " application: look for a newer Saddlebag, and meanwhile export by hand for saddlebag ingest");
        }
        return task;
    }

    @Override
    public Question progress(JobState job, Question.Understanding answered) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        content.putArray("taskIds").add(job.task);
        return ask(URI.create(job.host), "getTasks", job.user, content, answered);
    }

    @Override
    public TaskReport readProgress(JobState job, ObjectNode answer) {
        for (JsonNode result : answer.path("results")) {
            if (result.path("id").asText().equals(job.task)) {
                JsonNode status = result.path("status");
                long pages = status.path("pagesExported")
                        .asLong(status.path("exportedCount").asLong(-1));
                String link = status.path("exportURL").asText("");
                return new TaskReport(
                        stage(result.path("state").asText()),
                        pages,
                        link.isEmpty() ? List.of() : List.of(link),
                        result.path("error").asText(status.path("error").asText("")));
            }
        }
        return TaskReport.NONE;
    }

    private static TaskReport.Stage stage(String state) {
        return switch (state) {
            case "not_started", "in_progress" -> TaskReport.Stage.RUNNING;
            case "success" -> TaskReport.Stage.SUCCESS;
            case "retryable_failure" -> TaskReport.Stage.GIVEN_UP;
            case "failure", "failed" -> TaskReport.Stage.FAILED;
            default -> TaskReport.Stage.UNKNOWN;
        };
    }

    @Override
    public List<Question> feeds(JobState job, Question.Understanding answered) {
        ObjectNode content = Json.MAPPER
                .createObjectNode()
                .put("spaceId", job.space)
                .put("size", FEED_LENGTH)
                .put("type", "unread_and_read")
                .put("variant", "no_grouping");
        return hosts.stream()
                .map(host -> ask(host, "getNotificationLogV2", job.user, content, answered))
                .toList();
    }

    @Override
    public boolean exportsPages() {
        return true;
    }

    @Override
    public String whenInvalid() {
        return "See whether export.locale, export.time-zone, export.event-name and the ids of export.pages are right; else"
                + " Notion may have changed its web application: look for a newer Saddlebag";
    }

    @Override
    public String whenNothingIsThere() {
        return "see whether Notion has moved (notion.export.base-urls), or look for a newer Saddlebag";
    }

    @Override
    public String renewal() {
        return "Sign in to Notion in a browser, copy the cookie token_v2 as it stands there, put it where"
                + " saddlebag.workspace.<name>.token-v2 takes it from, and run again (docs/export.md)";
    }

    private Question ask(URI host, String name, String user, ObjectNode content, Question.Understanding answered) {
        URI address = host.resolve("/api/v3/" + name);
        Map<String, String> headers = new LinkedHashMap<>();
        cookies.toAsk(address).ifPresent(cookie -> headers.put("Cookie", cookie));
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        if (!user.isEmpty()) {
            headers.put("x-notion-active-user-header", user);
        }
        return new Question(name, "POST", address, headers, content, answered, () -> true);
    }
}
