package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Pages of an export as Markdown (facts/notion-export.md §2.6): what Markdown has no words for is lost, as at Notion. */
final class ExportMarkdown {
    private final ExportSheet sheet;
    private final ExportTree tree;
    private final String folder;

    ExportMarkdown(ExportSheet sheet) {
        this.sheet = sheet;
        this.tree = sheet.tree();
        this.folder = tree.directory(sheet.page());
    }

    /** The page: its title, the properties of a row, its blocks. */
    String page(List<Property> properties) {
        var page = new StringBuilder("# ").append(tree.title(sheet.page()));
        var values = new ExportValues(sheet, folder);
        var lines = new StringBuilder();
        for (Property property : properties) {
            String value = property.type().equals("title") ? "" : values.of(property);
            if (!value.isEmpty()) {
                lines.append('\n').append(property.name()).append(": ").append(value.replace("\n", " "));
            }
        }
        if (lines.length() > 0) {
            page.append('\n').append(lines);
        }
        List<String> blocks = blocks(sheet.blocks());
        if (!blocks.isEmpty()) {
            page.append("\n\n").append(String.join("\n\n", blocks));
        }
        return page.append('\n').toString();
    }

    private List<String> blocks(List<Block> blocks) {
        List<String> all = new ArrayList<>();
        boolean lastInList = false;
        int number = 0;
        for (Block block : blocks) {
            String type = block.type();
            number = type.equals("numbered_list_item") ? number + 1 : 0;
            String text = block(block, number);
            boolean inList = type.endsWith("list_item") || type.equals("to_do") || type.equals("toggle");
            if (inList && lastInList && !text.isEmpty()) {
                all.set(all.size() - 1, all.get(all.size() - 1) + "\n" + text);
            } else if (!text.isEmpty()) {
                all.add(text);
            }
            lastInList = inList && !all.isEmpty();
        }
        return all;
    }

    private String block(Block block, int number) {
        JsonNode payload = block.payload();
        String words = words(payload.path("rich_text"));
        return switch (block.type()) {
            case "heading_1" -> under("# " + words, block);
            case "heading_2" -> under("## " + words, block);
            case "heading_3", "heading_4" -> under("### " + words, block);
            case "bulleted_list_item", "toggle" -> item("- ", words, block);
            case "numbered_list_item" -> item(number + ". ", words, block);
            case "to_do" -> item(payload.path("checked").asBoolean() ? "- [x]  " : "- [ ]  ", words, block);
            case "quote" -> "> " + under(words, block).replace("\n", "\n> ");
            case "callout" -> "<aside>\n" + under(words, block) + "\n\n</aside>";
            case "divider" -> "---";
            case "code" ->
                "```" + payload.path("language").asText() + "\n" + RichText.plainText(payload.path("rich_text"))
                        + "\n```";
            case "equation" -> "$$\n" + payload.path("expression").asText() + "\n$$";
            case "image", "video", "audio", "pdf", "file" -> media(block);
            case "bookmark", "embed", "link_preview" -> {
                String url = payload.path("url").asText();
                yield "[" + url + "](" + url + ")";
            }
            case "child_page" -> page(block.ref().index());
            case "child_database" -> database(block.ref().index());
            case "link_to_page" -> linkToPage(payload);
            case "table" -> table(block.children());
            case "meeting_notes" -> under(words(payload.path("title")), block);
            case "breadcrumb", "table_of_contents", "unsupported" -> "";
            default -> under(words, block);
        };
    }

    private String under(String words, Block block) {
        List<String> parts = new ArrayList<>(blocks(block.children()));
        if (!words.isEmpty()) {
            parts.add(0, words);
        }
        return String.join("\n\n", parts);
    }

    private String item(String mark, String words, Block block) {
        var item = new StringBuilder(mark).append(words.replace("\n", "\n    "));
        blocks(block.children()).forEach(child -> item.append("\n    ").append(child.replace("\n", "\n    ")));
        return item.toString();
    }

