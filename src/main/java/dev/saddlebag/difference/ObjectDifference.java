package dev.saddlebag.difference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.render.Block;
import dev.saddlebag.render.CsvCell;
import dev.saddlebag.render.Document;
import dev.saddlebag.render.DocumentReader;
import dev.saddlebag.render.Links;
import dev.saddlebag.render.MarkdownRenderer;
import dev.saddlebag.render.NamedFile;
import dev.saddlebag.render.Placeholders;
import dev.saddlebag.render.Property;
import dev.saddlebag.render.Text;
import dev.saddlebag.render.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares two states of an object as the API gave it. */
final class ObjectDifference {
    /** They change with everything else, and say nothing of their own. */
    private static final Set<String> ALONG = Set.of("title", "last_edited_time", "last_edited_by");

    private static final Set<String> ALONG_OF_VIEWS =
            Set.of("name", "created_time", "created_by", "last_edited_time", "last_edited_by", "parent", "request_id");

    private static final Property NONE = new Property("", "", "", new Value.Nothing());

    private final Links links;
    private final DocumentReader reader = new DocumentReader();
    private final MarkdownRenderer renderer = new MarkdownRenderer();

    ObjectDifference(Links links) {
        this.links = links;
    }

    Detail between(JsonNode before, JsonNode after) {
        if (after.has("view")) {
            return new Detail(views(before.path("view"), after.path("view")), List.of(), List.of());
        }
        Document old = reader.read(before);
        Document now = reader.read(after);
        List<FieldChange> fields = attributes(old, now);
        if (now.kind().equals("page")) {
            fields.addAll(values(old, now));
        }
        return new Detail(
                fields,
                now.kind().equals("data_source") ? schema(old, now) : List.of(),
                TextDifference.between(text(old), text(now)));
    }

    private String text(Document document) {
        return Placeholders.resolve(
                renderer.content(document.kind().equals("page") ? document : withoutTables(document))
                        .text(),
                links);
    }

    /** The table of a database is its schema, which is compared property by property. */
    private static Document withoutTables(Document database) {
        return database.with(database.blocks().stream()
                .filter(block -> !(block instanceof Block.Table))
                .toList());
    }

    private static List<FieldChange> attributes(Document old, Document now) {
        List<FieldChange> changes = new ArrayList<>();
        add(changes, "(icon)", icon(old), icon(now));
        add(changes, "(cover)", file(old.cover()), file(now.cover()));
        add(changes, "(public address)", old.publicAddress(), now.publicAddress());
        Set<String> flags = new TreeSet<>(old.flags());
        flags.addAll(now.flags());
        flags.forEach(flag -> add(changes, "(" + flag + ")", yes(old, flag), yes(now, flag)));
        return changes;
    }

    private static String icon(Document document) {
        return document.icon().file() == null
                ? document.icon().text()
                : file(document.icon().file());
    }

    private static String file(NamedFile file) {
        return file == null
                ? ""
                : file.sha256().isEmpty()
                        ? file.address()
                        : file.name() + " " + file.sha256().substring(0, 12);
    }

    private static String yes(Document document, String flag) {
        return document.flags().contains(flag) ? "yes" : "";
    }

    private static void add(List<FieldChange> changes, String name, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new FieldChange(name, before, after));
        }
    }

    private List<FieldChange> values(Document old, Document now) {
        Map<String, Property> before = byId(old);
        List<FieldChange> changes = new ArrayList<>();
        for (Property property : byId(now).values()) {
            Property was = before.getOrDefault(key(property), NONE);
            before.remove(key(property));
            if (!ALONG.contains(property.type())) {
                add(changes, property.name(), written(was.value()), written(property.value()));
            }
        }
        for (Property gone : before.values()) {
            if (!ALONG.contains(gone.type())) {
                add(changes, gone.name(), written(gone.value()), "");
            }
        }
        return changes;
    }

    private String written(Value value) {
        return Placeholders.resolve(CsvCell.of(value).text(), links);
    }

    /** A property that got another name has the same id, and its values are not new. */
    private static Map<String, Property> byId(Document document) {
        Map<String, Property> properties = new LinkedHashMap<>();
        document.properties().forEach(property -> properties.put(key(property), property));
        return properties;
    }

    private static String key(Property property) {
        return property.id().isEmpty() ? "name " + property.name() : property.id();
    }

    private static List<SchemaChange> schema(Document old, Document now) {
        Map<String, Property> before = byId(old);
        Map<String, String> optionsBefore = options(old);
        Map<String, String> optionsAfter = options(now);
        List<SchemaChange> changes = new ArrayList<>();
        for (Property property : byId(now).values()) {
            Property was = before.remove(key(property));
            if (was == null) {
                changes.add(new SchemaChange("added", property.name(), "", property.type()));
                continue;
            }
            if (!was.name().equals(property.name())) {
                changes.add(new SchemaChange("renamed", property.name(), was.name(), property.name()));
            }
            String had = optionsBefore.getOrDefault(was.name(), "");
            String has = optionsAfter.getOrDefault(property.name(), "");
            if (!was.type().equals(property.type())) {
                changes.add(new SchemaChange("type", property.name(), was.type(), property.type()));
            } else if (!had.equals(has)) {
                changes.add(new SchemaChange("options", property.name(), had, has));
            }
        }
        before.values().forEach(gone -> changes.add(new SchemaChange("removed", gone.name(), gone.type(), "")));
        return changes;
    }

    /** What makes up each property besides its type, by its name. */
    private static Map<String, String> options(Document source) {
        Map<String, String> options = new LinkedHashMap<>();
        for (Block block : source.blocks()) {
            if (block instanceof Block.Table table) {
                for (List<Text> row : table.rows()) {
                    String description = row.get(3).plain();
                    options.put(
                            row.get(0).plain(),
                            row.get(2).plain() + (description.isEmpty() ? "" : " (" + description + ")"));
                }
            }
        }
        return options;
    }

    private static List<FieldChange> views(JsonNode before, JsonNode after) {
        Set<String> keys = new TreeSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        keys.removeAll(ALONG_OF_VIEWS);
        List<FieldChange> changes = new ArrayList<>();
        keys.forEach(key -> add(changes, key, value(before.path(key)), value(after.path(key))));
        return changes;
    }

    private static String value(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
