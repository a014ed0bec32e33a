package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/**
 * Compares routes with the schema of Camel's YAML. The validator reports every branch of every choice that does not
 * fit; of these, only what a person has to mend is kept, one sentence for each place.
 */
final class CheckSchema {
    private static final String STEP = "org.apache.camel.model.ProcessorDefinition";
    private static final List<String> BY_IMPORTANCE =
            List.of("additionalProperties", "maxProperties", "enum", "type", "required", "oneOf", "anyOf", "not");

    private final JsonNode document;
    private final JsonSchema schema;

    private CheckSchema(JsonNode document, JsonSchema schema) {
        this.document = document;
        this.schema = schema;
    }

    static CheckSchema ofCamel() {
        try (InputStream in = CamelContext.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            if (in == null) {
                throw new IllegalStateException("camel-yaml-dsl has no schema/camelYamlDsl.json");
            }
            JsonNode document = new ObjectMapper().readTree(in);
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                    .getSchema(
                            document,
                            SchemaValidatorsConfig.builder()
                                    .preloadJsonSchema(false)
                                    .build());
            return new CheckSchema(document, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The mistakes in {@code entries}, a list of routes and their like.
     *
     * @param root where the entries stand in the file: empty for the file itself; for a Kamelet, its template, which
     *     stands for the only entry
     */
    List<Mistake> check(CheckedFile file, JsonNode entries, JsonPointer root) {
        var byPlace = new TreeMap<String, List<ValidationMessage>>();
        for (ValidationMessage message : schema.validate(entries)) {
            byPlace.computeIfAbsent(pointer(message), place -> new ArrayList<>())
                    .add(message);
        }
        var mistakes = new ArrayList<Mistake>();
        byPlace.forEach((place, messages) -> {
            String deeper = place + "/";
            boolean strong = isStrong(messages);
            boolean deepest = byPlace.keySet().stream().noneMatch(other -> other.startsWith(deeper));
            if (strong || (deepest && !isStrong(byPlace.get(parent(place))))) {
                mistakes.addAll(mistakes(file, JsonPointer.compile(place), messages, entries, root));
            }
        });
        return mistakes;
    }

    /** Whether messages are about names at the wrong place, which make what is around them look wrong too. */
    private static boolean isStrong(List<ValidationMessage> messages) {
        return messages != null
                && messages.stream()
                        .map(ValidationMessage::getType)
                        .anyMatch(type -> type.equals("additionalProperties") || type.equals("maxProperties"));
    }

    private static String parent(String place) {
        return place.isEmpty() ? "/" : place.substring(0, place.lastIndexOf('/'));
    }

    private List<Mistake> mistakes(
            CheckedFile file, JsonPointer place, List<ValidationMessage> messages, JsonNode entries, JsonPointer root) {
        ValidationMessage first = messages.stream()
                .min(Comparator.comparingInt(message -> importance(message.getType())))
                .orElseThrow();
        JsonNode node = entries.at(place);
        JsonPointer inFile = root.length() == 0 ? place : root.append(tail(place));
        String owner = owner(inFile);
        return switch (first.getType()) {
            case "additionalProperties" ->
                unknown(messages).stream()
                        .map(message -> file.mistake(
                                inFile.appendProperty(message.getProperty()), unknown(message, node, owner)))
                        .toList();
            case "maxProperties" ->
                List.of(file.mistake(
                        inFile,
                        "`" + String.join("` and `", names(node)) + "` stand in one entry; begin each with a hyphen"));
            case "enum" -> List.of(file.mistake(inFile, notAmong(first, node, owner)));
            case "type" -> List.of(file.mistake(inFile, wrongType(messages, node, owner)));
            case "required" -> List.of(file.mistake(inFile, missing(messages, owner)));
            default -> List.of(file.mistake(inFile, "`" + owner + "` does not have the form that Camel expects"));
        };
    }

    private static List<ValidationMessage> unknown(List<ValidationMessage> messages) {
        var byProperty = new TreeMap<String, ValidationMessage>();
        messages.stream()
                .filter(message -> message.getType().equals("additionalProperties"))
                .forEach(message -> byProperty.putIfAbsent(message.getProperty(), message));
        return List.copyOf(byProperty.values());
    }

    private String unknown(ValidationMessage message, JsonNode node, String owner) {
        String name = message.getProperty();
        String location = message.getSchemaLocation().getFragment().toString();
        JsonNode parent = document.at(location.substring(0, location.lastIndexOf('/')));
        List<String> known = names(parent.path("properties"));
        boolean top = location.equals("/items/additionalProperties");
        if (top || location.contains(STEP + "/")) {
            List<String> right = names(node).stream().filter(known::contains).toList();
            if (!right.isEmpty()) {
                return "`" + name + "` stands beside `" + right.get(0)
                        + "`; indent it below, or begin it with a hyphen";
            }
            return (top ? "unknown entry `" : "unknown step `") + name + "`" + hint(name, known);
        }
        return "`" + name + "` is not an option of `" + owner + "`" + hint(name, known);
    }

    private static String hint(String word, List<String> known) {
        return Suggestion.nearest(word, known)
                .map(meant -> "; did you mean `" + meant + "`?")
                .orElse("");
    }

    private static String notAmong(ValidationMessage message, JsonNode node, String owner) {
        var words = new ArrayList<String>();
        message.getSchemaNode().forEach(word -> words.add(word.asText()));
        return "`" + owner + "` must be one of " + String.join(", ", words) + ", but is `" + node.asText() + "`"
                + hint(node.asText(), words);
    }

    private static String wrongType(List<ValidationMessage> messages, JsonNode node, String owner) {
        List<String> wanted = messages.stream()
                .filter(message -> message.getType().equals("type"))
                .map(message -> typeName(message.getSchemaNode().asText()))
                .distinct()
                .toList();
        String is =
                node.isNull() ? "nothing" : typeName(node.getNodeType().name().toLowerCase(Locale.ROOT));
        String quotes = wanted.contains("a text") && node.isValueNode() && !node.isNull() ? "; put it in quotes" : "";
        return "`" + owner + "` must be " + String.join(" or ", wanted) + ", but is " + is + quotes;
    }

    private static String typeName(String type) {
        return switch (type) {
            case "string" -> "a text";
            case "object" -> "a group of options";
            case "array" -> "a list (lines that begin with a hyphen)";
            case "boolean" -> "true or false";
            case "number", "integer" -> "a number";
            default -> type;
        };
    }

    private static String missing(List<ValidationMessage> messages, String owner) {
        List<String> names = messages.stream()
                .filter(message -> message.getType().equals("required"))
                .map(ValidationMessage::getProperty)
                .distinct()
                .toList();
        return names.contains("simple")
                ? "`" + owner + "` needs an expression, such as `simple` or `method`"
                : "`" + owner + "` needs `" + String.join("` and `", names) + "`";
    }

    private static int importance(String type) {
        int index = BY_IMPORTANCE.indexOf(type);
        return index < 0 ? BY_IMPORTANCE.size() : index;
    }

    private static String pointer(ValidationMessage message) {
        var pointer = new StringBuilder();
        for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
            String element = String.valueOf(message.getInstanceLocation().getElement(i));
            pointer.append('/').append(element.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static JsonPointer tail(JsonPointer pointer) {
        return pointer.length() == 0 ? pointer : pointer.tail();
    }

    /** The last name on the way to a place; the entries of lists have none. */
    private static String owner(JsonPointer pointer) {
        JsonPointer at = pointer;
        while (at.last() != null && at.last().getMatchingIndex() >= 0) {
            at = at.head();
        }
        return at.last() == null ? "the file" : at.last().getMatchingProperty();
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
