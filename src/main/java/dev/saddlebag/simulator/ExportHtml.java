package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Pages of an export as HTML (facts/notion-export.md §2.8), which keeps ids, colours, icons and types of properties. */
final class ExportHtml {
    private static final String HEAD =
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"/>"
                    + "<title>%s</title><style>\nbody { line-height: 1.5; }\n.page-title { font-size: 2.5rem; }\n</style></head><body>";
    private static final String FOOT =
            "</article><span class=\"sans\" style=\"font-size:14px;padding-top:2em\"></span></body></html>";

    private final ExportSheet sheet;
    private final ExportTree tree;
    private final String folder;

    ExportHtml(ExportSheet sheet) {
        this.sheet = sheet;
        this.tree = sheet.tree();
        this.folder = tree.directory(sheet.page());
    }

    /** The page: cover, icon, title, the properties of a row, its blocks. */
    String page(List<Property> properties) {
        String title = ExportIndex.escape(tree.title(sheet.page()));
        var page = new StringBuilder(HEAD.replace("%s", title))
                .append("<article id=\"")
                .append(tree.id(sheet.page()))
                .append("\" class=\"page sans\"><header>")
                .append(cover(sheet.cover()))
                .append(icon(sheet.icon()))
                .append("<h1 class=\"page-title\" dir=\"auto\">")
                .append(title)
                .append("</h1><p class=\"page-description\" dir=\"auto\"></p>");
        if (!properties.isEmpty()) {
            page.append("<table class=\"properties\"><tbody>");
            var values = new ExportValues(sheet, folder);
            properties.stream()
                    .filter(property -> !property.type().equals("title"))
                    .forEach(property -> page.append(property(property, values)));
            page.append("</tbody></table>");
        }
        return page.append("</header><div class=\"page-body\">")
                .append(blocks(sheet.blocks()))
                .append("</div>")
                .append(FOOT)
                .toString();
    }

    private static String property(Property property, ExportValues values) {
        String type = switch (property.type()) {
            case "rich_text" -> "text";
            case "people" -> "person";
            case "files" -> "file";
            case "unique_id" -> "auto_increment_id";
            default -> property.type();
        };
        String value = values.of(property);
        String shown = switch (property.type()) {
            case "checkbox" -> "<div class=\"checkbox checkbox-" + (value.equals("Yes") ? "on" : "off") + "\"></div>";
            case "date", "created_time", "last_edited_time" ->
                value.isEmpty() ? "" : "<time>@" + ExportIndex.escape(value) + "</time>";
            case "url" -> value.isEmpty() ? "" : link(value, ExportIndex.escape(value));
            case "select", "multi_select" -> value.isEmpty() ? "" : choices(value);
            default -> ExportIndex.escape(value);
        };
        return "<tr class=\"property-row property-row-" + type + "\"><th><span class=\"icon property-icon\"></span>"
                + ExportIndex.escape(property.name()) + "</th><td>" + shown + "</td></tr>";
    }

    private static String choices(String names) {
        return List.of(names.split(", ")).stream()
                .map(name -> "<span class=\"selected-value select-value-color-default\">" + ExportIndex.escape(name)
                        + "</span>")
                .collect(Collectors.joining());
    }

    /** The page of a database that lies in a page of its own. */
    static String table(Content content, ExportTree tree, ExportCsv tables, ExportTree.Table table) {
        String title = ExportIndex.escape(table.title().isEmpty() ? "Untitled" : table.title());
        String folder = tree.csv(table, "");
        return HEAD.replace("%s", title) + "<article id=\"" + table.id()
                + "\" class=\"page sans\"><header><h1 class=\"page-title\" dir=\"auto\">" + title
                + "</h1><p class=\"page-description\" dir=\"auto\"></p></header><div class=\"page-body\">"
                + collection(
                        content,
                        tree,
                        tables.columns(table.source()),
                        table,
                        folder.substring(0, folder.lastIndexOf('/') + 1))
                + "</div>" + FOOT;
    }

