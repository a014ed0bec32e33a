package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of properties (facts/notion-api.md §3.8). */
final class ValueReader {
    private static final Value NOTHING = new Value.Nothing();

    private final TextReader texts;
    private final List<Note> notes;

    ValueReader(TextReader texts, List<Note> notes) {
        this.texts = texts;
        this.notes = notes;
    }

    /**
     * The value of a property.
     *
     * @param holder has the value under the name of its type
     * @param name of the property
     */
    Value value(JsonNode holder, String name) {
        String type = holder.path("type").asText("");
        JsonNode value = holder.path(type);
        if (value.isNull()) {
            return NOTHING;
        }
        return switch (type) {
            case "title", "rich_text" -> new Value.Words(texts.text(value));
            case "number" -> new Value.Amount(value.decimalValue());
            case "checkbox", "boolean" -> new Value.Flag(value.asBoolean());
            case "select", "status" -> new Value.Plain(StoredText.of(value.path("name")));
            case "multi_select" -> choices(value);
            case "date" -> date(value);
            case "people" -> new Value.People(TextReader.people(value), true);
            case "created_by", "last_edited_by" -> new Value.People(List.of(TextReader.person(value)), false);
            case "files" -> files(value);
            case "url", "email", "phone_number", "string" -> new Value.Plain(StoredText.of(value));
            case "created_time", "last_edited_time" -> new Value.Date(StoredText.of(value), "", "");
            case "relation" -> relation(value, holder.path("has_more").asBoolean());
            case "formula" -> value(value, name);
            case "rollup" -> rollup(holder, value, name);
            case "unique_id" -> uniqueId(value);
            case "button" -> NOTHING;
            case "place" -> place(value);
            case "verification" -> verification(value);
            case "unsupported", "incomplete" -> withheld(type, name);
            default -> unknown(type, value, name);
        };
    }

    static Value.Date date(JsonNode date) {
        return new Value.Date(
                StoredText.of(date.path("start")),
                StoredText.of(date.path("end")),
                StoredText.of(date.path("time_zone")));
    }

    private static Value choices(JsonNode options) {
        List<String> names = new ArrayList<>();
        options.forEach(option -> names.add(StoredText.of(option.path("name"))));
        return new Value.Choices(names);
    }

    private static Value files(JsonNode holders) {
        List<NamedFile> files = new ArrayList<>();
        for (JsonNode holder : holders) {
            NamedFile file = TextReader.file(holder, "");
            files.add(file == null ? new NamedFile(StoredText.of(holder.path("name")), "", "") : file);
        }
        return new Value.Files(files);
    }

    private static Value relation(JsonNode pages, boolean isCut) {
        List<String> ids = new ArrayList<>();
        pages.forEach(page -> ids.add(StoredText.of(page.path("id"))));
        return new Value.Relation(ids, isCut);
    }

    /** Entries that were read to their end stand beside a value that is cut. */
    private Value rollup(JsonNode property, JsonNode rollup, String name) {
        JsonNode whole = property.path("rollup_items");
        if (!whole.isArray() && !rollup.path("type").asText().equals("array")) {
            return value(rollup, name);
        }
        List<Value> values = new ArrayList<>();
        (whole.isArray() ? whole : rollup.path("array")).forEach(item -> values.add(value(item, name)));
        return new Value.Several(values);
    }

    private static Value uniqueId(JsonNode id) {
        String prefix = StoredText.of(id.path("prefix"));
        JsonNode number = id.path("number");
        if (!number.isNumber()) {
            return NOTHING;
        }
        return prefix.isEmpty()
                ? new Value.Amount(number.decimalValue())
                : new Value.Plain(prefix + "-" + number.asText());
    }

    private static Value place(JsonNode place) {
        List<Value.Field> fields = new ArrayList<>();
        place.properties().forEach(field -> {
            if (field.getValue().isNumber()) {
                fields.add(new Value.Field(
                        StoredText.clean(field.getKey()),
                        new Value.Amount(field.getValue().decimalValue())));
            } else if (!field.getValue().isNull()) {
                fields.add(new Value.Field(
                        StoredText.clean(field.getKey()), new Value.Plain(StoredText.of(field.getValue()))));
            }
        });
        return new Value.Fields(fields);
    }

    private static Value verification(JsonNode verification) {
        List<Value.Field> fields = new ArrayList<>();
        fields.add(new Value.Field("state", new Value.Plain(StoredText.of(verification.path("state")))));
        if (verification.path("date").isObject()) {
            fields.add(new Value.Field("date", date(verification.path("date"))));
        }
        if (verification.path("verified_by").isObject()) {
            List<Person> verifier = List.of(TextReader.person(verification.path("verified_by")));
            fields.add(new Value.Field("verified_by", new Value.People(verifier, false)));
        }
        return new Value.Fields(fields);
    }

    private Value withheld(String type, String name) {
        notes.add(new Note(Note.Reason.WITHHELD, "value", type, name));
        return new Value.Withheld();
    }

    private Value unknown(String type, JsonNode value, String name) {
        notes.add(new Note(Note.Reason.UNKNOWN, "property", type, name));
        return new Value.Unknown(value);
    }
}
