package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The properties of a data source as a table (facts/notion-api.md §3.9). */
final class SchemaTable {
    private SchemaTable() {}

    static Block of(JsonNode properties) {
        List<List<Text>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            JsonNode schema = property.getValue();
            String type = schema.path("type").asText("");
            rows.add(List.of(
                    Text.of(StoredText.clean(property.getKey())),
                    Text.of(type),
                    Text.of(details(schema.path(type))),
                    Text.of(StoredText.of(schema.path("description")))));
        }
        rows.sort(Comparator.comparing(row -> row.get(0).plain()));
        rows.add(0, List.of(Text.of("Property"), Text.of("Type"), Text.of("Details"), Text.of("Description")));
        return new Block.Table("", true, false, rows);
    }

    /** Names of options and groups; of everything else the parts that have a value. */
    private static String details(JsonNode config) {
        List<String> details = new ArrayList<>();
        for (Map.Entry<String, JsonNode> part : config.properties()) {
            String name = StoredText.clean(part.getKey());
            JsonNode value = part.getValue();
            if (value.isArray()) {
                List<String> names = new ArrayList<>();
                value.forEach(option -> names.add(StoredText.of(option.path("name"))));
                details.add(name + ": " + String.join(", ", names));
            } else if (value.isObject()) {
                String inner = details(value);
                details.add(inner.isEmpty() ? name : name + " (" + inner + ")");
            } else if (!value.isNull()) {
                details.add(name + ": " + StoredText.of(value));
            }
        }
        return String.join("; ", details);
    }
}