    /** The rows of a database as a table, by their titles. */
    private static String collection(
            Content content, ExportTree tree, List<Property> columns, ExportTree.Table table, String folder) {
        var html = new StringBuilder("<table class=\"collection-content\"><thead><tr><th>")
                .append(ExportIndex.escape(columns.get(0).name()))
                .append("</th></tr></thead><tbody>");
        content.world()
                .rows(table.source().index())
                .forEach(row -> html.append("<tr id=\"")
                        .append(tree.id(row))
                        .append("\"><td class=\"cell-title\">")
                        .append(link(tree.link(folder, row), ExportIndex.escape(tree.title(row))))
                        .append("</td></tr>"));
        return html.append("</tbody></table>").toString();
    }

    private String cover(JsonNode cover) {
        String source = source(cover, true);
        return source.isEmpty() ? "" : "<img class=\"page-cover-image\" src=\"" + source + "\"/>";
    }

    private String icon(JsonNode icon) {
        String source = source(icon, true);
        if (!source.isEmpty()) {
            return "<div class=\"page-header-icon\"><img class=\"icon\" src=\"" + source + "\"/></div>";
        }
        return icon.path("type").asText().equals("emoji")
                ? "<div class=\"page-header-icon\"><span class=\"icon\">"
                        + icon.get("emoji").asText() + "</span></div>"
                : "";
    }

    /** Where a file lies, escaped for an attribute. */
    private String source(JsonNode file, boolean pasted) {
        return switch (file.path("type").asText()) {
            case "file" -> ExportIndex.escape(ExportNames.link(folder, sheet.attach(file.get("file"), pasted)));
            case "external" -> ExportIndex.escape(file.at("/external/url").asText());
            default -> "";
        };
    }

    private String blocks(List<Block> blocks) {
        return blocks.stream().map(this::block).collect(Collectors.joining());
    }

    private String block(Block block) {
        JsonNode payload = block.payload();
        String words = words(payload.path("rich_text"));
        String below = blocks(block.children());
        String id = sheet.content().ids().of(block.ref());
        return switch (block.type()) {
            case "heading_1", "heading_2", "heading_3", "heading_4" -> {
                int level = Math.min(3, block.type().charAt(8) - '0');
                yield below.isEmpty()
                        ? tag("h" + level, id, "", words)
                        : "<details open=\"\"><summary>" + words + "</summary><div class=\"indented\">" + below
                                + "</div></details>";
            }
            case "bulleted_list_item" -> tag("ul", id, "bulleted-list", "<li>" + words + below + "</li>");
            case "numbered_list_item" -> tag("ol", id, "numbered-list", "<li>" + words + below + "</li>");
            case "to_do" -> {
                String state = payload.path("checked").asBoolean() ? "on" : "off";
                yield tag(
                        "ul",
                        id,
                        "to-do-list",
                        "<li><div class=\"checkbox checkbox-" + state + "\"></div> <span class=\"to-do-children-"
                                + (state.equals("on") ? "checked" : "unchecked") + "\">" + words + "</span>" + below
                                + "</li>");
            }
            case "toggle" ->
                tag(
                        "ul",
                        id,
                        "toggle",
                        "<li><details open=\"\"><summary>" + words + "</summary>" + below + "</details></li>");
            case "quote" -> tag("blockquote", id, color(payload), words + below);
            case "callout" ->
                tag(
                        "figure",
                        id,
                        color(payload) + " callout",
                        icon(payload.path("icon")) + "<div>" + words + below + "</div>");
            case "divider" -> "<hr id=\"" + id + "\"/>";
            case "code" ->
                tag(
                        "pre",
                        id,
                        "code",
                        "<code class=\"language-" + payload.path("language").asText() + "\">"
                                + ExportIndex.escape(RichText.plainText(payload.path("rich_text"))) + "</code>");
            case "equation" ->
                tag(
                        "figure",
                        id,
                        "equation",
                        ExportIndex.escape(payload.path("expression").asText()));
            case "image" -> media(id, block, "image");
            case "video", "audio", "pdf", "file" -> media(id, block, "source");
            case "bookmark", "embed", "link_preview" -> {
                String url = payload.path("url").asText();
                yield tag("figure", id, "", link(url, ExportIndex.escape(url)));
            }
            case "child_page" ->
                tag("figure", id, "link-to-page", page(block.ref().index()));
            case "child_database" -> database(block.ref().index());
            case "link_to_page" ->
                tag(
                        "figure",
                        id,
                        "link-to-page",
                        reference(payload.path(payload.path("type").asText()).asText()));
            case "table" -> tag("table", id, "simple-table", "<tbody>" + below + "</tbody>");
            case "table_row" -> {
                var cells = new StringBuilder();
                payload.path("cells")
                        .forEach(
                                cell -> cells.append("<td>").append(words(cell)).append("</td>"));
                yield tag("tr", id, "", cells.toString());
            }
            case "column_list", "column" -> tag("div", id, block.type().replace('_', '-'), below);
            case "meeting_notes" -> tag("div", id, "", words(payload.path("title")) + below);
            case "breadcrumb", "table_of_contents", "unsupported" -> "";
            default -> tag("p", id, color(payload), words + below);
        };
    }

