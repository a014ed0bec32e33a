package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pages, their properties and their blocks (facts/notion-api.md §2.2, §2.4, §2.8). */
final class TreeEndpoints {
    private static final Set<String> PAGED = Set.of("title", "rich_text", "people", "relation");

    /** So many blocks the Markdown of one answer shows, more or less (§2.8). */
    private static final int MARKDOWN_BLOCKS = 20_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Content content;
    private final Access access;
    private final Lists lists;
    private final FileLinks links;
    private final Behaviour behaviour;

    TreeEndpoints(Content content, Access access, Lists lists, FileLinks links, Behaviour behaviour) {
        this.content = content;
        this.access = access;
        this.lists = lists;
        this.links = links;
        this.behaviour = behaviour;
    }

    ObjectNode page(HttpRequest request, String id) {
        int page = access.page(id, "page_id", "page");
        Set<String> only = Set.copyOf(DataEndpoints.filterProperties(request));
        return content.pages().cut(page, links, only, behaviour.mentionsCut());
    }

    ObjectNode property(HttpRequest request, String pageId, String propertyId) {
        int page = access.page(pageId, "page_id", "page");
        Property property = content.pages().property(page, propertyId);
        if (property == null) {
            throw ApiFailure.of(404, "object_not_found", "Could not find property with ID: " + propertyId + ".");
        }
        ObjectNode whole = content.pages().wholeProperty(page, property, links);
        String type = property.type();
        if (PAGED.contains(type)) {
            ArrayNode all = (ArrayNode) whole.get(type);
            ObjectNode item = JSON.objectNode().put("id", property.id());
            return propertyList(request, page, property, all, type, item);
        }
        if (type.equals("rollup") && whole.get(type).has("array")) {
            ArrayNode all = (ArrayNode) whole.get(type).get("array");
            ObjectNode item = JSON.objectNode().put("id", property.id());
            ObjectNode list = propertyList(request, page, property, all, "", item);
            // While pages are left the rollup is incomplete (§2.4).
            ObjectNode rollup = JSON.objectNode();
            if (list.get("has_more").asBoolean()) {
                rollup.put("type", "incomplete").putObject("incomplete");
            } else {
                rollup.put("type", "array").putArray("array");
            }
            rollup.set("function", whole.get(type).get("function"));
            ((ObjectNode) list.get("property_item")).set("rollup", rollup);
            return list;
        }
        if (type.equals("rollup")) {
            ObjectNode item = JSON.objectNode().put("id", property.id());
            ObjectNode list = propertyList(request, page, property, JSON.arrayNode(), "rollup", item);
            ((ObjectNode) list.get("property_item")).set("rollup", whole.get(type));
            return list;
        }
        ObjectNode item = JSON.objectNode().put("object", "property_item");
        item.setAll(whole);
        return item;
    }

    private ObjectNode propertyList(
            HttpRequest request, int page, Property property, ArrayNode all, String entryType, ObjectNode item) {
        String list = "property|" + page + "|" + property.id();
        ObjectNode answer = lists.numbered("property_item", list, Lists.Page.ofQuery(request), all.size(), number -> {
            JsonNode value = all.get(number);
            ObjectNode entry = JSON.objectNode().put("object", "property_item").put("id", property.id());
            if (entryType.isEmpty()) {
                entry.setAll((ObjectNode) value);
            } else {
                entry.put("type", entryType).set(entryType, value);
            }
            return entry;
        });
        String cursor = answer.get("next_cursor").asText();
        item.put(
                "next_url",
                answer.get("has_more").asBoolean()
                        ? "https://api.notion.com/v1/pages/" + content.ids().of(Ref.page(page)) + "/properties/"
                                + property.id() + "?start_cursor=" + FileCatalogue.encode(cursor)
                        : null);
        item.put("type", property.type()).putObject(property.type());
        answer.set("property_item", item);
        return answer;
    }

