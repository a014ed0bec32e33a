package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The page that has every type of block of facts/notion-api.md §3.7 and every kind of rich text of §3.6. */
final class ShowcaseBlocks {
    /** The column in which a database lies when the workspace has enough of them. */
    static final int COLUMN_WITH_DATABASE = 900_001;

    private static final int SYNCED_ORIGINAL = 900_002;
    private static final int HIDDEN_ORIGINAL = 900_003;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Plan plan;
    private final Ids ids;
    private final Users users;
    private final Icons icons;

    ShowcaseBlocks(Plan plan, Ids ids, Users users, Icons icons) {
        this.plan = plan;
        this.ids = ids;
        this.users = users;
        this.icons = icons;
    }

    /** The original of which a copy is on the showcase, on a page that is not shared or that only the copy leads to. */
    static Block hiddenOriginal(BlockSketch sketch) {
        ObjectNode payload = JSON.objectNode().putNull("synced_from");
        return sketch.numbered(
                HIDDEN_ORIGINAL, "synced_block", payload, sketch.paragraph("Only those who may see this page read it"));
    }

    List<Block> blocks(BlockSketch sketch, List<Block> databases) {
        List<Block> blocks = new ArrayList<>();
        addText(sketch, blocks);
        addLists(sketch, blocks);
        addLayout(sketch, blocks, databases);
        addMedia(sketch, blocks);
        addReferences(sketch, blocks);
        addMeeting(sketch, blocks);
        return blocks;
    }

    private void addText(BlockSketch sketch, List<Block> blocks) {
        for (int level = 1; level <= 4; level++) {
            blocks.add(sketch.heading(level, "Heading " + level));
        }
        blocks.add(sketch.heading(2, "Toggle heading", sketch.paragraph("Inside the heading")));
        blocks.add(sketch.heading(4, "Small toggle heading", sketch.paragraph("Inside the small heading")));
        blocks.add(sketch.paragraph(""));
        blocks.add(sketch.paragraph(everyRichText(sketch.links())));
        blocks.add(sketch.paragraph("A paragraph with a child", sketch.paragraph("the child")));
        blocks.add(sketch.text("quote", RichText.plain("A quote"), "blue_background", sketch.paragraph("continued")));
        blocks.add(callout(sketch, JSON.objectNode().put("type", "emoji").put("emoji", "💡")));
        blocks.add(callout(sketch, sketch.storedIcon()));
        ObjectNode custom = JSON.objectNode().put("type", "custom_emoji");
        custom.set("custom_emoji", icons.customEmoji(0, sketch.links()));
        blocks.add(callout(sketch, custom));
        ObjectNode code = JSON.objectNode();
        code.set("caption", RichText.plain("A caption"));
        code.set("rich_text", RichText.plain("if (a < b) {\n\treturn \"```\";\n}"));
        blocks.add(sketch.of("code", code.put("language", "javascript")));
        blocks.add(sketch.of("equation", JSON.objectNode().put("expression", "e^{i\\pi} + 1 = 0")));
        blocks.add(sketch.empty("divider"));
        blocks.add(sketch.empty("breadcrumb"));
        blocks.add(sketch.of("table_of_contents", JSON.objectNode().put("color", "gray")));
    }

    private static Block callout(BlockSketch sketch, ObjectNode icon) {
        ObjectNode payload = JSON.objectNode();
        payload.set("rich_text", RichText.plain("Mind the gap"));
        payload.set("icon", icon);
        return sketch.of("callout", payload.put("color", "gray_background"), sketch.paragraph("and the step"));
    }

    private void addLists(BlockSketch sketch, List<Block> blocks) {
        blocks.add(sketch.text(
                "bulleted_list_item", "One", sketch.text("bulleted_list_item", "Two", sketch.paragraph("Three"))));
        blocks.add(sketch.text("numbered_list_item", "First"));
        ObjectNode counted = JSON.objectNode();
        counted.set("rich_text", RichText.plain("Fourth, in letters"));
        counted.put("color", "default").put("list_start_index", 4).put("list_format", "letters");
        blocks.add(sketch.of("numbered_list_item", counted));
        blocks.add(sketch.toDo("Done", true));
        blocks.add(sketch.toDo("Not done", false));
        blocks.add(sketch.text("toggle", "Open me", sketch.paragraph("Nothing here but text")));
        ObjectNode template = JSON.objectNode();
        template.set("rich_text", RichText.plain("Add a new to-do"));
        blocks.add(sketch.of("template", template, sketch.toDo("A new to-do", false)));
    }

