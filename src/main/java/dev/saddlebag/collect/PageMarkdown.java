package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import java.util.regex.Pattern;

/**
 * Notion's own Markdown of a page, a companion of its blocks for people and text search. It leaves out what it cannot say;
 * those blocks are asked for one by one, and many can't be had that way either (facts/notion-api.md §2.8).
 */
final class PageMarkdown {
    /** The signature of a file's address, which differs at every read and is good for an hour. */
    private static final Pattern SIGNATURE =
            Pattern.compile("(https?://[^\\s)\"'>?]+)\\?[^\\s)\"'>]*X-Amz-[^\\s)\"'>]*");

    private final Draft page;
    private final boolean wanted;

    PageMarkdown(Draft page, boolean wanted) {
        this.page = page;
        this.wanted = wanted;
    }

    void plan() {
        if (wanted) {
            read(page.ref().id(), page.content().putObject("markdown"), true);
        }
    }

    private void read(String id, ObjectNode target, boolean withParts) {
        Subject subject = withParts ? page.subject("markdown", id) : new Subject("markdown", id, this::missing);
        NotionRequest request = NotionRequest.get("/v1/pages/" + id + "/markdown");
        page.toRead(Reading.one(subject, request, answer -> {
            target.setAll(answer);
            target.put(
                    "markdown",
                    SIGNATURE.matcher(answer.path("markdown").asText()).replaceAll("$1"));
            if (withParts && !answer.path("unknown_block_ids").isEmpty()) {
                ObjectNode parts = target.putObject("unknown_blocks");
                for (JsonNode unknown : answer.path("unknown_block_ids")) {
                    read(unknown.asText(), parts.putObject(unknown.asText()), false);
                }
            }
        }));
    }

    /** What Notion can't put into Markdown is in the blocks all the same. */
    private void missing(Gap gap) {
        if (gap.reason().isFault()) {
            page.gap(gap);
        }
    }
}
