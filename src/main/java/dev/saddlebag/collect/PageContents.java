package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.Vocabulary;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a page consists of: the page object with whole property values, its block tree in order, its comments. */
final class PageContents {
    private final Draft page;
    private final PageComments comments;
    private final PageMarkdown markdown;
    private final Map<String, ObjectNode> blocks = new HashMap<>();

    PageContents(Draft page, Run run) {
        this.page = page;
        this.comments = new PageComments(page, run);
        this.markdown = new PageMarkdown(page, run.workspace().pageMarkdown());
    }

    /** Takes the page object, and plans the reading of the rest. */
    void take(ObjectNode object) {
        page.content().set(Kind.PAGE.word(), object);
        new PropertyCompletion(page).plan(object.path("properties"));
        readBlocks(page.ref().id(), page.content().putArray("blocks"));
        comments.plan();
        markdown.plan();
    }

    private void readBlocks(String parent, ArrayNode children) {
        NotionRequest request = NotionRequest.list("/v1/blocks/" + parent + "/children", "");
        String object = parent.equals(page.ref().id()) ? "page" : "block";
        page.toRead(Reading.list(page.subject(object, parent), request, new Reading.Sink() {
            private final Set<String> here = new HashSet<>();

            @Override
            public void accept(ObjectNode answer) {
                for (JsonNode block : answer.path("results")) {
                    if (here.add(block.path("id").asText())) {
                        children.add(takeBlock((ObjectNode) block));
                    }
                }
            }

            @Override
            public void restart() {
                here.clear();
                children.removeAll();
            }
        }));
    }

    /** A block that comes once more, because its list was begun again, keeps what has been read of it. */
    private ObjectNode takeBlock(ObjectNode block) {
        ObjectNode known = blocks.putIfAbsent(block.path("id").asText(), block);
        if (known != null) {
            return known;
        }
        String id = block.path("id").asText();
        switch (block.path("type").asText()) {
            case "child_page" -> page.child(new ObjectRef(Kind.PAGE, id));
            case "child_database" -> page.child(new ObjectRef(Kind.DATABASE, id));
            case "meeting_notes", "transcription" -> readSections(block);
            case "unsupported" -> page.gap(new Gap("block", id, Gap.Reason.UNSUPPORTED, withheld(block)));
            default -> {
                if (Vocabulary.descends(block)) {
                    readBlocks(id, block.putArray("children"));
                }
            }
        }
        comments.planOf(block);
        return block;
    }

    /** Meeting notes say that they have no children, and name their three sections (facts/notion-api.md §2.2). */
    private void readSections(ObjectNode meetingNotes) {
        ArrayNode sections = meetingNotes.putArray("children");
        for (JsonNode id : meetingNotes.path(meetingNotes.path("type").asText()).path("children")) {
            NotionRequest request = NotionRequest.get("/v1/blocks/" + id.asText());
            page.toRead(Reading.one(page.subject("block", id.asText()), request, section -> {
                sections.add(takeBlock(section));
            }));
        }
    }

    private String withheld(ObjectNode block) {
        String kind = block.at("/unsupported/block_type").asText("");
        return "Notion does not give out this block" + (kind.isEmpty() ? "" : ", which is of the kind " + kind)
                + "; it stands on the page " + page.ref().id() + ".";
    }

    /** How many blocks there are in a tree. */
    static long count(JsonNode blocks) {
        long count = 0;
        for (JsonNode block : blocks) {
            count += 1 + count(block.path("children"));
        }
        return count;
    }
}
