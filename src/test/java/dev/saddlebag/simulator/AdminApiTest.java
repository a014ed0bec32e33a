package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Admin API as facts/notion-export.md §1.9 has it. */
class AdminApiTest {
    @TempDir
    private Path folder;

    private final NotionSimulator notion = NotionSimulator.start(
            SampleWorkspace.of(7, 40), Behaviour.standard().withClock(new ExportClient.Watch()));
    private final Exports exports = notion.exports();
    private final ExportClient client = new ExportClient(exports);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        notion.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(exports.adminUrl() + "/v1/" + path))
                .header("Authorization", "Bearer " + exports.adminToken())
                .header("Notion-Version", "2026-06-01");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode get(String path) throws Exception {
        return ExportClient.json(send(request(path)));
    }

    private HttpResponse<byte[]> post(String path, JsonNode body) throws Exception {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private ObjectNode wanted() {
        return ExportClient.object()
                .put("space_id", exports.spaceId())
                .put("export_type", "markdown")
                .put("on_behalf_of_user_email", "person0@example.org");
    }

    @Test
    void an_export_goes_from_its_start_to_its_addresses() throws Exception {
        exports.life(exports.life().withPolls(1));
        exports.form(exports.form().withWrappers(0).withParts(2));
        assertThat(get("spaces").at("/results/0/id").asText()).isEqualTo(exports.spaceId());
        JsonNode started = ExportClient.json(post("exports", wanted()));
        List<String> keys = new ArrayList<>();
        started.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactly("status", "task_id");
        String poll = "exports/" + started.get("task_id").asText() + "?space_id=" + exports.spaceId();
        JsonNode pending = get(poll);
        assertThat(pending.get("status").asText()).isEqualTo("in_progress");
        assertThat(pending.get("download_available").asBoolean()).isFalse();
        assertThat(pending.get("download_urls")).isEmpty();
        JsonNode done = get(poll);
        List<String> told = new ArrayList<>();
        done.fieldNames().forEachRemaining(told::add);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "status",
                        "pages_exported",
                        "download_available",
                        "download_urls",
                        "url_expires_at",
                        "final_zip_file_size_bytes",
                        "export_format",
                        "export_type",
                        "error_type",
                        "error_message",
                        "created_at",
                        "updated_at");
        assertThat(done.get("status").asText()).isEqualTo("completed");
        assertThat(done.get("url_expires_at").asText()).isEqualTo("2026-11-27T08:15:30.486Z");
        assertThat(done.get("download_urls")).hasSize(2);
        long size = 0;
        int pages = 0;
        for (JsonNode url : done.get("download_urls")) {
            byte[] bytes = client.downloadWithoutCookie(url.asText()).body();
            size += bytes.length;
            Path part = Files.write(folder.resolve("part-" + size + ".zip"), bytes);
            pages += ExportedTree.of(part).ending(".md").size();
        }
        assertThat(done.get("final_zip_file_size_bytes").asLong()).isEqualTo(size);
        assertThat(done.get("pages_exported").asInt()).isEqualTo(pages);
        assertThat(client.feed(ExportHost.WEB_APP).get("notificationIds")).isEmpty();
        assertThat(exports.count("admin-poll")).isEqualTo(2);
    }

    @Test
    void exports_are_started_where_the_option_says() throws Exception {
        String ofSpace = "spaces/" + exports.spaceId() + "/exports";
        assertThat(post(ofSpace, wanted()).statusCode()).isEqualTo(404);
        exports.adminStart(Exports.AdminStart.EXPORTS_OF_SPACE);
        assertThat(post(ofSpace, wanted()).statusCode()).isEqualTo(200);
        assertThat(post("exports", wanted()).statusCode()).isEqualTo(404);
    }

    @Test
    void failures_are_told() throws Exception {
        exports.play(ExportScenario.FAILURE);
        String id = ExportClient.json(post("exports", wanted())).get("task_id").asText();
        get("exports/" + id + "?space_id=" + exports.spaceId());
        JsonNode failed = get("exports/" + id + "?space_id=" + exports.spaceId());
        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.get("error_message").asText()).contains("reading 'value'");
    }

    @Test
    void refusals_name_a_code() throws Exception {
        HttpRequest.Builder wrongToken = HttpRequest.newBuilder(URI.create(exports.adminUrl() + "/v1/spaces"))
                .header("Authorization", "Bearer adm_other")
                .header("Notion-Version", "2026-06-01");
        JsonNode refused = ExportClient.json(send(wrongToken));
        assertThat(refused.get("type").asText()).isEqualTo("error");
        assertThat(refused.get("code").asText()).isEqualTo("unauthorized");
        assertThat(refused.get("status").asInt()).isEqualTo(401);
        HttpRequest.Builder noVersion = HttpRequest.newBuilder(URI.create(exports.adminUrl() + "/v1/spaces"))
                .header("Authorization", "Bearer " + exports.adminToken());
        assertThat(ExportClient.json(send(noVersion)).get("code").asText()).isEqualTo("missing_version");
        ObjectNode noEmail = wanted();
        noEmail.remove("on_behalf_of_user_email");
        assertThat(ExportClient.json(post("exports", noEmail)).get("code").asText())
                .isEqualTo("validation_error");
        assertThat(get("exports/" + exports.spaceId() + "?space_id=" + exports.spaceId())
                        .get("code")
                        .asText())
                .isEqualTo("object_not_found");
    }
}
