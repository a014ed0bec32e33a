package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a whole workspace over HTTP, one request after the other, in the order that spares most: lists that show whole
 * objects before single objects. It keeps nothing but the names of what it has read, such as {@code block <id>}.
 */
final class FrugalReader {
    private static final Set<String> CLOSED =
            Set.of("child_page", "child_database", "link_to_page", "unsupported", "meeting_notes");

    private final SimulatorClient client;
    private final TruthOptions options;
    private final Set<String> read = new TreeSet<>();
    private final Map<String, JsonNode> shownPages = new HashMap<>();
    private final Map<String, JsonNode> shownSources = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> viewsRead = new HashSet<>();
    private final Deque<String> databases = new ArrayDeque<>();
    private final Deque<String> sources = new ArrayDeque<>();
    private final Deque<String> pages = new ArrayDeque<>();

    FrugalReader(NotionSimulator notion, TruthOptions options) {
        this.client = new SimulatorClient(notion);
        this.options = options;
    }

    Set<String> run() {
        client.good("/v1/users/me");
        client.all("/v1/users");
        client.all("/v1/custom_emojis");
        ObjectNode trash = Json.MAPPER.createObjectNode();
        trash.putObject("filter").put("in_trash", true);
        for (JsonNode hit : client.all("/v1/search", trash)) {
            done.add(hit.get("id").asText());
            if (hit.get("object").asText().equals("data_source")) {
                done.add(hit.at("/parent/database_id").asText());
            }
        }
        for (JsonNode hit : client.all("/v1/search", Json.MAPPER.createObjectNode())) {
            String id = hit.get("id").asText();
            if (hit.get("object").asText().equals("page")) {
                shownPages.put(id, hit);
            } else {
                shownSources.put(id, hit);
                sources.add(id);
            }
        }
        while (true) {
            if (!sources.isEmpty()) {
                once(sources.pop(), this::source);
            } else if (!databases.isEmpty()) {
                once(databases.pop(), this::database);
            } else if (!shownPages.isEmpty()) {
                String id = shownPages.keySet().iterator().next();
                JsonNode page = shownPages.remove(id);
                once(id, unused -> page(page));
            } else if (!pages.isEmpty()) {
                once(pages.pop(), this::unknownPage);
            } else {
                return read;
            }
        }
    }

    private void once(String id, java.util.function.Consumer<String> work) {
        if (done.add(id)) {
            work.accept(id);
        }
    }

    private void source(String id) {
        JsonNode source = shownSources.containsKey(id) ? shownSources.get(id) : client.good("/v1/data_sources/" + id);
        read.add("data_source " + id);
        databases.add(source.at("/parent/database_id").asText());
        references(source);
        query(id, false);
        if (options.archivedRows()) {
            query(id, true);
        }
        if (options.templates()) {
            ObjectNode templates = client.good("/v1/data_sources/" + id + "/templates?page_size=100");
            if (templates.get("has_more").asBoolean()) {
                throw new AssertionError("So many templates are not foreseen.");
            }
        }
        if (options.views()) {
            views("data_source_id=" + id);
        }
    }

    private void query(String source, boolean archived) {
        ObjectNode which = Json.MAPPER.createObjectNode().put("is_archived", archived);
        for (JsonNode row : client.all("/v1/data_sources/" + source + "/query", which)) {
            shownPages.put(row.get("id").asText(), row);
        }
    }

    private void views(String of) {
        for (JsonNode view : client.all("/v1/views?" + of)) {
            String id = view.get("id").asText();
            if (viewsRead.add(id)) {
                client.get("/v1/views/" + id);
            }
        }
    }

    private void database(String id) {
        SimulatorClient.Answer answer = client.get("/v1/databases/" + id);
        if (answer.status() != 200) {
            return;
        }
        read.add("database " + id);
        references(answer.body());
        answer.body()
                .get("data_sources")
                .forEach(source -> sources.add(source.get("id").asText()));
        if (options.views()) {
            views("database_id=" + id);
        }
    }

    private void unknownPage(String id) {
        SimulatorClient.Answer answer = client.get("/v1/pages/" + id);
        if (answer.status() == 200 && !answer.body().get("in_trash").asBoolean()) {
            page(answer.body());
        }
    }

    private void page(JsonNode page) {
        String id = page.get("id").asText();
        read.add("page " + id);
        for (JsonNode property : page.get("properties")) {
            references(complete(id, property));
        }
        children(id);
        if (options.comments() != TruthOptions.Comments.NONE) {
            comments(id);
        }
    }

    private JsonNode complete(String page, JsonNode property) {
        String type = property.get("type").asText();
        int mentions = property.get(type).findValues("mention").size();
        boolean cut = property.path("has_more").asBoolean()
                || (type.equals("people") && property.get(type).size() == 25)
                || ((type.equals("title") || type.equals("rich_text")) && mentions == 25);
        if (!cut) {
            return property;
        }
        ArrayNode items = client.all(
                "/v1/pages/" + page + "/properties/" + property.get("id").asText());
        ObjectNode whole = Json.MAPPER.createObjectNode().put("type", type);
        items.forEach(item -> whole.withArray(type).add(item.get(type)));
        return whole;
    }

    private void children(String parent) {
        client.all("/v1/blocks/" + parent + "/children").forEach(this::block);
    }

    private void block(JsonNode block) {
        String id = block.get("id").asText();
        String type = block.get("type").asText();
        read.add("block " + id);
        references(block);
        if (type.equals("meeting_notes") && options.meetingSections()) {
            block.at("/meeting_notes/children")
                    .forEach(section -> block(client.good("/v1/blocks/" + section.asText())));
        } else if (block.get("has_children").asBoolean()
                && !CLOSED.contains(type)
                && !block.get(type).path("synced_from").isObject()) {
            children(id);
        }
        if (options.comments() == TruthOptions.Comments.BLOCK
                && !Set.of("child_page", "child_database", "unsupported").contains(type)) {
            comments(id);
        }
    }

    private void comments(String parent) {
        for (JsonNode comment : client.all("/v1/comments?block_id=" + parent)) {
            read.add("comment " + comment.get("id").asText());
            references(comment);
        }
    }

    private void references(JsonNode node) {
        String type = node.path("type").asText();
        if (type.equals("child_page")) {
            pages.add(node.get("id").asText());
        } else if (type.equals("child_database")) {
            databases.add(node.get("id").asText());
        } else if (type.equals("relation") && node.get(type).isArray()) {
            node.get(type).forEach(related -> pages.add(related.get("id").asText()));
        } else if (type.equals("mention") || type.equals("link_to_page")) {
            String pointer = type.equals("mention") ? "/mention/%s/id" : "/link_to_page/%s_id";
            JsonNode page = node.at(pointer.formatted("page"));
            JsonNode database = node.at(pointer.formatted("database"));
            if (page.isTextual()) {
                pages.add(page.asText());
            }
            if (database.isTextual()) {
                databases.add(database.asText());
            }
        }
        node.forEach(this::references);
    }
}
