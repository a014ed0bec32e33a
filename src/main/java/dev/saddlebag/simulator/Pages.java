package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Page objects (facts/notion-api.md §3.2), keys in the recorded order. */
final class Pages {
    /** So many entries of a relation, of people or of a rollup fit into a page object (§2.4). */
    private static final int FIT = 25;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;
    private final Ids ids;
    private final PropertyValues values;
    private final Icons icons;

    Pages(World world, Ids ids, PropertyValues values, Icons icons) {
        this.world = world;
        this.ids = ids;
        this.values = values;
        this.icons = icons;
    }

    /**
     * The page with everything its properties hold, in the stored form: what the page object shows of a long rollup stays
     * as it is, and all of it is under {@code rollup_items}.
     */
    ObjectNode whole(int page, FileLinks links) {
        ObjectNode properties = JSON.objectNode();
        for (Property property : values.properties(page)) {
            ObjectNode value = values.full(page, property, links);
            if (value.at("/rollup/array").size() >= FIT) {
                ArrayNode items = (ArrayNode) value.at("/rollup/array");
                ((ObjectNode) value.get("rollup")).set("array", first(items));
                value.set("rollup_items", items);
            }
            properties.set(property.name(), value);
        }
        return json(page, properties, links);
    }

    /**
     * The page as an answer shows it, with long relations, people and rollups cut.
     *
     * @param only ids or names of the properties to show; empty for all
     * @param cutMentions whether texts lose what follows their 25th mention
     */
    ObjectNode cut(int page, FileLinks links, Set<String> only, boolean cutMentions) {
        ObjectNode properties = JSON.objectNode();
        for (Property property : values.properties(page)) {
            if (only.isEmpty()
                    || only.contains(property.id())
                    || only.contains(property.rawId())
                    || only.contains(property.name())) {
                properties.set(property.name(), cut(values.full(page, property, links), cutMentions));
            }
        }
        return json(page, properties, links);
    }

    private static ObjectNode cut(ObjectNode property, boolean cutMentions) {
        String type = property.get("type").asText();
        if (type.equals("relation") && property.get(type).size() > FIT) {
            property.set(type, first((ArrayNode) property.get(type)));
            property.put("has_more", true);
        } else if (type.equals("people") && property.get(type).size() > FIT) {
            property.set(type, first((ArrayNode) property.get(type)));
        } else if (property.at("/rollup/array").size() > FIT) {
            ((ObjectNode) property.get(type)).set("array", first((ArrayNode) property.at("/rollup/array")));
        } else if (cutMentions && (type.equals("title") || type.equals("rich_text"))) {
            property.set(type, upToMentions((ArrayNode) property.get(type)));
        }
        return property;
    }

    private static ArrayNode first(ArrayNode all) {
        ArrayNode some = JSON.arrayNode();
        for (int i = 0; i < FIT; i++) {
            some.add(all.get(i));
        }
        return some;
    }

    private static ArrayNode upToMentions(ArrayNode all) {
        ArrayNode some = JSON.arrayNode();
        int mentions = 0;
        for (JsonNode segment : all) {
            mentions += segment.has("mention") ? 1 : 0;
            if (mentions > FIT) {
                break;
            }
            some.add(segment);
        }
        return some;
    }

    private ObjectNode json(int page, ObjectNode properties, FileLinks links) {
        String id = ids.of(Ref.page(page));
        ObjectNode json = JSON.objectNode()
                .put("object", "page")
                .put("id", id)
                .put("created_time", Times.minute(world.created(page)))
                .put("last_edited_time", Times.minute(world.edited(page)));
        json.set("created_by", Parents.author(page, ids));
        json.set("last_edited_by", Parents.author(page + 1, ids));
        json.set("cover", icons.cover(page, links));
        json.set("icon", icons.icon(page, links));
        json.set("parent", Parents.json(world.parent(page), ids, world.plan()));
        json.put("in_trash", world.trashed(page))
                .put("is_archived", world.archived(page))
                .put("is_locked", world.locked(page));
        json.set("properties", properties);
        return json.put("url", Links.page(id)).putNull("public_url");
    }

    /** The property of a page that an id from an answer names, in the spelling of the answer, or null. */
    Property property(int page, String id) {
        List<Property> properties = values.properties(page);
        return properties.stream()
                .filter(property -> property.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    ObjectNode wholeProperty(int page, Property property, FileLinks links) {
        return values.full(page, property, links);
    }

    String title(int page) {
        return values.title(page);
    }
}
