package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads an object as a snapshot stores it. */
public final class DocumentReader {
    private static final List<String> KINDS = List.of("page", "database", "data_source");
    private static final List<String> FLAGS = List.of("in_trash", "is_archived", "is_locked", "is_inline");

    /**
     * The document of a stored object: {@code {"page":…,"blocks":…,"comments":…}}, {@code {"database":…}} or
     * {@code {"data_source":…}}.
     *
     * @throws IllegalArgumentException when it is of another kind, as views are
     */
    public Document read(JsonNode stored) {
        String kind = KINDS.stream()
                .filter(stored::has)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("This is no page, database or data source"));
        return new Draft().read(kind, stored);
    }

    private static final class Draft {
        private final List<Note> notes = new ArrayList<>();
        private final TextReader texts = new TextReader(notes);
        private final ValueReader values = new ValueReader(texts, notes);

        Document read(String kind, JsonNode stored) {
            JsonNode object = stored.path(kind);
            boolean isPage = kind.equals("page");
            List<Property> properties = properties(object.path("properties"), isPage);
            List<Block> blocks = isPage ? new BlockReader(texts, notes).blocks(stored.path("blocks")) : List.of();
            List<Comment> comments = comments(stored.path("comments"));
            List<Block> shown = isPage ? blocks : contents(object);
            return new Document(
                    kind,
                    StoredText.of(object.path("id")),
                    isPage ? title(object) : texts.text(object.path("title")),
                    TextReader.icon(object.path("icon")),
                    TextReader.file(object.path("cover"), ""),
                    StoredText.of(object.path("url")),
                    StoredText.of(object.path("public_url")),
                    parent(object.path("parent")),
                    new Document.Times(
                            StoredText.of(object.path("created_time")),
                            TextReader.person(object.path("created_by")),
                            StoredText.of(object.path("last_edited_time")),
                            TextReader.person(object.path("last_edited_by"))),
                    FLAGS.stream().filter(flag -> object.path(flag).asBoolean()).toList(),
                    properties,
                    shown,
                    comments,
                    List.copyOf(notes));
        }

        private Text title(JsonNode page) {
            for (JsonNode property : page.path("properties")) {
                if (property.path("type").asText().equals("title")) {
                    return texts.text(property.path("title"));
                }
            }
            return Text.EMPTY;
        }

        /** Sorted, since Notion promises no order, and another one is no change. */
        private List<Property> properties(JsonNode properties, boolean withValues) {
            List<Property> read = new ArrayList<>();
            for (Map.Entry<String, JsonNode> property : properties.properties()) {
                JsonNode value = property.getValue();
                String name = StoredText.clean(property.getKey());
                read.add(new Property(
                        StoredText.of(value.path("id")),
                        name,
                        StoredText.of(value.path("type")),
                        withValues ? values.value(value, name) : new Value.Nothing()));
            }
            read.sort(Comparator.comparing(Property::name));
            return List.copyOf(read);
        }

        private List<Comment> comments(JsonNode comments) {
            List<Comment> read = new ArrayList<>();
            for (JsonNode comment : comments) {
                List<NamedFile> attachments = new ArrayList<>();
                for (JsonNode attachment : comment.path("attachments")) {
                    NamedFile file = TextReader.file(attachment.has("type") ? attachment : typed(attachment), "");
                    if (file != null) {
                        attachments.add(file);
                    }
                }
                Person author = TextReader.person(comment.path("created_by"));
                String shown = StoredText.of(comment.at("/display_name/resolved_name"));
                JsonNode place = comment.path("parent");
                read.add(new Comment(
                        StoredText.of(comment.path("id")),
                        StoredText.of(comment.path("discussion_id")),
                        parent(place).id(),
                        shown.isEmpty() ? author : new Person("", shown, ""),
                        StoredText.of(comment.path("created_time")),
                        texts.text(comment.path("rich_text")),
                        List.copyOf(attachments)));
            }
            return List.copyOf(read);
        }

        /** An attachment holds its file without saying of which type it is. */
        private static JsonNode typed(JsonNode attachment) {
            return ((ObjectNode) attachment.deepCopy()).put("type", "file");
        }

        /** A database shows what it is about and its data sources, a data source its properties. */
        private List<Block> contents(JsonNode object) {
            List<Block> blocks = new ArrayList<>();
            Text description = texts.text(object.path("description"));
            if (!description.isBlank()) {
                blocks.add(new Block.Paragraph("", description, Icon.NONE, List.of()));
            }
            for (JsonNode source : object.path("data_sources")) {
                blocks.add(new Block.ObjectLink(
                        "",
                        "child_data_source",
                        "data_source",
                        StoredText.of(source.path("id")),
                        StoredText.of(source.path("name"))));
            }
            if (!object.path("properties").isEmpty()) {
                blocks.add(SchemaTable.of(object.path("properties")));
            }
            return List.copyOf(blocks);
        }
    }

    static Place parent(JsonNode parent) {
        String type = parent.path("type").asText("");
        return new Place(type, type.equals("workspace") ? "" : StoredText.of(parent.path(type)));
    }
}
