package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads block trees (facts/notion-api.md §3.7). */
final class BlockReader {
    private final TextReader texts;
    private final List<Note> notes;

    BlockReader(TextReader texts, List<Note> notes) {
        this.texts = texts;
        this.notes = notes;
    }

    List<Block> blocks(JsonNode blocks) {
        List<Block> read = new ArrayList<>();
        blocks.forEach(block -> read.add(block(block)));
        return List.copyOf(read);
    }

    private Block block(JsonNode block) {
        String id = StoredText.of(block.path("id"));
        String type = block.path("type").asText("");
        JsonNode payload = block.path(type);
        Text text = texts.text(payload.path("rich_text"));
        return switch (type) {
            case "heading_1", "heading_2", "heading_3", "heading_4" ->
                new Block.Heading(
                        id,
                        type.charAt(type.length() - 1) - '0',
                        text,
                        payload.path("is_toggleable").asBoolean(),
                        children(block));
            case "paragraph" -> new Block.Paragraph(id, text, TextReader.icon(payload.path("icon")), children(block));
            case "bulleted_list_item" -> new Block.Bullet(id, text, children(block));
            case "numbered_list_item" ->
                new Block.Numbered(
                        id,
                        text,
                        payload.path("list_start_index").asInt(0),
                        StoredText.of(payload.path("list_format")),
                        children(block));
            case "to_do" -> new Block.ToDo(id, text, payload.path("checked").asBoolean(), children(block));
            case "toggle" -> new Block.Toggle(id, text, children(block));
            case "template" -> new Block.Template(id, text, children(block));
            case "quote" -> new Block.Quote(id, text, children(block));
            case "callout" ->
                new Block.Callout(
                        id,
                        text,
                        TextReader.icon(payload.path("icon")),
                        payload.path("color").asText("default"),
                        children(block));
            case "code" ->
                new Block.Code(
                        id, text.plain(), StoredText.of(payload.path("language")), texts.text(payload.path("caption")));
            case "equation" -> new Block.Equation(id, StoredText.of(payload.path("expression")));
            case "divider" -> new Block.Divider(id);
            case "breadcrumb" -> new Block.Breadcrumb(id);
            case "table_of_contents" -> new Block.Contents(id);
            case "column_list" -> new Block.Columns(id, children(block));
            case "column" -> new Block.Column(id, StoredText.of(payload.path("width_ratio")), children(block));
            case "tab" -> new Block.Tabs(id, tabs(block));
            case "table" -> table(id, payload, block);
            case "image", "video", "audio", "pdf", "file", "bookmark", "embed", "link_preview" ->
                link(id, type, payload);
            case "link_to_page", "child_page", "child_database" -> objectLink(id, type, payload);
            case "synced_block" ->
                new Block.Synced(id, StoredText.of(payload.at("/synced_from/block_id")), children(block));
            case "meeting_notes", "transcription" -> meeting(id, payload, block);
            case "unsupported" -> withheld(id, StoredText.of(payload.path("block_type")));
            default -> unknown(id, type, text, block);
        };
    }

    private List<Block> children(JsonNode block) {
        return blocks(block.path("children"));
    }

    /** The paragraphs of a tab block are its tabs. */
    private List<Block> tabs(JsonNode block) {
        List<Block> tabs = new ArrayList<>();
        for (Block child : children(block)) {
            tabs.add(
                    child instanceof Block.Paragraph tab
                            ? new Block.Tab(tab.id(), tab.text(), tab.icon(), tab.children())
                            : child);
        }
        return List.copyOf(tabs);
    }

    private Block table(String id, JsonNode payload, JsonNode block) {
        List<List<Text>> rows = new ArrayList<>();
        for (JsonNode row : block.path("children")) {
            List<Text> cells = new ArrayList<>();
            row.at("/table_row/cells").forEach(cell -> cells.add(texts.text(cell)));
            rows.add(List.copyOf(cells));
        }
        return new Block.Table(
                id,
                payload.path("has_column_header").asBoolean(),
                payload.path("has_row_header").asBoolean(),
                List.copyOf(rows));
    }

    private Block link(String id, String type, JsonNode payload) {
        Text caption = texts.text(payload.path("caption"));
        NamedFile file = TextReader.file(payload, "");
        if (file != null) {
            return new Block.Media(id, type, file, caption);
        }
        return new Block.WebLink(id, type, NotionLinks.to(StoredText.of(payload.path("url"))), caption);
    }

    private static Block objectLink(String id, String type, JsonNode payload) {
        if (!type.equals("link_to_page")) {
            return new Block.ObjectLink(
                    id, type, type.replaceFirst("child_", ""), id, StoredText.of(payload.path("title")));
        }
        String what = payload.path("type").asText();
        return new Block.ObjectLink(id, type, what.replaceFirst("_id$", ""), StoredText.of(payload.path(what)), "");
    }

    private Block meeting(String id, JsonNode payload, JsonNode block) {
        JsonNode event = payload.path("calendar_event");
        JsonNode time = event.isObject() ? event : payload.path("recording");
        return new Block.Meeting(
                id,
                texts.text(payload.path("title")),
                StoredText.of(payload.path("status")),
                StoredText.of(time.path("start_time")),
                StoredText.of(time.path("end_time")),
                TextReader.people(event.path("attendees")),
                children(block));
    }

    private Block withheld(String id, String type) {
        notes.add(new Note(Note.Reason.WITHHELD, "block", type, id));
        return new Block.Withheld(id, type);
    }

    private Block unknown(String id, String type, Text text, JsonNode block) {
        notes.add(new Note(Note.Reason.UNKNOWN, "block", type, id));
        return new Block.Unknown(id, type, text, children(block));
    }
}