    private void addLayout(BlockSketch sketch, List<Block> blocks, List<Block> databases) {
        Block left = sketch.of("column", JSON.objectNode(), sketch.paragraph("Left"));
        List<Block> inRight = new ArrayList<>(databases);
        inRight.add(sketch.paragraph("Right"));
        Block right = sketch.numbered(
                COLUMN_WITH_DATABASE,
                "column",
                JSON.objectNode().put("width_ratio", new BigDecimal("0.25")),
                inRight.toArray(Block[]::new));
        blocks.add(sketch.empty("column_list", left, right));
        ObjectNode table = JSON.objectNode()
                .put("table_width", 2)
                .put("has_column_header", true)
                .put("has_row_header", false);
        blocks.add(sketch.of("table", table, row(sketch, "Name", "Amount"), row(sketch, "Pipe | here", "")));
        Block firstTab =
                tab(sketch, "Overview", JSON.objectNode().put("type", "emoji").put("emoji", "📓"));
        blocks.add(sketch.empty("tab", firstTab, tab(sketch, "Details", null)));
    }

    private static Block row(BlockSketch sketch, String first, String second) {
        ObjectNode payload = JSON.objectNode();
        ArrayNode cells = payload.putArray("cells");
        cells.add(RichText.plain(first)).add(RichText.plain(second));
        return sketch.of("table_row", payload);
    }

    private static Block tab(BlockSketch sketch, String title, ObjectNode icon) {
        ObjectNode payload = JSON.objectNode();
        payload.set("rich_text", RichText.plain(title));
        payload.set("icon", icon);
        return sketch.of("paragraph", payload.put("color", "default"), sketch.paragraph("In the tab " + title));
    }

