package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.saddlebag.notion.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lines of a manifest as bytes, without their line feed, and back (facts/vault-study.md §4.3). */
final class ManifestLines {
    private ManifestLines() {}

    static byte[] encode(ManifestHeader header) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format", Names.MANIFEST_FORMAT);
            json.writeStringField("id", header.id().value());
            json.writeStringField("workspace", header.workspace());
            writeNumbers(json, "counts", header.counts());
            json.writeArrayFieldStart("files");
            for (var file : header.files()) {
                json.writeString(file);
            }
            json.writeEndArray();
            writeNumbers(json, "packed", header.packed());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeNumbers(JsonGenerator json, String name, Map<String, Long> numbers) throws IOException {
        json.writeObjectFieldStart(name);
        for (var number : numbers.entrySet()) {
            json.writeNumberField(number.getKey(), number.getValue());
        }
        json.writeEndObject();
    }

    static byte[] encode(Entry entry) throws IOException {
        var out = new ByteArrayOutputStream(256);
        try (var json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("p", entry.path());
            json.writeNumberField("s", entry.size());
            json.writeStringField("h", entry.sha256());
            if (entry.files().size() == 1) {
                json.writeNumberField("f", entry.files().get(0));
            } else {
                json.writeArrayFieldStart("f");
                for (var file : entry.files()) {
                    json.writeNumber(file);
                }
                json.writeEndArray();
            }
            if (entry.inside() != null) {
                json.writeStringField("e", entry.inside());
            }
            if (entry.note().id() != null) {
                json.writeStringField("id", entry.note().id());
            }
            if (entry.note().title() != null) {
                json.writeStringField("t", entry.note().title());
            }
            if (entry.note().version() != null) {
                json.writeStringField("v", entry.note().version());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /**
     * @throws UnsupportedVaultException when the manifest has a format of another major number
     * @throws IOException when the line is no header
     */
    static ManifestHeader header(byte[] line, int length) throws IOException {
        String format = null;
        String id = null;
        var workspace = "";
        Map<String, Long> counts = new TreeMap<>();
        List<String> files = new ArrayList<>();
        Map<String, Long> packed = new TreeMap<>();
        try (var json = Json.MAPPER.getFactory().createParser(line, 0, length)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "the first line is no JSON object");
            for (var key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                switch (key) {
                    case "format" -> format = text(json);
                    case "id" -> id = text(json);
                    case "workspace" -> workspace = text(json);
                    case "counts" -> readNumbers(json, counts);
                    case "packed" -> readNumbers(json, packed);
                    case "files" -> {
                        expect(json.currentToken() == JsonToken.START_ARRAY, "\"files\" is no list");
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            files.add(text(json));
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            expect(json.currentToken() == JsonToken.END_OBJECT, "the first line is cut off");
        } catch (JsonProcessingException e) {
            throw new IOException("the first line is no valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!Names.MANIFEST_FORMAT.equals(format)) {
            throw new UnsupportedVaultException("its format is \"" + format + "\" and this Saddlebag reads \""
                    + Names.MANIFEST_FORMAT + "\": use a newer Saddlebag");
        }
        try {
            return new ManifestHeader(RunId.parse(String.valueOf(id)), workspace, counts, files, packed);
        } catch (IllegalArgumentException e) {
            throw new IOException("the first line has a wrong id: " + e.getMessage(), e);
        }
    }

    /**
     * Reads one entry; {@code files} is the number of stored files that it may point into.
     *
     * @throws IOException when the line is no entry that can be trusted
     */
    static Entry entry(byte[] line, int offset, int length, int files) throws IOException {
        String path = null;
        String hash = null;
        String inside = null;
        String id = null;
        String title = null;
        String version = null;
        long size = -1;
        List<Integer> in = List.of();
        try (var json = Json.MAPPER.getFactory().createParser(line, offset, length)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "a line is no JSON object");
            for (var key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                switch (key) {
                    case "p" -> path = text(json);
                    case "s" -> size = number(json);
                    case "h" -> hash = text(json);
                    case "f" -> in = positions(json, files);
                    case "e" -> inside = text(json);
                    case "id" -> id = text(json);
                    case "t" -> title = text(json);
                    case "v" -> version = text(json);
                    default -> json.skipChildren();
                }
            }
            expect(
                    json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null,
                    "a line is cut off or longer than its object");
        } catch (JsonProcessingException e) {
            throw new IOException("a line is no valid JSON: " + e.getOriginalMessage(), e);
        }
        expect(path != null, "an entry has no path");
        expect(size >= 0, "an entry has no size");
        expect(hash != null && Hashes.isHash(hash), "an entry has no SHA-256");
        expect(!in.isEmpty(), "an entry names no stored file");
        return new Entry(path, size, hash, in, inside, new Note(id, title, version));
    }

    private static void readNumbers(JsonParser json, Map<String, Long> numbers) throws IOException {
        expect(json.currentToken() == JsonToken.START_OBJECT, "\"" + json.currentName() + "\" is no object");
        for (var key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            numbers.put(key, number(json));
        }
    }

    private static List<Integer> positions(JsonParser json, int files) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return List.of(position(json, files));
        }
        List<Integer> positions = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            positions.add(position(json, files));
        }
        return positions;
    }

    private static int position(JsonParser json, int files) throws IOException {
        var position = number(json);
        expect(position < files, "an entry points to the stored file " + position + " of " + files);
        return (int) position;
    }

    private static long number(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "a number is missing");
        var number = json.getLongValue();
        expect(number >= 0, "a number is negative");
        return number;
    }

    private static String text(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "a text is missing");
        return json.getText();
    }

    private static void expect(boolean condition, String problem) throws IOException {
        if (!condition) {
            throw new IOException(problem);
        }
    }
}
