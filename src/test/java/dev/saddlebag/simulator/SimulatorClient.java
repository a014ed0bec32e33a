package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;

/** Asks a simulator the way a careful client would. */
final class SimulatorClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final NotionSimulator notion;

    SimulatorClient(NotionSimulator notion) {
        this.notion = notion;
    }

    record Answer(int status, JsonNode body, HttpResponse<byte[]> response) {}

    Answer send(Consumer<HttpRequest.Builder> change, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(notion.baseUrl() + path))
                .header("Authorization", "Bearer " + notion.token())
                .header("Notion-Version", "2026-03-11");
        change.accept(request);
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            boolean json =
                    response.headers().firstValue("content-type").orElse("").contains("json");
            boolean zipped = response.headers().firstValue("content-encoding").isPresent();
            JsonNode body = json && !zipped ? Json.MAPPER.readTree(response.body()) : null;
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return send(request -> {}, path);
    }

    Answer post(String path, JsonNode body) {
        return send(request -> request.POST(HttpRequest.BodyPublishers.ofString(body.toString())), path);
    }

    /** The body of an answer that has to be good, without its request id. */
    ObjectNode good(String path) {
        return good(get(path), path);
    }

    private static ObjectNode good(Answer answer, String path) {
        if (answer.status() != 200) {
            throw new AssertionError(path + " answered " + answer.status() + " " + answer.body());
        }
        ObjectNode body = (ObjectNode) answer.body();
        body.remove("request_id");
        return body;
    }

    /** Every entry of a list that is read with GET. */
    ArrayNode all(String path) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        String cursor = "";
        do {
            ObjectNode list = good(path + (path.contains("?") ? "&" : "?") + "page_size=100" + cursor);
            list.withArray("results").forEach(all::add);
            cursor = list.get("has_more").asBoolean()
                    ? "&start_cursor=" + list.get("next_cursor").asText()
                    : null;
        } while (cursor != null);
        return all;
    }

    /** Every entry of a list that is read with POST. */
    ArrayNode all(String path, ObjectNode body) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        ObjectNode wanted = body.deepCopy().put("page_size", 100);
        while (true) {
            ObjectNode list = good(post(path, wanted), path);
            list.withArray("results").forEach(all::add);
            if (!list.get("has_more").asBoolean()) {
                return all;
            }
            wanted.put("start_cursor", list.get("next_cursor").asText());
        }
    }
}