    private void addMedia(BlockSketch sketch, List<Block> blocks) {
        String place = "https://media.example.org/";
        blocks.add(sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.SMALL, "A stored image"));
        blocks.add(sketch.external("image", place + "flowers.jpg", "An external image"));
        blocks.add(sketch.stored("video", StoredFile.Type.MP4, StoredFile.Size.MEDIUM, ""));
        blocks.add(sketch.external("video", place + "watch?v=1", ""));
        blocks.add(sketch.stored("audio", StoredFile.Type.MP3, StoredFile.Size.SMALL, "Listen"));
        blocks.add(sketch.external("audio", place + "tone.mp3", ""));
        blocks.add(sketch.stored("pdf", StoredFile.Type.PDF, StoredFile.Size.SMALL, ""));
        blocks.add(sketch.external("pdf", place + "paper.pdf", ""));
        blocks.add(sketch.stored("file", StoredFile.Type.TXT, StoredFile.Size.SMALL, "Notes"));
        blocks.add(sketch.external("file", place + "robots.txt", ""));
        blocks.add(sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.TWIN, ""));
        blocks.add(sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.TWIN, "The same bytes again"));
        for (String type : List.of("bookmark", "embed")) {
            ObjectNode payload = JSON.objectNode();
            payload.set("caption", RichText.plain(type.equals("embed") ? "" : "Read later"));
            blocks.add(sketch.of(type, payload.put("url", "https://example.org/?a=1&b=2")));
        }
        blocks.add(sketch.of("link_preview", JSON.objectNode().put("url", "https://git.example.org/issues/1")));
    }

    private void addReferences(BlockSketch sketch, List<Block> blocks) {
        String handbook = ids.of(Ref.page(Plan.HANDBOOK));
        blocks.add(sketch.of(
                "link_to_page", JSON.objectNode().put("type", "page_id").put("page_id", handbook)));
        blocks.add(sketch.of(
                "link_to_page",
                JSON.objectNode().put("type", "database_id").put("database_id", ids.of(Ref.database(0)))));
        String unshared = ids.of(Ref.page(plan.unsharedPage(0)));
        blocks.add(sketch.of(
                "link_to_page", JSON.objectNode().put("type", "page_id").put("page_id", unshared)));
        blocks.add(sketch.numbered(
                SYNCED_ORIGINAL,
                "synced_block",
                JSON.objectNode().putNull("synced_from"),
                sketch.paragraph("Written once"),
                sketch.text("bulleted_list_item", "shown twice")));
        blocks.add(copy(sketch, ids.of(Ref.block(Plan.SHOWCASE, SYNCED_ORIGINAL))));
        blocks.add(copy(sketch, ids.of(hiddenOriginal(plan.unsharedPage(0)))));
        if (plan.hasHidden()) {
            addHiddenReferences(sketch, blocks);
        }
        blocks.add(sketch.of("unsupported", JSON.objectNode().put("block_type", "button")));
        blocks.add(sketch.hollow("unsupported", JSON.objectNode().put("block_type", "ai_block")));
    }

    /** The only references to some pages and to a database. */
    private void addHiddenReferences(BlockSketch sketch, List<Block> blocks) {
        String mentioned = ids.of(Ref.page(plan.page(Plan.Secluded.MENTIONED)));
        String database = ids.of(Ref.database(plan.hiddenDatabase().index()));
        ArrayNode mentions = RichText.of(
                RichText.text("See "),
                RichText.mention("page", JSON.objectNode().put("id", mentioned), "a page", Links.page(mentioned)),
                RichText.text(" and "),
                RichText.mention("database", JSON.objectNode().put("id", database), "a list", Links.page(database)));
        blocks.add(sketch.text("quote", mentions, "default"));
        String linked = ids.of(Ref.page(plan.page(Plan.Secluded.LINKED)));
        blocks.add(sketch.of(
                "link_to_page", JSON.objectNode().put("type", "page_id").put("page_id", linked)));
        blocks.add(copy(sketch, ids.of(hiddenOriginal(plan.page(Plan.Secluded.WITH_ORIGINAL)))));
    }

    /** The original on a page that has {@link #hiddenOriginal(BlockSketch)}. */
    static Ref hiddenOriginal(int page) {
        return Ref.block(page, HIDDEN_ORIGINAL);
    }

    private static Block copy(BlockSketch sketch, String original) {
        ObjectNode payload = JSON.objectNode();
        payload.putObject("synced_from").put("type", "block_id").put("block_id", original);
        return sketch.hollow("synced_block", payload);
    }

    /** The three sections hang below the block, but only the ids in its payload lead to them (§2.2). */
    private void addMeeting(BlockSketch sketch, List<Block> blocks) {
        List<Block> sections = new ArrayList<>();
        ObjectNode payload = JSON.objectNode();
        payload.set("title", RichText.plain("Weekly meeting"));
        payload.put("status", "notes_ready");
        ObjectNode children = payload.putObject("children");
        for (String name : List.of("summary", "notes", "transcript")) {
            Block section = sketch.paragraph("The " + name, sketch.paragraph("What the " + name + " says"));
            children.put(name + "_block_id", ids.of(section.ref()));
            sections.add(section);
        }
        ObjectNode event = payload.putObject("calendar_event");
        event.put("start_time", "2026-03-02T09:00:00.000Z").put("end_time", "2026-03-02T09:30:00.000Z");
        event.putArray("attendees").add(ids.of(Kind.USER, 0, 0));
        payload.putObject("recording")
                .put("start_time", "2026-03-02T09:01:00.000Z")
                .put("end_time", "2026-03-02T09:29:00.000Z");
        Block plain = sketch.of("meeting_notes", payload);
        blocks.add(new Block(plain.ref(), "meeting_notes", payload, false, sections));
    }

    private ArrayNode everyRichText(FileLinks links) {
        ArrayNode all = RichText.of(
                RichText.text("Plain, "),
                RichText.styled("bold", "bold", "default"),
                RichText.styled(" all at once ", "bold,italic,strikethrough,underline,code", "red_background"),
                RichText.link("a link", "https://example.org/a?b=c#d"),
                RichText.equation("E = mc^2"));
        all.add(RichText.mention("user", users.full(0), "@" + users.name(0), null));
        ObjectNode date =
                JSON.objectNode().put("start", "2026-06-01").putNull("end").putNull("time_zone");
        all.add(RichText.mention("date", date, "2026-06-01", null));
        for (int page : List.of(Plan.HANDBOOK, plan.unsharedPage(0), plan.unsharedPage(1))) {
            String id = ids.of(Ref.page(page));
            String text = plan.extra(page) == null ? "The handbook" : "Untitled";
            all.add(RichText.mention("page", JSON.objectNode().put("id", id), text, Links.page(id)));
        }
        String database = ids.of(Ref.database(0));
        all.add(RichText.mention(
                "database", JSON.objectNode().put("id", database), "A database", Links.page(database)));
        String address = "https://git.example.org/issues/2";
        all.add(RichText.mention("link_preview", JSON.objectNode().put("url", address), address, address));
        ObjectNode link = JSON.objectNode().put("href", address).put("title", "Issue 2");
        link.put("icon_url", "https://git.example.org/icon.png").put("link_provider", "Git");
        all.add(RichText.mention("link_mention", link, "Issue 2", address));
        ObjectNode today =
                JSON.objectNode().put("type", "template_mention_date").put("template_mention_date", "today");
        all.add(RichText.mention("template_mention", today, "@Today", null));
        ObjectNode me = JSON.objectNode().put("type", "template_mention_user").put("template_mention_user", "me");
        all.add(RichText.mention("template_mention", me, "@Me", null));
        all.add(RichText.mention("custom_emoji", icons.customEmoji(1, links), ":saddle-1:", null));
        return all;
    }
}
