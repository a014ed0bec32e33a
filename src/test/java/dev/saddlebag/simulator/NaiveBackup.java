package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Backs a simulator up one request after the other, with no more knowledge than the fact sheet gives. */
final class NaiveBackup {
    private static final Set<String> CLOSED =
            Set.of("child_page", "child_database", "link_to_page", "unsupported", "meeting_notes");

    private final SimulatorClient client;
    private final Map<String, JsonNode> stored = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Map<String, ObjectNode> fetched = new HashMap<>();

    private final boolean complete;

    /** @param complete whether it collects what {@link TruthOptions#complete()} has and not the standard */
    NaiveBackup(NotionSimulator notion, boolean complete) {
        this.client = new SimulatorClient(notion);
        this.complete = complete;
    }

    /** Path to content of everything that can be reached. */
    Map<String, JsonNode> run() {
        for (JsonNode hit : client.all("/v1/search", Json.MAPPER.createObjectNode())) {
            if (hit.get("object").asText().equals("page")) {
                found("page", hit.get("id").asText(), (ObjectNode) hit);
            } else {
                found("database", hit.get("parent").get("database_id").asText(), null);
            }
        }
        while (!work.isEmpty()) {
            work.pop().run();
        }
        return stored;
    }

    private void found(String kind, String id, ObjectNode known) {
        if (!seen.add(id)) {
            return;
        }
        work.push(() -> {
            if (kind.equals("page")) {
                page(id, known);
            } else {
                database(id);
            }
        });
    }

    /** Search may have missed what is above an object. */
    private void above(JsonNode object) {
        JsonNode parent = object.path("parent");
        if (parent.has("page_id")) {
            found("page", parent.get("page_id").asText(), null);
        } else if (parent.has("database_id")) {
            found("database", parent.get("database_id").asText(), null);
        } else if (parent.has("block_id")) {
            aboveBlock(parent.get("block_id").asText());
        }
    }

    private void aboveBlock(String id) {
        SimulatorClient.Answer answer = seen.add("block " + id) ? client.get("/v1/blocks/" + id) : null;
        if (answer != null && answer.status() == 200) {
            above(answer.body());
        }
    }

    /** Follows every reference in an object to what it names. */
    private void references(JsonNode node) {
        switch (node.path("type").asText()) {
            case "page" -> found("page", node.at("/page/id").asText(""), null);
            case "database" -> found("database", node.at("/database/id").asText(""), null);
            case "page_id" -> found("page", node.get("page_id").asText(), null);
            case "database_id" -> found("database", node.get("database_id").asText(), null);
            case "relation" -> {
                if (node.path("relation").isArray()) {
                    node.get("relation")
                            .forEach(related -> found("page", related.get("id").asText(), null));
                }
            }
            case "synced_block" -> {
                if (node.at("/synced_block/synced_from").isObject()) {
                    aboveBlock(node.at("/synced_block/synced_from/block_id").asText());
                }
            }
            default -> {}
        }
        node.forEach(this::references);
    }

    private void page(String id, ObjectNode known) {
        ObjectNode page = known;
        if (page == null) {
            SimulatorClient.Answer answer = client.get("/v1/pages/" + id);
            if (answer.status() == 404) {
                return;
            }
            page = (ObjectNode) answer.body();
            page.remove("request_id");
        }
        if (page.get("in_trash").asBoolean()) {
            return;
        }
        complete(id, page);
        above(page);
        references(page);
        ObjectNode file = Json.MAPPER.createObjectNode();
        file.set("page", store(page));
        file.set("blocks", blocks(id));
        if (complete) {
            ArrayNode comments = file.putArray("comments");
            client.all("/v1/comments?block_id=" + id).forEach(comment -> comments.add(store((ObjectNode) comment)));
        }
        stored.put("objects/pages/" + id + ".json", file);
    }

    private void complete(String id, ObjectNode page) {
        for (JsonNode property : page.get("properties")) {
            String type = property.get("type").asText();
            if (property.at("/rollup/array").size() >= 25) {
                ArrayNode items = ((ObjectNode) property).putArray("rollup_items");
                client.all("/v1/pages/" + id + "/properties/"
                                + property.get("id").asText())
                        .forEach(item -> items.add(((ObjectNode) item).without(List.of("object", "id"))));
            }
            boolean cut = property.path("has_more").asBoolean()
                    || (type.equals("people") && property.get(type).size() == 25)
                    || (type.equals("rich_text") && property.get(type).size() >= 25);
            if (cut) {
                ArrayNode whole = Json.MAPPER.createArrayNode();
                String path =
                        "/v1/pages/" + id + "/properties/" + property.get("id").asText();
                client.all(path).forEach(item -> whole.add(item.get(type)));
                ((ObjectNode) property).set(type, whole);
                if (property.has("has_more")) {
                    ((ObjectNode) property).put("has_more", false);
                }
            }
        }
    }

