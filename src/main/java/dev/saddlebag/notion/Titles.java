package dev.saddlebag.notion;

import com.fasterxml.jackson.databind.JsonNode;

/** The titles of objects, as people see them. */
public final class Titles {
    private Titles() {}

    /** The title of a page, a database or a data source; empty when it has none. */
    public static String of(JsonNode object) {
        if (object.has("title")) {
            return plainText(object.path("title"));
        }
        for (JsonNode property : object.path("properties")) {
            if (property.path("type").asText().equals("title")) {
                return plainText(property.path("title"));
            }
        }
        return "";
    }

    /** The text of a rich text without its looks. */
    public static String plainText(JsonNode richText) {
        StringBuilder text = new StringBuilder();
        richText.forEach(part -> text.append(part.path("plain_text").asText("")));
        return text.toString();
    }
}
