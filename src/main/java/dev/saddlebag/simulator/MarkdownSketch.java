package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Text as the Markdown endpoint gives it, in outline only (facts/notion-api.md §2.8): the blocks in order, indented by
 * tabs, without styles. What it cannot show is a tag that says so, and an id in {@code unknown_block_ids}.
 */
final class MarkdownSketch {
    private static final Set<String> UNKNOWN =
            Set.of("bookmark", "embed", "link_preview", "breadcrumb", "template", "unsupported");
    private static final Set<String> MEDIA = Set.of("image", "video", "audio", "pdf", "file");

    private final Content content;
    private final Access access;
    private final FileLinks links;
    private final boolean transcripts;
    private final int most;
    private final StringBuilder markdown = new StringBuilder();
    private final ArrayNode unknown = JsonNodeFactory.instance.arrayNode();
    private int shown;
    private boolean truncated;

    /**
     * Sketches one answer.
     *
     * @param transcripts whether meeting notes are given with what was said
     * @param most blocks that one answer shows
     */
    MarkdownSketch(Content content, Access access, FileLinks links, boolean transcripts, int most) {
        this.content = content;
        this.access = access;
        this.links = links;
        this.transcripts = transcripts;
        this.most = most;
    }

    /** Whether a block of this type is only ever a tag. */
    static boolean cannotShow(String type) {
        return UNKNOWN.contains(type);
    }

    /** The Markdown of the blocks of a page, or of one block and what is below it; {@code ref} is whose it is. */
    ObjectNode of(Ref ref, List<Block> blocks) {
        write(blocks, "");
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("object", "page_markdown")
                .put("id", content.ids().of(ref))
                .put("markdown", markdown.toString())
                .put("truncated", truncated);
        json.set("unknown_block_ids", unknown);
        return json;
    }

    private void write(List<Block> blocks, String indent) {
        for (Block block : blocks) {
            if (cannotShow(block.type()) || hidden(block)) {
                leaveOut(block, indent);
            } else if (shown == most) {
                truncated = true;
                leaveOut(block, indent);
            } else {
                shown++;
                line(indent, text(block));
                below(block, indent + "\t");
            }
        }
    }

    private void leaveOut(Block block, String indent) {
        String id = content.ids().of(block.ref());
        unknown.add(id);
        line(indent, "<unknown url=\"" + Links.page(id) + "\" alt=\"" + block.type() + "\"/>");
    }

    private void below(Block block, String indent) {
        if (block.syncedCopy()) {
            original(block).ifPresent(original -> write(original.children(), indent));
        } else if (block.type().equals("meeting_notes")) {
            String transcript =
                    block.payload().at("/children/transcript_block_id").asText();
            write(
                    block.children().stream()
                            .filter(section -> transcripts
                                    || !content.ids().of(section.ref()).equals(transcript))
                            .toList(),
                    indent);
        } else if (block.hasChildren()) {
            write(block.children(), indent);
        }
    }

    /** A subpage or the original of a copy that the connection may not see. */
    private boolean hidden(Block block) {
        return block.type().equals("child_page")
                ? !access.visible(block.ref().index())
                : block.syncedCopy() && original(block).isEmpty();
    }

    private Optional<Block> original(Block copy) {
        return content.ids()
                .read(copy.payload().at("/synced_from/block_id").asText())
                .filter(original -> access.visible(original.index()))
                .flatMap(original -> content.blocks().find(original, links))
                .map(BlockTrees.Found::block);
    }

    private void line(String indent, String text) {
        markdown.append(indent).append(text.replace("\n", "\n" + indent)).append('\n');
    }

    private String text(Block block) {
        String type = block.type();
        JsonNode payload = block.payload();
        String words = plain(payload.path("rich_text"));
        if (MEDIA.contains(type)) {
            String source =
                    payload.path(payload.path("type").asText()).path("url").asText();
            String caption = plain(payload.path("caption"));
            return type.equals("image")
                    ? "![" + caption + "](" + source + ")"
                    : "<" + type + " src=\"" + source + "\">" + caption + "</" + type + ">";
        }
        return switch (type) {
            case "heading_1" -> "# " + words;
            case "heading_2" -> "## " + words;
            case "heading_3" -> "### " + words;
            case "heading_4" -> "#### " + words;
            case "bulleted_list_item" -> "- " + words;
            case "numbered_list_item" -> "1. " + words;
            case "to_do" -> (payload.path("checked").asBoolean() ? "- [x] " : "- [ ] ") + words;
            case "quote" -> "> " + words;
            case "divider" -> "---";
            case "code" -> "```" + payload.path("language").asText() + "\n" + words + "\n```";
            case "equation" -> "$$\n" + payload.path("expression").asText() + "\n$$";
            case "child_page" -> link("page", block);
            case "child_database" -> link("database", block);
            case "table_row" -> row(payload.path("cells"));
            case "meeting_notes" -> plain(payload.path("title"));
            default -> words;
        };
    }

    private String link(String tag, Block block) {
        String id = content.ids().of(block.ref());
        String title = block.payload().path("title").asText();
        return "<" + tag + " url=\"" + Links.page(id) + "\">" + title + "</" + tag + ">";
    }

    private static String row(JsonNode cells) {
        var row = new StringBuilder("<tr>");
        cells.forEach(cell -> row.append("<td>").append(plain(cell)).append("</td>"));
        return row.append("</tr>").toString();
    }

    private static String plain(JsonNode richText) {
        var words = new StringBuilder();
        richText.forEach(segment -> words.append(segment.path("plain_text").asText()));
        return words.toString();
    }
}