    private String media(Block block) {
        JsonNode payload = block.payload();
        String caption = words(payload.path("caption"));
        boolean image = block.type().equals("image");
        if (payload.path("type").asText().equals("external")) {
            String url = payload.at("/external/url").asText();
            String label = caption.isEmpty() ? url : caption;
            return (image ? "![" : "[") + label + "](" + url + ")";
        }
        String path = sheet.attach(payload.get("file"), image && caption.isEmpty());
        String name = path.substring(path.lastIndexOf('/') + 1);
        return (image ? "![" : "[") + (caption.isEmpty() ? name : caption) + "](" + ExportNames.link(folder, path)
                + ")";
    }

    private String page(int page) {
        return "[" + tree.title(page) + "](" + tree.link(folder, page) + ")";
    }

    private String database(int number) {
        Plan.Database database = sheet.content().world().database(number);
        if (database.linked()) {
            return "[Untitled](" + ExportNames.link(folder, tree.csv(database)) + ")";
        }
        if (!tree.has(database)) {
            String id = sheet.content().ids().of(Ref.database(number));
            return "[" + sheet.content().world().title(database) + "](https://www.notion.so/" + ExportNames.hex(id)
                    + "?pvs=21)";
        }
        List<String> tables = new ArrayList<>();
        for (int source : database.sources()) {
            ExportTree.Table table = tree.table(source);
            String title = table.title().isEmpty() ? "Untitled" : table.title();
            tables.add("[" + title + "](" + ExportNames.link(folder, tree.csv(table, "")) + ")");
        }
        return String.join("\n\n", tables);
    }

    private String linkToPage(JsonNode payload) {
        return sheet.content()
                .ids()
                .read(payload.path(payload.path("type").asText()).asText())
                .map(this::reference)
                .orElse("");
    }

    private String reference(Ref ref) {
        return switch (ref.kind()) {
            case PAGE -> page(ref.index());
            case DATABASE -> database(ref.index());
            default -> "";
        };
    }

    private String table(List<Block> rows) {
        List<String> lines = new ArrayList<>();
        for (Block row : rows) {
            List<String> cells = new ArrayList<>();
            row.payload().path("cells").forEach(cell -> cells.add(words(cell).replace("|", "\\|")));
            lines.add("| " + String.join(" | ", cells) + " |");
            if (lines.size() == 1) {
                lines.add("|" + " --- |".repeat(cells.size()));
            }
        }
        return String.join("\n", lines);
    }

    private String words(JsonNode richText) {
        var words = new StringBuilder();
        richText.forEach(segment -> words.append(segment(segment)));
        return words.toString();
    }

    private String segment(JsonNode segment) {
        String plain = segment.path("plain_text").asText();
        switch (segment.path("type").asText()) {
            case "equation" -> {
                return "$" + plain + "$";
            }
            case "mention" -> {
                return mention(segment.get("mention"), plain);
            }
            default -> {
                String text = styled(plain, segment.path("annotations"));
                return segment.path("href").isTextual()
                        ? "[" + text + "](" + segment.get("href").asText() + ")"
                        : text;
            }
        }
    }

    private String mention(JsonNode mention, String plain) {
        String type = mention.path("type").asText();
        JsonNode what = mention.path(type);
        return switch (type) {
            case "page", "database" ->
                sheet.content()
                        .ids()
                        .read(what.path("id").asText())
                        .map(this::reference)
                        .orElse(plain);
            case "date" -> "@" + ExportValues.date(what);
            case "link_preview", "link_mention" -> {
                String url =
                        what.path(type.equals("link_mention") ? "href" : "url").asText();
                yield "[" + plain + "](" + url + ")";
            }
            default -> plain;
        };
    }

    private static String styled(String text, JsonNode style) {
        if (text.isBlank()) {
            return text;
        }
        String styled = text;
        if (style.path("code").asBoolean()) {
            styled = "`" + styled + "`";
        }
        if (style.path("strikethrough").asBoolean()) {
            styled = "~~" + styled + "~~";
        }
        if (style.path("italic").asBoolean()) {
            styled = "*" + styled + "*";
        }
        return style.path("bold").asBoolean() ? "**" + styled + "**" : styled;
    }
}
