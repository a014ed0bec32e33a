package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The types that this version of Saddlebag knows (facts/notion-api.md §3.7, §3.8). Others are kept as they come. */
public final class Vocabulary {
    private static final Set<String> BLOCKS = Set.of(
            "paragraph",
            "heading_1",
            "heading_2",
            "heading_3",
            "heading_4",
            "bulleted_list_item",
            "numbered_list_item",
            "to_do",
            "toggle",
            "quote",
            "callout",
            "code",
            "equation",
            "divider",
            "breadcrumb",
            "table_of_contents",
            "column_list",
            "column",
            "tab",
            "table",
            "table_row",
            "image",
            "video",
            "audio",
            "pdf",
            "file",
            "bookmark",
            "embed",
            "link_preview",
            "link_to_page",
            "synced_block",
            "template",
            "child_page",
            "child_database",
            "meeting_notes",
            "unsupported");

    private static final Set<String> PROPERTIES = Set.of(
            "title",
            "rich_text",
            "number",
            "select",
            "status",
            "multi_select",
            "date",
            "people",
            "files",
            "checkbox",
            "url",
            "email",
            "phone_number",
            "relation",
            "formula",
            "rollup",
            "created_time",
            "created_by",
            "last_edited_time",
            "last_edited_by",
            "unique_id",
            "button",
            "place",
            "verification",
            "location",
            "last_visited_time");

    /** Their children are objects of their own, or cannot be listed (facts/notion-api.md §2.2). */
    private static final Set<String> NOT_DESCENDED =
            Set.of("child_page", "child_database", "link_to_page", "unsupported");

    private Vocabulary() {}

    public static boolean knowsBlock(String type) {
        return BLOCKS.contains(type);
    }

    public static boolean knowsProperty(String type) {
        return PROPERTIES.contains(type);
    }

    /** Whether the children of the block are to be listed and belong to it. */
    public static boolean descends(JsonNode block) {
        if (!block.path("has_children").asBoolean(false)
                || NOT_DESCENDED.contains(block.path("type").asText())) {
            return false;
        }
        // A synced copy refers to its original, whose children are collected where it stands.
        return block.at("/synced_block/synced_from").isMissingNode()
                || block.at("/synced_block/synced_from").isNull();
    }
}
