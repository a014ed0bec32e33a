package dev.saddlebag.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.saddlebag.difference.Change;
import dev.saddlebag.difference.Detail;
import dev.saddlebag.difference.Difference;
import dev.saddlebag.difference.Side;
import dev.saddlebag.difference.What;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;

/** A difference for programs: docs/operate.md says what its keys mean. One change at a time is in memory. */
final class DiffJson {
    private final Difference difference;
    private final boolean withText;

    DiffJson(Difference difference, boolean withText) {
        this.difference = difference;
        this.withText = withText;
    }

    void write(PrintWriter out) throws IOException {
        ObjectWriter writer = Json.PRETTY;
        try (JsonGenerator json = writer.createGenerator(out)) {
            json.writeStartObject();
            snapshot(json, "before", difference.before(), difference.sourceBefore());
            snapshot(json, "after", difference.after(), difference.sourceAfter());
            json.writeStringField("compared", difference.hasContents() ? "contents" : "titles and places");
            json.writeObjectFieldStart("counts");
            for (var count : difference.counts().entrySet()) {
                json.writeNumberField(count.getKey().word(), count.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("changes");
            for (Change change : difference.changes()) {
                change(json, change);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
    }

    private static void snapshot(JsonGenerator json, String name, Snapshot snapshot, String source) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("snapshot", snapshot.id().value());
        json.writeStringField("source", source);
        json.writeEndObject();
    }

    private void change(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", change.object().id());
        json.writeStringField("type", change.object().kind().word());
        json.writeArrayFieldStart("what");
        for (What what : What.values()) {
            if (change.what().contains(what)) {
                json.writeString(what.word());
            }
        }
        json.writeEndArray();
        side(json, "before", change.before());
        side(json, "after", change.after());
        if (change.what().contains(What.CHANGED)) {
            json.writeNumberField("lines_added", change.linesAdded());
            json.writeNumberField("lines_removed", change.linesRemoved());
            json.writeNumberField("properties_changed", change.properties());
            if (withText) {
                Detail detail = difference.detail(change);
                json.writePOJOField("properties", detail.properties());
                json.writePOJOField("schema", detail.schema());
                json.writePOJOField("text", detail.text());
            }
        }
        json.writeEndObject();
    }

    private static void side(JsonGenerator json, String name, Side side) throws IOException {
        if (side == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("title", side.title());
        json.writePOJOField("path", side.trail());
        json.writeBooleanField("row", side.isRow());
        json.writeEndObject();
    }
}
