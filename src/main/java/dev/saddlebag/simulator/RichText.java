package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Rich text as Notion answers it (facts/notion-api.md §3.6). */
final class RichText {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> STYLES = List.of("bold", "italic", "strikethrough", "underline", "code");

    private RichText() {}

    /** One plain segment, or no segment at all for the empty text. */
    static ArrayNode plain(String text) {
        ArrayNode segments = JSON.arrayNode();
        if (!text.isEmpty()) {
            segments.add(text(text));
        }
        return segments;
    }

    static ArrayNode of(ObjectNode... segments) {
        ArrayNode all = JSON.arrayNode();
        for (ObjectNode segment : segments) {
            all.add(segment);
        }
        return all;
    }

    static ObjectNode text(String content) {
        return styled(content, "", "default");
    }

    /**
     * @param style one of {@code bold, italic, strikethrough, underline, code}, several of them joined by commas, or
     *     empty
     */
    static ObjectNode styled(String content, String style, String color) {
        ObjectNode segment = JSON.objectNode().put("type", "text");
        segment.putObject("text").put("content", content).putNull("link");
        return finish(segment, content, null, style, color);
    }

    static ObjectNode link(String content, String url) {
        ObjectNode segment = JSON.objectNode().put("type", "text");
        segment.putObject("text").put("content", content).putObject("link").put("url", url);
        return finish(segment, content, url, "", "default");
    }

    static ObjectNode equation(String expression) {
        ObjectNode segment = JSON.objectNode().put("type", "equation");
        segment.putObject("equation").put("expression", expression);
        return finish(segment, expression, null, "", "default");
    }

    /**
     * @param type what is mentioned, such as {@code user} or {@code page}
     * @param what the object under the key {@code type}
     * @param href where the mention leads, or null
     */
    static ObjectNode mention(String type, ObjectNode what, String plainText, String href) {
        ObjectNode segment = JSON.objectNode().put("type", "mention");
        segment.putObject("mention").put("type", type).set(type, what);
        return finish(segment, plainText, href, "", "default");
    }

    /** What a reader sees of it. */
    static String plainText(JsonNode segments) {
        var text = new StringBuilder();
        segments.forEach(segment -> text.append(segment.get("plain_text").asText()));
        return text.toString();
    }

    private static ObjectNode finish(ObjectNode segment, String plainText, String href, String style, String color) {
        ObjectNode annotations = segment.putObject("annotations");
        List<String> styles = List.of(style.split(","));
        for (String name : STYLES) {
            annotations.put(name, styles.contains(name));
        }
        annotations.put("color", color);
        return segment.put("plain_text", plainText).put("href", href);
    }
}
