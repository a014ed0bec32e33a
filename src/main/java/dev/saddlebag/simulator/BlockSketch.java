package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes the blocks of one page, numbering them in the order in which they are asked for. */
final class BlockSketch {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int page;
    private final FileCatalogue files;
    private final FileLinks links;
    private int next = 1;
    private int nextFile = 1;

    BlockSketch(int page, FileCatalogue files, FileLinks links) {
        this.page = page;
        this.files = files;
        this.links = links;
    }

    int page() {
        return page;
    }

    FileLinks links() {
        return links;
    }

    Block of(String type, ObjectNode payload, Block... children) {
        return numbered(next++, type, payload, children);
    }

    Block numbered(int sub, String type, ObjectNode payload, Block... children) {
        return new Block(Ref.block(page, sub), type, payload, children.length > 0, List.of(children));
    }

    /** A block that claims children which are not its own. */
    Block hollow(String type, ObjectNode payload) {
        return new Block(Ref.block(page, next++), type, payload, true, List.of());
    }

    Block paragraph(String text, Block... children) {
        return paragraph(RichText.plain(text), children);
    }

    Block paragraph(ArrayNode richText, Block... children) {
        return of("paragraph", paragraphOf(richText), children);
    }

    /** A paragraph with a number of its own. */
    Block paragraph(int sub, String text) {
        return numbered(sub, "paragraph", paragraphOf(RichText.plain(text)));
    }

    private static ObjectNode paragraphOf(ArrayNode richText) {
        ObjectNode payload = JSON.objectNode();
        payload.set("rich_text", richText);
        return payload.putNull("icon").put("color", "default");
    }

    /** An external image with a number of its own. */
    Block externalImage(int sub, String url) {
        ObjectNode payload = media("", "external");
        payload.putObject("external").put("url", url);
        return numbered(sub, "image", payload);
    }

    /** A block of which the payload is its text and a colour: list items, quotes, toggles. */
    Block text(String type, String text, Block... children) {
        return text(type, RichText.plain(text), "default", children);
    }

    Block text(String type, ArrayNode richText, String color, Block... children) {
        ObjectNode payload = JSON.objectNode();
        payload.set("rich_text", richText);
        return of(type, payload.put("color", color), children);
    }

    Block heading(int level, String text, Block... children) {
        ObjectNode payload = JSON.objectNode();
        payload.set("rich_text", RichText.plain(text));
        payload.put("is_toggleable", children.length > 0).put("color", "default");
        return of("heading_" + level, payload, children);
    }

    Block toDo(String text, boolean checked) {
        ObjectNode payload = JSON.objectNode();
        payload.set("rich_text", RichText.plain(text));
        return of("to_do", payload.put("checked", checked).put("color", "default"));
    }

    Block empty(String type, Block... children) {
        return of(type, JSON.objectNode(), children);
    }

    /** An image, video, audio, pdf or file block whose bytes are stored at Notion. */
    Block stored(String type, StoredFile.Type fileType, StoredFile.Size size, String caption) {
        StoredFile file = files.file(page, nextFile++, fileType, size);
        ObjectNode payload = media(caption, "file");
        links.put(payload.putObject("file"), file);
        if (type.equals("file")) {
            payload.put("name", file.name());
        }
        return of(type, payload);
    }

    Block external(String type, String url, String caption) {
        ObjectNode payload = media(caption, "external");
        payload.putObject("external").put("url", url);
        if (type.equals("file")) {
            payload.put("name", url.substring(url.lastIndexOf('/') + 1));
        }
        return of(type, payload);
    }

    /** An icon or cover that is a stored file. */
    ObjectNode storedIcon() {
        ObjectNode icon = JSON.objectNode().put("type", "file");
        links.put(icon.putObject("file"), files.file(page, nextFile++, StoredFile.Type.PNG, StoredFile.Size.SMALL));
        return icon;
    }

    private static ObjectNode media(String caption, String type) {
        ObjectNode payload = JSON.objectNode();
        payload.set("caption", RichText.plain(caption));
        return payload.put("type", type);
    }
}
