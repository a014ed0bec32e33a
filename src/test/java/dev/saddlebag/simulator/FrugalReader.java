package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    /** Blocks whose ids are those of the objects that they stand for. */
    private static final Set<String> CHILDREN = Set.of("child_page", "child_database");

    private final SimulatorClient client;
    private final TruthOptions options;
    private final Set<String> read = new TreeSet<>();
    private final Map<String, JsonNode> shownPages = new HashMap<>();
    private final Map<String, JsonNode> shownSources = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Deque<String> databases = new ArrayDeque<>();
    private final Deque<String> sources = new ArrayDeque<>();
    private final Deque<String> pages = new ArrayDeque<>();
    private final Deque<String> blocks = new ArrayDeque<>();

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
            show(hit);
        }
        while (true) {
            if (!shownSources.isEmpty()) {
                String id = shownSources.keySet().iterator().next();
                JsonNode source = shownSources.remove(id);
                once(id, unused -> source(source));
            } else if (!databases.isEmpty()) {
                once(databases.pop(), this::database);
            } else if (!sources.isEmpty()) {
                once(sources.pop(), this::unknownSource);
            } else if (!shownPages.isEmpty()) {
                String id = shownPages.keySet().iterator().next();
                JsonNode page = shownPages.remove(id);
                once(id, unused -> page(page));
            } else if (!pages.isEmpty()) {
                once(pages.pop(), this::unknownPage);
            } else if (!blocks.isEmpty()) {
                // Last of all, because a block that was met on its page needs no look.
                once(blocks.pop(), this::unknownBlock);
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

    private void unknownSource(String id) {
        SimulatorClient.Answer answer = client.get("/v1/data_sources/" + id);
        if (answer.status() == 200 && !answer.body().get("in_trash").asBoolean()) {
            source(answer.body());
        }
    }

    /** The block is of no use but to tell what it lies in; its page has it among its blocks. */
    private void unknownBlock(String id) {
        SimulatorClient.Answer answer = client.get("/v1/blocks/" + id);
        if (answer.status() == 200) {
            references(answer.body().get("parent"));
        }
    }

    private void source(JsonNode source) {
        String id = source.get("id").asText();
        read.add("data_source " + id);
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
            templates
                    .get("templates")
                    .forEach(template -> pages.add(template.get("id").asText()));
        }
        if (options.views()) {
            views("data_source_id=" + id);
        }
    }

    private void query(String source, boolean archived) {
        ObjectNode which = Json.MAPPER.createObjectNode().put("is_archived", archived);
        for (JsonNode row : client.all("/v1/data_sources/" + source + "/query", which)) {
            show(row);
        }
    }

    private void show(JsonNode object) {
        boolean page = object.get("object").asText().equals("page");
        (page ? shownPages : shownSources).put(object.get("id").asText(), object);
    }

    private void views(String of) {
        client.all("/v1/views?" + of).forEach(view -> once(view.get("id").asText(), this::view));
    }

    private void view(String id) {
        SimulatorClient.Answer answer = client.get("/v1/views/" + id);
        if (answer.status() == 200) {
            read.add("view " + id);
            references(answer.body());
            answer.body().findValues("view_id").forEach(widget -> once(widget.asText(), this::view));
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
        references(page);
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
                || (type.equals("rollup") && property.at("/rollup/array").size() == 25)
                || ((type.equals("title") || type.equals("rich_text")) && mentions == 25);
        return cut
                ? client.all("/v1/pages/" + page + "/properties/"
                        + property.get("id").asText())
                : property;
    }

    private void children(String parent) {
        client.all("/v1/blocks/" + parent + "/children").forEach(this::block);
    }

    private void block(JsonNode block) {
        String id = block.get("id").asText();
        String type = block.get("type").asText();
        read.add("block " + id);
        if (!CHILDREN.contains(type)) {
            done.add(id);
        }
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
                && !CHILDREN.contains(type)
                && !type.equals("unsupported")) {
            comments(id);
        }
    }

    private void comments(String parent) {
        for (JsonNode comment : client.all("/v1/comments?block_id=" + parent)) {
            read.add("comment " + comment.get("id").asText());
            references(comment);
        }
    }

    /** Whatever an object names by an id that it says the kind of. */
    private void references(JsonNode node) {
        String type = node.path("type").asText();
        switch (type) {
            case "child_page" -> add(node.get("id"), pages);
            case "child_database" -> add(node.get("id"), databases);
            case "relation" -> {
                // As a value it is a list of pages, and a list of properties has one of them in each entry.
                JsonNode related = node.get(type);
                (related.has("id") ? List.of(related) : related).forEach(page -> add(page.path("id"), pages));
            }
            case "mention" -> {
                add(node.at("/mention/page/id"), pages);
                add(node.at("/mention/database/id"), databases);
            }
            default -> {}
        }
        add(node.path("page_id"), pages);
        add(node.path("data_source_id"), sources);
        if (!node.path("data_source_id").isTextual()) {
            add(node.path("database_id"), databases);
        }
        if (node.path("block_id").isTextual()) {
            // First, so that the way up is gone to its end before another one is begun.
            blocks.push(node.get("block_id").asText());
        }
        node.forEach(this::references);
    }

    private static void add(JsonNode id, Deque<String> named) {
        if (id.isTextual()) {
            named.add(id.asText());
        }
    }
}
