package dev.saddlebag.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of block and property, as JSON and as the Markdown that it becomes. {@code src/test/resources/render/README.md}
 * says how the expected files are written anew.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "render");
    private static final boolean WRITE = Boolean.getBoolean("saddlebag.golden");

    private static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("blocks", "properties", "objects")) {
            try (Stream<Path> found = Files.list(GOLDEN.resolve(folder))) {
                found.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
            }
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_stored_object_becomes_the_expected_text(Path file) throws IOException {
        String text = shown(file);
        Path expected = Path.of(file.toString().replaceFirst("json$", "md"));
        if (WRITE) {
            Files.writeString(expected, text);
        }

        assertThat(text).isEqualTo(Files.readString(expected));
        assertThat(shown(file)).as("a second time").isEqualTo(text);
    }

    private static String shown(Path file) throws IOException {
        JsonNode stored = Json.MAPPER.readTree(Files.readAllBytes(file));
        String folder = file.getParent().getFileName().toString();
        Rendered rendered = new MarkdownRenderer().render(new DocumentReader().read(whole(stored)));
        String text = Placeholders.resolve(rendered.text(), new SampleLinks(rendered.synced()));
        return switch (folder) {
            case "blocks" ->
                text.substring(text.indexOf("\n---\n\n# Untitled\n") + 18).replaceFirst("^\n", "");
            case "properties" ->
                text.substring(4, text.indexOf("\n---\n") + 1).replaceFirst("notion-id.*\n.*\n.*\n", "");
            default -> text;
        };
    }

    /** A file about blocks or properties leaves out what they stand in. */
    private static JsonNode whole(JsonNode stored) {
        if ((!stored.has("blocks") && !stored.has("properties")) || stored.has("page")) {
            return stored;
        }
        ObjectNode whole = stored.deepCopy();
        ObjectNode page = whole.putObject("page").put("object", "page").put("id", SampleLinks.SELF);
        page.putObject("parent").put("type", "workspace").put("workspace", true);
        page.set("properties", stored.path("properties"));
        return whole;
    }

    @Test
    void every_type_that_is_known_has_its_file() throws IOException {
        Set<String> blocks = new TreeSet<>();
        Set<String> properties = new TreeSet<>();
        for (Path file : files().toList()) {
            JsonNode stored = Json.MAPPER.readTree(Files.readAllBytes(file));
            collect(stored.path("blocks"), blocks);
            for (Map.Entry<String, JsonNode> property :
                    stored.path("properties").properties()) {
                properties.add(property.getValue().path("type").asText());
            }
        }

        assertThat(blocks).containsAll(Vocabulary.blocks());
        assertThat(properties).containsAll(Vocabulary.properties());
    }

    private static void collect(JsonNode blocks, Set<String> types) {
        for (JsonNode block : blocks) {
            types.add(block.path("type").asText());
            collect(block.path("children"), types);
        }
    }
}