    ObjectNode block(String id) {
        Ref ref = access.ref(id, "block_id", "block");
        if (ref.kind() == Kind.BLOCK && access.visible(ref.index())) {
            return content.blocks()
                    .find(ref, links)
                    .map(found -> content.blocks().json(found.block(), found.parent()))
                    .or(() -> content.blocks()
                            .findDeleted(ref, links)
                            .map(found -> content.blocks()
                                    .json(found.block(), found.parent())
                                    .put("in_trash", true)))
                    .orElseThrow(() -> access.notFound("block", id));
        }
        if (ref.kind() == Kind.PAGE && access.visible(ref.index())) {
            return childPage(ref.index());
        }
        if (ref.kind() == Kind.DATABASE
                && ref.index() < content.plan().databases().size()) {
            Plan.Database database = content.plan().databases().get(ref.index());
            Ref parent = database.parent();
            boolean inPage = parent.kind() == Kind.PAGE || parent.kind() == Kind.BLOCK;
            if (inPage && access.visible(parent.index())) {
                return content.blocks()
                        .find(new Ref(Kind.DATABASE, ref.index(), 0), parent.index(), links)
                        .map(found -> content.blocks().json(found.block(), found.parent()))
                        .orElseThrow(() -> access.notFound("block", id));
            }
        }
        throw access.notFound("block", id);
    }

    private ObjectNode childPage(int page) {
        Block block = new Block(
                Ref.page(page),
                "child_page",
                JSON.objectNode().put("title", content.pages().title(page)),
                !content.blocks().of(page, links).isEmpty(),
                List.of());
        ObjectNode json = content.blocks().json(block, content.world().parent(page));
        return json.put("in_trash", content.world().trashed(page));
    }

    ObjectNode children(HttpRequest request, String id) {
        Lists.Page page = Lists.Page.ofQuery(request);
        Ref ref = access.ref(id, "block_id", "block");
        List<Block> children;
        Ref parent = ref;
        if (ref.kind() == Kind.PAGE
                && access.visible(ref.index())
                && !content.world().trashed(ref.index())) {
            children = content.blocks().of(ref.index(), links);
        } else if (ref.kind() == Kind.BLOCK
                && access.visible(ref.index())
                && !content.world().trashed(ref.index())) {
            Block block = content.blocks()
                    .find(ref, links)
                    .map(BlockTrees.Found::block)
                    .orElseThrow(() -> access.notFound("block", id));
            children = childrenOf(block, id);
            if (block.syncedCopy()) {
                parent = original(block).orElseThrow(() -> access.notFound("block", id));
            }
        } else {
            // A database's own block and blocks in the trash have no children to list (§7).
            throw access.notFound("block", id);
        }
        return childList(page, children, parent);
    }

    private List<Block> childrenOf(Block block, String id) {
        if (block.type().equals("unsupported")) {
            throw ApiFailure.invalid("Block type "
                    + block.payload().get("block_type").asText() + " is not supported via the API for your bot type.");
        }
        if (block.syncedCopy()) {
            if (!behaviour.syncedCopiesListed()) {
                throw access.notFound("block", id);
            }
            return original(block)
                    .filter(original -> access.visible(original.index()))
                    .flatMap(original -> content.blocks().find(original, links))
                    .orElseThrow(() -> access.notFound("block", id))
                    .block()
                    .children();
        }
        // Its sections are reached by the ids in the payload, not by listing (§2.2).
        return block.hasChildren() ? block.children() : List.of();
    }

    private Optional<Ref> original(Block copy) {
        return content.ids()
                .read(copy.payload().get("synced_from").get("block_id").asText());
    }

    private ObjectNode childList(Lists.Page page, List<Block> children, Ref parent) {
        int from = 0;
        if (page.cursor() != null) {
            // The cursor is the plain id of the next block (§2.1).
            while (from < children.size()
                    && !content.ids().of(children.get(from).ref()).equals(page.cursor())) {
                from++;
            }
            if (from == children.size()) {
                throw ApiFailure.invalidCursor(page.cursor());
            }
        }
        return lists.part(
                "block",
                page,
                from,
                children.size(),
                number -> content.blocks().json(children.get(number), parent),
                number -> content.ids().of(children.get(number).ref()));
    }

    /** The Markdown of a page, or of a block that another answer could not show (§2.8). */
    ObjectNode markdown(HttpRequest request, String id) {
        boolean transcripts =
                request.parameter("include_transcript").orElse("false").equals("true");
        var markdown = new MarkdownSketch(content, access, links, transcripts, MARKDOWN_BLOCKS);
        Ref ref = access.ref(id, "page_id", "page");
        if (ref.kind() != Kind.BLOCK) {
            int page = access.page(id, "page_id", "page");
            return markdown.of(Ref.page(page), content.blocks().of(page, links));
        }
        if (!access.visible(ref.index())) {
            throw access.notFound("block", id);
        }
        Block block = content.blocks()
                .find(ref, links)
                .map(BlockTrees.Found::block)
                .filter(found -> !MarkdownSketch.cannotShow(found.type()))
                .orElseThrow(() -> access.notFound("block", id));
        return markdown.of(ref, List.of(block));
    }
}
