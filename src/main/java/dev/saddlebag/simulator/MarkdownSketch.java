package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The page's text as the Markdown endpoint gives it, in outline only (facts/notion-api.md §2.8). */
final class MarkdownSketch {
    private static final Set<String> UNKNOWN =
            Set.of("bookmark", "embed", "link_preview", "breadcrumb", "template", "unsupported");

    private final Content content;
    private final FileLinks links;

    MarkdownSketch(Content content, FileLinks links) {
        this.content = content;
        this.links = links;
    }

    ObjectNode of(int page) {
        var markdown = new StringBuilder();
        ArrayNode unknown = JsonNodeFactory.instance.arrayNode();
        write(content.blocks().of(page, links), "", markdown, unknown);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("object", "page_markdown")
                .put("id", content.ids().of(Ref.page(page)))
                .put("markdown", markdown.toString())
                .put("truncated", false);
        json.set("unknown_block_ids", unknown);
        return json;
    }

    private void write(List<Block> blocks, String indent, StringBuilder markdown, ArrayNode unknown) {
        for (Block block : blocks) {
            String id = content.ids().of(block.ref());
            if (UNKNOWN.contains(block.type())) {
                markdown.append(indent).append("<unknown id=\"").append(id).append("\"/>\n");
                unknown.add(id);
                continue;
            }
            markdown.append(indent).append(prefix(block.type()));
            for (JsonNode segment : block.payload().path("rich_text")) {
                markdown.append(segment.get("plain_text").asText());
            }
            markdown.append('\n');
            if (block.hasChildren()) {
                write(block.children(), indent + "\t", markdown, unknown);
            }
        }
    }

    private static String prefix(String type) {
        return switch (type) {
            case "heading_1" -> "# ";
            case "heading_2" -> "## ";
            case "heading_3" -> "### ";
            case "heading_4" -> "#### ";
            case "bulleted_list_item" -> "- ";
            case "numbered_list_item" -> "1. ";
            case "quote" -> "> ";
            case "divider" -> "---";
            default -> "";
        };
    }
}
