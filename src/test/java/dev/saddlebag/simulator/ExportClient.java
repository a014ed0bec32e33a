package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Asks for native exports the way the web app does, without any care. */
final class ExportClient {
    /** A clock that stands still until a test moves it. */
    static final class Watch extends Clock {
        private Instant now = Instant.parse("2026-11-20T08:15:30.500Z");

        void set(Instant instant) {
            now = instant;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Exports exports;

    ExportClient(Exports exports) {
        this.exports = exports;
    }

    HttpResponse<byte[]> call(ExportHost host, String name, JsonNode body) {
        return send(HttpRequest.newBuilder(URI.create(exports.url(host) + "/api/v3/" + name))
                .header("Cookie", "token_v2=" + exports.tokenV2())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    JsonNode good(String name, JsonNode body) {
        HttpResponse<byte[]> response = call(ExportHost.OLD_WEB_APP, name, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(name + " answered " + response.statusCode());
        }
        return json(response);
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    /** The body that asks for an export of the whole workspace. */
    ObjectNode wholeWorkspace(String type) {
        ObjectNode body = object();
        ObjectNode task = body.putObject("task").put("eventName", "exportSpace");
        ObjectNode request = task.putObject("request").put("spaceId", exports.spaceId());
        options(request, type);
        return body;
    }

    /** The body that asks for an export of a page and what is below it. */
    ObjectNode tree(String eventName, String page) {
        ObjectNode body = object();
        ObjectNode task = body.putObject("task").put("eventName", eventName);
        ObjectNode request = task.putObject("request");
        request.putObject("block").put("id", page).put("spaceId", exports.spaceId());
        request.put("recursive", true);
        options(request, "markdown");
        return body;
    }

    private static void options(ObjectNode request, String type) {
        request.put("shouldExportComments", false);
        request.putObject("exportOptions")
                .put("exportType", type)
                .put("timeZone", "UTC")
                .put("locale", "en")
                .put("collectionViewExportType", "all")
                .put("includeContents", "everything")
                .put("flattenExportFiletree", false);
    }

    String enqueue(JsonNode body) {
        return good("enqueueTask", body).get("taskId").asText();
    }

    JsonNode task(String id) {
        ObjectNode body = object();
        body.putArray("taskIds").add(id);
        return good("getTasks", body).at("/results/0");
    }

    JsonNode feed(ExportHost host) {
        ObjectNode body = object().put("spaceId", exports.spaceId())
                .put("size", 20)
                .put("type", "unread_and_read")
                .put("variant", "no_grouping");
        return json(call(host, "getNotificationLogV2", body));
    }

    /** Asks until a task ends. */
    JsonNode finished(String id) {
        for (int i = 0; i < 100; i++) {
            JsonNode task = task(id);
            if (task.path("state").asText().matches("success|.*failure")) {
                return task;
            }
        }
        throw new AssertionError("The task does not end.");
    }

    /** The link to the newest export that the feed of the new host has, in whatever nesting. */
    String link() {
        String link = "";
        long newest = -1;
        for (JsonNode activity : feed(ExportHost.WEB_APP).at("/recordMap/activity")) {
            JsonNode value = activity.get("value");
            JsonNode inner = value.has("type") ? value : value.get("value");
            long time = Long.parseLong(inner.get("start_time").asText());
            // Of two at the same time, which a clock that stands still makes, the later one.
            if (time >= newest) {
                newest = time;
                link = inner.at("/edits/0/link").asText();
            }
        }
        return link;
    }

    HttpResponse<byte[]> download(String link, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(link)).header("Cookie", "file_token=" + exports.fileToken());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<byte[]> downloadWithoutCookie(String link) {
        return send(HttpRequest.newBuilder(URI.create(link)).build());
    }

    /** Exports and writes what came to a file. */
    Path export(JsonNode body, Path to) {
        finished(enqueue(body));
        try {
            return Files.write(to, download(link()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
