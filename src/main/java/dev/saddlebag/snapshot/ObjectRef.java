package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One object of a workspace: a kind and an id, dashed and lower-case. */
public record ObjectRef(Kind kind, String id) implements Comparable<ObjectRef> {
    /** What {@link #toString} gives. */
    @JsonCreator
    public static ObjectRef parse(String text) {
        int space = text.indexOf(' ');
        return new ObjectRef(Kind.of(text.substring(0, space)), text.substring(space + 1));
    }

    UUID uuid() {
        return UUID.fromString(id);
    }

    @Override
    public int compareTo(ObjectRef other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }

    @Override
    @JsonValue
    public String toString() {
        return kind.word() + " " + id;
    }
}
