package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.Vocabulary;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.ObjectRef;

/** What a page consists of: the page object with whole property values, and its block tree in order. */
final class PageContents {
    /** A page object shows this many entries of a long value and no more (facts/notion-api.md §2.4). */
    private static final int SHOWN_ENTRIES = 25;

    private final Draft page;
    private final Frontier frontier;
    private final Ledger ledger;

    PageContents(Draft page, Frontier frontier, Ledger ledger) {
        this.page = page;
        this.frontier = frontier;
        this.ledger = ledger;
    }

    /** Takes the page object, and plans the reading of the rest. */
    void take(ObjectNode object) {
        page.content().set(Kind.PAGE.word(), object);
        for (JsonNode property : object.path("properties")) {
            completeIfCut((ObjectNode) property);
        }
        readBlocks(page.ref().id(), page.content().putArray("blocks"));
    }

    private void readBlocks(String parent, ArrayNode children) {
        NotionRequest request = NotionRequest.list("/v1/blocks/" + parent + "/children", "");
        String object = parent.equals(page.ref().id()) ? "page" : "block";
        page.toRead(Reading.list(
                object,
                parent,
                request,
                answer -> answer.path("results").forEach(block -> {
                    children.add(block);
                    takeBlock((ObjectNode) block);
                })));
    }

    private void takeBlock(ObjectNode block) {
        page.countBlock();
        String type = block.path("type").asText();
        String id = block.path("id").asText();
        if (!Vocabulary.knowsBlock(type)) {
            ledger.unknownType("block " + type);
        }
        switch (type) {
            case "child_page" -> frontier.add(new ObjectRef(Kind.PAGE, id));
            case "child_database" -> frontier.add(new ObjectRef(Kind.DATABASE, id));
            case "meeting_notes" -> readSections(block);
            case "unsupported" -> ledger.gap(new Gap("block", id, Gap.Reason.UNSUPPORTED, withheld(block)));
            default -> {
                if (Vocabulary.descends(block)) {
                    readBlocks(id, block.putArray("children"));
                }
            }
        }
    }

    /** Meeting notes say that they have no children, and name their three sections (facts/notion-api.md §2.2). */
    private void readSections(ObjectNode meetingNotes) {
        ArrayNode sections = meetingNotes.putArray("children");
        for (JsonNode id : meetingNotes.at("/meeting_notes/children")) {
            NotionRequest request = NotionRequest.get("/v1/blocks/" + id.asText());
            page.toRead(Reading.one("block", id.asText(), request, section -> {
                sections.add(section);
                takeBlock(section);
            }));
        }
    }

    private String withheld(ObjectNode block) {
        String kind = block.at("/unsupported/block_type").asText("");
        return "Notion does not give out this block" + (kind.isEmpty() ? "" : ", which is of the kind " + kind)
                + "; it stands on the page " + page.ref().id() + ".";
    }

    private void completeIfCut(ObjectNode property) {
        String type = property.path("type").asText();
        if (!Vocabulary.knowsProperty(type)) {
            ledger.unknownType("property " + type);
        }
        if (!isCut(property, type)) {
            return;
        }
        // The id is percent-encoded as it comes and goes into the path as it is (facts/notion-api.md §2.4).
        String path = "/v1/pages/" + page.ref().id() + "/properties/"
                + property.path("id").asText();
        ArrayNode whole = page.content().arrayNode();
        page.toRead(Reading.list("property", page.ref().id(), NotionRequest.list(path, ""), answer -> {
            answer.path("results").forEach(item -> whole.add(item.path(type)));
            // A list that Notion cuts off is no whole value: the one of the page object stays, which says that it has
            // more.
            if (!answer.path("has_more").asBoolean(true)
                    && !answer.at("/request_status/type").asText("").equals("incomplete")) {
                property.set(type, whole);
                if (property.has("has_more")) {
                    property.put("has_more", false);
                }
            }
        }));
    }

    private static boolean isCut(JsonNode property, String type) {
        JsonNode value = property.path(type);
        return switch (type) {
            case "relation" -> property.path("has_more").asBoolean(false);
            case "people" -> value.size() >= SHOWN_ENTRIES;
            case "title", "rich_text" -> mentions(value) >= SHOWN_ENTRIES;
            default -> false;
        };
    }

    private static long mentions(JsonNode richText) {
        long mentions = 0;
        for (JsonNode part : richText) {
            mentions += part.path("type").asText().equals("mention") ? 1 : 0;
        }
        return mentions;
    }
}