    private static String color(JsonNode payload) {
        String color = payload.path("color").asText("default");
        return color.equals("default") ? "" : "block-color-" + color;
    }

    private static String tag(String name, String id, String classes, String content) {
        return "<" + name + " id=\"" + id + "\" class=\"" + classes.strip() + "\">" + content + "</" + name + ">";
    }

    private String media(String id, Block block, String style) {
        String caption = words(block.payload().path("caption"));
        String source = source(block.payload(), style.equals("image") && caption.isEmpty());
        String shown = style.equals("image")
                ? "<a href=\"" + source + "\"><img src=\"" + source + "\"/></a>"
                : "<div class=\"source\"><a href=\"" + source + "\">" + source + "</a></div>";
        return tag(
                "figure",
                id,
                style.equals("image") ? "image" : "",
                shown + (caption.isEmpty() ? "" : "<figcaption>" + caption + "</figcaption>"));
    }

    private String page(int page) {
        return link(tree.link(folder, page), ExportIndex.escape(tree.title(page)));
    }

    private String database(int number) {
        Plan.Database database = sheet.content().world().database(number);
        if (database.linked()) {
            return "";
        }
        List<String> tables = new ArrayList<>();
        for (int source : database.sources()) {
            ExportTree.Table table = tree.table(source);
            String title = ExportIndex.escape(table.title().isEmpty() ? "Untitled" : table.title());
            var columns = new ExportCsv(sheet.content(), tree, new ExportSheet.Names()).columns(table.source());
            tables.add(
                    database.inline()
                            ? "<div id=\"" + table.id()
                                    + "\" class=\"collection-content\"><h4 class=\"collection-title\">"
                                    + title + "</h4>" + collection(sheet.content(), tree, columns, table, folder)
                                    + "</div>"
                            : "<figure id=\"" + table.id() + "\" class=\"link-to-page\">"
                                    + link(ExportNames.link(folder, tree.html(table)), title) + "</figure>");
        }
        return String.join("", tables);
    }

    private String reference(String id) {
        return sheet.content()
                .ids()
                .read(id)
                .map(ref -> ref.kind() == Kind.PAGE ? page(ref.index()) : link(Links.page(id), "Database"))
                .orElse("");
    }

    private static String link(String target, String label) {
        return "<a href=\"" + ExportIndex.escape(target) + "\">" + label + "</a>";
    }

    private String words(JsonNode richText) {
        var words = new StringBuilder();
        for (JsonNode segment : richText) {
            String plain = ExportIndex.escape(segment.path("plain_text").asText());
            JsonNode mention = segment.path("mention");
            words.append(
                    mention.path("type").asText().equals("page")
                            ? reference(mention.at("/page/id").asText())
                            : segment.path("href").isTextual()
                                    ? link(segment.get("href").asText(), styled(plain, segment.path("annotations")))
                                    : styled(plain, segment.path("annotations")));
        }
        return words.toString();
    }

    private static String styled(String text, JsonNode style) {
        String styled = style.path("code").asBoolean() ? "<code>" + text + "</code>" : text;
        styled = style.path("strikethrough").asBoolean() ? "<del>" + styled + "</del>" : styled;
        styled = style.path("italic").asBoolean() ? "<em>" + styled + "</em>" : styled;
        styled = style.path("bold").asBoolean() ? "<strong>" + styled + "</strong>" : styled;
        String color = style.path("color").asText("default");
        return color.equals("default") ? styled : "<mark class=\"highlight-" + color + "\">" + styled + "</mark>";
    }
}
