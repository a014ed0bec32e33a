package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Comments;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The open comments of a page and, one request each, of its blocks: no flag tells which block has any
 * (facts/notion-api.md §2.7). They are stored in the order of the blocks, whatever the order in which they were read.
 */
final class PageComments {
    /** They are objects of their own, or nothing can be asked of them. */
    private static final Set<String> WITHOUT_COMMENTS = Set.of("child_page", "child_database", "unsupported");

    private final Draft page;
    private final Run run;
    private final Map<String, Map<String, JsonNode>> byBlock = new LinkedHashMap<>();

    PageComments(Draft page, Run run) {
        this.page = page;
        this.run = run;
    }

    /** Plans to read the comments of the page itself. */
    void plan() {
        if (run.workspace().comments() == Comments.NONE) {
            return;
        }
        read(page.ref().id());
        page.whenRead(() -> {
            ArrayNode all = page.content().putArray("comments");
            add(page.ref().id(), all);
            addOfBlocks(page.content().path("blocks"), all);
        });
    }

    /** Plans to read the comments of a block, when the run is to read them. */
    void planOf(ObjectNode block) {
        if (run.workspace().comments() == Comments.BLOCK
                && !WITHOUT_COMMENTS.contains(block.path("type").asText())) {
            read(block.path("id").asText());
        }
    }

    private void read(String id) {
        if (run.ledger().isDenied("comments")) {
            return;
        }
        Map<String, JsonNode> comments = new LinkedHashMap<>();
        byBlock.put(id, comments);
        Subject subject = new Subject("comments", id, this::missing);
        NotionRequest request = NotionRequest.list("/v1/comments", "block_id=" + id);
        page.toRead(Reading.list(
                subject,
                request,
                answer -> answer.path("results")
                        .forEach(comment -> comments.put(comment.path("id").asText(), comment))));
    }

    /** A capability that the connection lacks is missing for all pages alike, and is named once. */
    private void missing(Gap gap) {
        if (gap.reason() == Gap.Reason.NOT_PERMITTED) {
            Gap ofAll = new Gap("comments", run.workspace().name(), Gap.Reason.NOT_PERMITTED, gap.explanation());
            run.ledger().gap(ofAll);
            // With the account of the page it outlasts the process: a run that goes on may have no page left to ask
            // for.
            page.gap(ofAll);
        } else {
            page.gap(gap);
        }
    }

    private void addOfBlocks(JsonNode blocks, ArrayNode all) {
        for (JsonNode block : blocks) {
            add(block.path("id").asText(), all);
            addOfBlocks(block.path("children"), all);
        }
    }

    private void add(String id, ArrayNode all) {
        byBlock.getOrDefault(id, Map.of()).values().forEach(all::add);
    }
}
