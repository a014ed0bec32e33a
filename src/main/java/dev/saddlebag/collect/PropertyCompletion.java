package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;

/** Reads the values of properties that a page object cuts off after 25 entries, to their end (facts/notion-api.md §2.4). */
final class PropertyCompletion {
    private static final int SHOWN_ENTRIES = 25;

    private final Draft page;

    PropertyCompletion(Draft page) {
        this.page = page;
    }

    /** Plans to read whole what is cut. */
    void plan(JsonNode properties) {
        for (JsonNode property : properties) {
            String type = property.path("type").asText();
            if (type.equals("rollup")) {
                if (isCutRollup(property.path("rollup"))) {
                    readRollup((ObjectNode) property);
                }
            } else if (isCut(property, type)) {
                readList((ObjectNode) property, type);
            }
        }
    }

    private void readList(ObjectNode property, String type) {
        ArrayNode whole = page.content().arrayNode();
        read(property, new Reading.Sink() {
            @Override
            public void accept(ObjectNode answer) {
                answer.path("results").forEach(item -> whole.add(item.path(type)));
                if (isLast(answer)) {
                    property.set(type, whole);
                    if (property.has("has_more")) {
                        property.put("has_more", false);
                    }
                }
            }

            @Override
            public void restart() {
                whole.removeAll();
            }
        });
    }

    /** Its entries come apart from their groups, so they are kept beside the value and not in its place. */
    private void readRollup(ObjectNode property) {
        ArrayNode items = page.content().arrayNode();
        read(property, new Reading.Sink() {
            @Override
            public void accept(ObjectNode answer) {
                for (JsonNode item : answer.path("results")) {
                    ObjectNode value = item.deepCopy();
                    value.remove("object");
                    value.remove("id");
                    items.add(value);
                }
                JsonNode value = answer.at("/property_item/rollup");
                if (isLast(answer) && !items.isEmpty()) {
                    property.set("rollup_items", items);
                } else if (isLast(answer)
                        && value.isObject()
                        && !value.path("type").asText().equals("incomplete")) {
                    property.set("rollup", value);
                }
            }

            @Override
            public void restart() {
                items.removeAll();
            }
        });
    }

    private void read(ObjectNode property, Reading.Sink sink) {
        // The id is percent-encoded as it comes and goes into the path as it is.
        String path = "/v1/pages/" + page.ref().id() + "/properties/"
                + property.path("id").asText();
        page.toRead(Reading.list(page.subject("property", page.ref().id()), NotionRequest.list(path, ""), sink));
    }

    /** A list that Notion cuts off is no whole value: the one of the page object stays, which says that it has more. */
    private static boolean isLast(ObjectNode answer) {
        return !answer.path("has_more").asBoolean(true) && !Reading.isIncomplete(answer);
    }

    private static boolean isCut(JsonNode property, String type) {
        JsonNode value = property.path(type);
        return switch (type) {
            case "relation" -> property.path("has_more").asBoolean(false);
            case "people" -> value.size() >= SHOWN_ENTRIES;
            // Where more are shown, the text was not cut at 25, which Notion does at times only.
            case "title", "rich_text" -> mentions(value) == SHOWN_ENTRIES;
            default -> false;
        };
    }

    /** Other computed values are kept as they are: they can't be restored, and no request is spent on them (§2.4). */
    private static boolean isCutRollup(JsonNode rollup) {
        return rollup.path("type").asText().equals("incomplete")
                || rollup.path("array").size() >= SHOWN_ENTRIES;
    }

    private static long mentions(JsonNode richText) {
        long mentions = 0;
        for (JsonNode part : richText) {
            mentions += part.path("type").asText().equals("mention") ? 1 : 0;
        }
        return mentions;
    }
}
