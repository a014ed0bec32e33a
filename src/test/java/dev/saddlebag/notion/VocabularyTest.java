package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types are known, and under which blocks there is more to read (facts/notion-api.md §2.2, §3.7, §3.8). */
class VocabularyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paragraph", "heading_1", "heading_4", "bulleted_list_item", "to_do", "toggle", "callout", "code",
                "equation", "divider", "table_of_contents", "column_list", "column", "tab", "table", "table_row",
                "image", "pdf", "file", "link_preview", "synced_block", "template", "child_page", "child_database",
                "meeting_notes", "unsupported"
            })
    void blocks_of_the_fact_sheet_are_known(String type) {
        assertThat(Vocabulary.knowsBlock(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "verification"
            })
    void properties_of_the_fact_sheet_are_known(String type) {
        assertThat(Vocabulary.knowsProperty(type)).isTrue();
    }

    @Test
    void tomorrows_types_are_not_known() {
        assertThat(Vocabulary.knowsBlock("hologram")).isFalse();
        assertThat(Vocabulary.knowsBlock("rich_text")).isFalse();
        assertThat(Vocabulary.knowsProperty("hologram")).isFalse();
        assertThat(Vocabulary.knowsProperty("paragraph")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"paragraph", "toggle", "table", "column_list", "tab", "heading_1", "template", "hologram"})
    void whatever_has_children_is_descended_known_or_not(String type) throws Exception {
        assertThat(Vocabulary.descends(block(type, true, "{}"))).isTrue();
        assertThat(Vocabulary.descends(block(type, false, "{}"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"child_page", "child_database", "link_to_page", "unsupported"})
    void objects_of_their_own_and_what_cannot_be_listed_are_not_descended(String type) throws Exception {
        assertThat(Vocabulary.descends(block(type, true, "{}"))).isFalse();
    }

    @Test
    void a_synced_original_is_descended_and_a_copy_of_it_is_not() throws Exception {
        String copy = "{\"synced_from\":{\"type\":\"block_id\",\"block_id\":\"b1\"}}";

        assertThat(Vocabulary.descends(block("synced_block", true, "{\"synced_from\":null}")))
                .isTrue();
        assertThat(Vocabulary.descends(block("synced_block", true, copy))).isFalse();
    }

    private static JsonNode block(String type, boolean hasChildren, String payload) throws Exception {
        return Json.MAPPER.readTree("{\"object\":\"block\",\"type\":\"" + type + "\",\"has_children\":" + hasChildren
                + ",\"" + type + "\":" + payload + "}");
    }
}