    private ArrayNode blocks(String parent) {
        ArrayNode blocks = Json.MAPPER.createArrayNode();
        for (JsonNode listed : client.all("/v1/blocks/" + parent + "/children")) {
            references(listed);
            ObjectNode block = store((ObjectNode) listed);
            String type = block.get("type").asText();
            String id = block.get("id").asText();
            if (type.equals("child_page")) {
                found("page", id, null);
            } else if (type.equals("child_database")) {
                found("database", id, null);
            } else if (block.get("has_children").asBoolean()
                    && !CLOSED.contains(type)
                    && !block.get(type).path("synced_from").isObject()) {
                block.set("children", blocks(id));
            } else if (type.equals("meeting_notes") && complete) {
                ArrayNode sections = block.putArray("children");
                block.at("/meeting_notes/children").forEach(section -> {
                    ObjectNode shown = store(client.good("/v1/blocks/" + section.asText()));
                    sections.add(shown.set("children", blocks(section.asText())));
                });
            }
            blocks.add(block);
        }
        return blocks;
    }

    private void database(String id) {
        SimulatorClient.Answer answer = client.get("/v1/databases/" + id);
        if (answer.status() != 200 || answer.body().get("in_trash").asBoolean()) {
            return;
        }
        ((ObjectNode) answer.body()).remove("request_id");
        ObjectNode file = Json.MAPPER.createObjectNode();
        file.set("database", store((ObjectNode) answer.body()));
        stored.put("objects/databases/" + id + ".json", file);
        for (JsonNode source : answer.body().get("data_sources")) {
            source(source.get("id").asText());
        }
        if (complete) {
            client.all("/v1/views?database_id=" + id)
                    .forEach(view -> view(view.get("id").asText()));
        }
    }

    private void view(String id) {
        SimulatorClient.Answer answer = client.get("/v1/views/" + id);
        if (answer.status() == 400) {
            return;
        }
        answer.body()
                .findValues("widgets")
                .forEach(widgets ->
                        widgets.forEach(widget -> view(widget.get("view_id").asText())));
        ((ObjectNode) answer.body()).remove("request_id");
        ObjectNode file = Json.MAPPER.createObjectNode();
        file.set("view", answer.body());
        stored.put("objects/views/" + id + ".json", file);
    }

    private void source(String id) {
        ObjectNode file = Json.MAPPER.createObjectNode();
        file.set("data_source", store(client.good("/v1/data_sources/" + id)));
        stored.put("objects/data-sources/" + id + ".json", file);
        if (complete) {
            JsonNode templates =
                    client.good("/v1/data_sources/" + id + "/templates").get("templates");
            file.set("templates", templates);
            templates.forEach(template -> found("page", template.get("id").asText(), null));
        }
        for (boolean archived : new boolean[] {false, true}) {
            ObjectNode body = Json.MAPPER.createObjectNode().put("is_archived", archived);
            for (JsonNode row : client.all("/v1/data_sources/" + id + "/query", body)) {
                if (row.get("object").asText().equals("data_source")) {
                    above(row);
                } else {
                    found("page", row.get("id").asText(), (ObjectNode) row);
                }
            }
        }
    }

    /** Replaces signed URLs by path, digest and size, everywhere in the object. */
    private ObjectNode store(ObjectNode object) {
        replaceFiles(object);
        return object;
    }

    private void replaceFiles(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("url") && object.has("expiry_time")) {
            replaceFile(object);
            return;
        }
        if (node.path("custom_emoji").has("url")) {
            replaceFile((ObjectNode) node.get("custom_emoji"));
        }
        node.forEach(this::replaceFiles);
    }

    /** Puts path, digest and size where the URL is. */
    private void replaceFile(ObjectNode object) {
        String url = object.get("url").asText();
        String path = url.replaceFirst("\\?.*", "");
        ObjectNode before = object.deepCopy();
        object.removeAll();
        before.properties().forEach(field -> {
            if (field.getKey().equals("url")) {
                object.put("path", path).setAll(fetched.computeIfAbsent(path, unused -> fetch(url)));
            } else if (!field.getKey().equals("expiry_time")) {
                object.set(field.getKey(), field.getValue());
            }
        });
    }

    /** The custom emojis of the workspace, as they are stored. */
    List<JsonNode> customEmojis() {
        List<JsonNode> emojis = new ArrayList<>();
        client.all("/v1/custom_emojis").forEach(emoji -> {
            replaceFile((ObjectNode) emoji);
            emojis.add(emoji);
        });
        return emojis;
    }

    private ObjectNode fetch(String url) {
        SimulatorClient.Answer answer =
                client.send(HttpRequest.newBuilder(URI.create(url)).build());
        if (answer.status() != 200) {
            throw new AssertionError(url + " answered " + answer.status());
        }
        try {
            byte[] bytes = answer.response().body();
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Json.MAPPER
                    .createObjectNode()
                    .put("sha256", HexFormat.of().formatHex(sha256))
                    .put("size", bytes.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
