package dev.saddlebag.difference;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What is different in the content of one object.
 *
 * @param text lines of the text, which for an object of the API is what docs/markdown.md describes, without title and front
 *     matter
 */
public record Detail(List<FieldChange> properties, List<SchemaChange> schema, List<Hunk> text) {
    public static final Detail NONE = new Detail(List.of(), List.of(), List.of());

    public Detail {
        properties = List.copyOf(properties);
        schema = List.copyOf(schema);
        text = List.copyOf(text);
    }

    /** Whether there is nothing to be seen. */
    @JsonIgnore
    public boolean isEmpty() {
        return properties.isEmpty() && schema.isEmpty() && text.isEmpty();
    }

    long lines(char sign) {
        return text.stream().mapToLong(hunk -> hunk.count(sign)).sum();
    }
}
