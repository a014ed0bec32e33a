package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The words of Notion's objects that this version of Saddlebag knows; others are kept as they come, and {@link Drift}
 * names them.
 *
 * <p>The words are those of facts/notion-api.md §2.2, §2.6, §2.7, §2.9, §2.10 and §3, of API version 2026-03-11 and the
 * older one before it ({@code archived}, {@code transcription}). That views tell who edited them and when is in the
 * recordings of ramnes/notion-sdk-py (facts/notion-api.md §8).
 */
public final class Vocabulary {
    /** Its language is that of {@link Shapes}. The kinds come first, then what stands in them. */
    private static final String TABLE = """
            page object id created_time created_by=user last_edited_time last_edited_by=user cover=cover icon=icon \
            parent=parent in_trash archived is_archived is_locked properties=values url public_url request_id

            database object id title=rich_text description=rich_text database_type parent=parent is_inline in_trash \
            archived is_locked created_time last_edited_time data_sources=source_name icon=icon cover=cover url \
            public_url request_id

            data_source object id title=rich_text description=rich_text database_type parent=parent \
            database_parent=parent is_inline in_trash archived properties=columns icon=icon cover=cover created_time \
            created_by=user last_edited_time last_edited_by=user url public_url request_id

            view object id parent=parent data_source_id dashboard_view_id name \
            type:table|board|list|calendar|timeline|gallery|form|chart|map|dashboard|feed filter sorts quick_filters \
            configuration created_time created_by=user last_edited_time last_edited_by=user url request_id

            comment object id parent=parent discussion_id created_time last_edited_time created_by=user \
            rich_text=rich_text attachments=attachment display_name=display_name request_id

            user object id name avatar_url type request_id
              person email email_verified
              bot owner workspace_id workspace_name workspace_limits

            custom_emoji object id name url path sha256 size request_id

            block object id parent=parent created_time created_by=user last_edited_time last_edited_by=user \
            has_children in_trash archived type children=block request_id
              paragraph rich_text=rich_text icon=icon color
              heading_1 rich_text=rich_text is_toggleable color
              heading_2 rich_text=rich_text is_toggleable color
              heading_3 rich_text=rich_text is_toggleable color
              heading_4 rich_text=rich_text is_toggleable color
              bulleted_list_item rich_text=rich_text color
              numbered_list_item rich_text=rich_text color list_start_index list_format
              to_do rich_text=rich_text checked color
              toggle rich_text=rich_text color
              quote rich_text=rich_text color
              callout rich_text=rich_text icon=icon color
              code rich_text=rich_text caption=rich_text language
              equation expression
              divider
              breadcrumb
              table_of_contents color
              column_list
              column width_ratio
              tab
              table table_width has_column_header has_row_header
              table_row cells=rich_text
              image type:external|file|file_upload external=external file=file file_upload caption=rich_text
              video type:external|file|file_upload external=external file=file file_upload caption=rich_text
              audio type:external|file|file_upload external=external file=file file_upload caption=rich_text
              pdf type:external|file|file_upload external=external file=file file_upload caption=rich_text
              file type:external|file|file_upload external=external file=file file_upload caption=rich_text name
              bookmark url caption=rich_text
              embed url type:external|file|file_upload external=external file=file file_upload caption=rich_text
              link_preview url
              link_to_page type:page_id|database_id|comment_id page_id database_id comment_id
              synced_block synced_from=synced_from
              template rich_text=rich_text
              child_page title
              child_database title
              meeting_notes =meeting_notes
              transcription =meeting_notes
              unsupported block_type

            values *=property
            property id type has_more rollup_items
              title =rich_text
              rich_text =rich_text
              number
              select id name color
              status id name color
              multi_select id name color
              date =date
              people =user
              files name type:external|file|file_upload external=external file=file file_upload
              checkbox
              url
              email
              phone_number
              relation id
              formula *
              rollup *
              created_time
              created_by =user
              last_edited_time
              last_edited_by =user
              unique_id prefix number
              button
              place lat lon name address aws_place_id google_place_id
              verification state date=date verified_by=user
              location *
              last_visited_time *

            columns *=schema
            schema id name description type
              title
              rich_text
              number format
              select options=option
              status options=option groups=group
              multi_select options=option
              date
              people
              files
              checkbox
              url
              email
              phone_number
              relation database_id data_source_id type:single_property|dual_property single_property \
            dual_property=dual_property
              formula expression
              rollup relation_property_id relation_property_name rollup_property_id rollup_property_name function
              created_time
              created_by
              last_edited_time
              last_edited_by
              unique_id prefix
              button
              place
              verification
              location
              last_visited_time
            option id name color description
            group id name color option_ids
            dual_property synced_property_id synced_property_name

            rich_text type plain_text href annotations=annotations
              text content link=link
              mention =mention
              equation expression
            annotations bold italic strikethrough underline code color
            link url
            mention type
              user =user
              date =date
              page id
              database id
              link_preview url
              link_mention *
              template_mention =template_mention
              custom_emoji =custom_emoji
            template_mention type:template_mention_date|template_mention_user template_mention_date \
            template_mention_user

            parent type:page_id|data_source_id|database_id|block_id|workspace|agent_id page_id data_source_id \
            database_id block_id workspace agent_id
            icon type
              emoji
              external =external
              file =file
              custom_emoji =custom_emoji
              icon name color
              file_upload id
            cover type
              external =external
              file =file
              file_upload id
            external url sha256 size
            file url expiry_time path sha256 size
            date start end time_zone
            source_name id name
            attachment category file=file
            display_name type:user|integration|custom resolved_name
            synced_from type:block_id block_id
            meeting_notes title=rich_text status children=meeting_sections calendar_event=calendar_event \
            recording=recording
            meeting_sections summary_block_id notes_block_id transcript_block_id
            calendar_event start_time end_time attendees
            recording start_time end_time
            """;

    private static final Shapes SHAPES = new Shapes(TABLE);
    private static final Set<String> BLOCKS = SHAPES.named("block").types();
    private static final Set<String> PROPERTIES = SHAPES.named("property").types();

    /** The objects that stand for themselves. */
    private static final Set<String> KINDS =
            Set.of("page", "database", "data_source", "view", "comment", "block", "user", "custom_emoji");

    /** Their children are objects of their own, or cannot be listed (facts/notion-api.md §2.2). */
    private static final Set<String> NOT_DESCENDED =
            Set.of("child_page", "child_database", "link_to_page", "unsupported");

    private Vocabulary() {}

    /** Whether this is a type of block of facts/notion-api.md §3.7. */
    public static boolean knowsBlock(String type) {
        return BLOCKS.contains(type);
    }

    /** Whether this is a type of property value of facts/notion-api.md §3.8. */
    public static boolean knowsProperty(String type) {
        return PROPERTIES.contains(type);
    }

    /** The types of blocks of facts/notion-api.md §3.7. */
    public static Set<String> blocks() {
        return BLOCKS;
    }

    /** The types of property values of facts/notion-api.md §3.8. */
    public static Set<String> properties() {
        return PROPERTIES;
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

    /** @throws IllegalArgumentException when objects of that kind do not stand for themselves */
    static Shape kind(String kind) {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("Notion has no objects of the kind " + kind + ".");
        }
        return SHAPES.named(kind);
    }

    static Shape shape(String name) {
        return SHAPES.named(name);
    }
}
