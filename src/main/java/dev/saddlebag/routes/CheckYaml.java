package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Mistake;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML and remembers lines; says in plain words why a text is no YAML. */
final class CheckYaml {
    private final String file;
    private final List<Mistake> mistakes;
    private final Map<JsonPointer, Integer> lines = new HashMap<>();
    private final Map<JsonPointer, Integer> starts = new HashMap<>();

    private CheckYaml(String file, List<Mistake> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** The tree of {@code text}; empty, with the reason added to {@code mistakes}, when it is no YAML. */
    static Optional<CheckedFile> read(String file, String text, List<Mistake> mistakes) {
        try {
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
            if (root.isEmpty()) {
                mistakes.add(new Mistake(file, 0, "", "the file is empty"));
                return Optional.empty();
            }
            var reader = new CheckYaml(file, mistakes);
            JsonNode content = reader.convert(root.get(), JsonPointer.empty());
            return Optional.of(new CheckedFile(file, text, content, reader.lines, reader.starts));
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            int line = mark.map(Mark::getLine).orElse(-1) + 1;
            String place =
                    mark.map(at -> " (at column " + (at.getColumn() + 1) + ")").orElse("");
            mistakes.add(new Mistake(file, line, "", "no YAML: " + inPlainWords(e.getProblem()) + place));
        } catch (YamlEngineException e) {
            mistakes.add(new Mistake(file, 0, "", "no YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }

    private static String inPlainWords(String problem) {
        if (problem.contains("\\t") || problem.contains("TAB")) {
            return "there is a tab; YAML is indented with blanks only";
        }
        if (problem.contains("mapping values are not allowed here")) {
            return "there is a colon where none can be; either this line or the one before it is indented wrongly, "
                    + "or a text with \": \" in it needs quotes";
        }
        if (problem.contains("expected <block end>")) {
            return "this line is not indented like the lines to which it belongs";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a name without a colon after it";
        }
        if (problem.contains("found unexpected end of stream")) {
            return "a quote that is opened and never closed";
        }
        return problem;
    }

    private JsonNode convert(Node node, JsonPointer pointer) {
        lines.putIfAbsent(pointer, line(node));
        starts.put(pointer, line(node));
        if (node.isRecursive()) {
            mistakes.add(new Mistake(file, line(node), "", "an alias that contains itself"));
            return JsonNodeFactory.instance.nullNode();
        }
        if (node instanceof MappingNode mapping) {
            return convert(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(convert(item, pointer.appendIndex(array.size())));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode convert(MappingNode mapping, JsonPointer pointer) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
            JsonPointer child = pointer.appendProperty(name);
            if (object.has(name)) {
                mistakes.add(
                        new Mistake(file, line(key), "", "`" + name + "` is set already in line " + lines.get(child)));
            } else {
                lines.put(child, line(key));
                object.set(name, convert(entry.getValueNode(), child));
            }
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Tag tag = node.getTag();
        String value = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(Boolean.parseBoolean(value));
        }
        if (tag.equals(Tag.INT) && value.matches("[-+]?\\d+")) {
            return json.numberNode(new BigInteger(value));
        }
        if (tag.equals(Tag.FLOAT) && value.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
            return json.numberNode(new BigDecimal(value));
        }
        return json.textNode(value);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
