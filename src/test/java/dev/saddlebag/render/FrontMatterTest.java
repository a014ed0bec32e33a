package dev.saddlebag.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Readers of YAML, of the old version and of the new one, find in the front matter what was in Notion. */
class FrontMatterTest {
    private static final List<String> HOSTILE = List.of(
            "yes",
            "No",
            "null",
            "~",
            "",
            " ",
            "2026-01-01",
            "12:30",
            "0o17",
            "0x1F",
            "1e3",
            ".5",
            "-",
            "- a",
            "? b",
            "a: b",
            "# c",
            "@d",
            "`e`",
            "%f",
            "&g",
            "*h",
            "!i",
            "|",
            ">",
            "{",
            "[",
            "'",
            "\"",
            "\\",
            "---",
            "...",
            "a #b",
            "a\n  b\n",
            "\t",
            "=",
            "<<",
            "é",
            "🐴",
            "\u2028",
            "\u0085",
            "\ufeff",
            "True",
            "_1",
            "1_0",
            "NaN",
            ".inf",
            "x ",
            "a  b");

    @Property(tries = 500)
    void every_string_is_the_same_string(@ForAll @From("strings") String text, @ForAll @From("strings") String title) {
        ObjectNode page = page();
        page.putObject("properties").putObject("Field").put("type", "url").put("url", text);
        String yaml = yaml(page, new Renamed(title));

        for (Map<?, ?> read : List.of(newVersion(yaml), oldVersion(yaml))) {
            assertThat(read.get("Field")).as(yaml).isEqualTo(StoredText.clean(text));
            assertThat(((Map<?, ?>) read.get("notion-parent")).get("title"))
                    .as(yaml)
                    .isEqualTo(Markdown.oneLine(title).isEmpty() ? "Untitled" : Markdown.oneLine(title));
        }
    }

    @Property(tries = 300)
    void every_name_of_a_property_is_a_key(@ForAll @From("strings") String name) {
        ObjectNode page = page();
        page.putObject("properties").putObject(name).put("type", "checkbox").put("checkbox", true);
        String yaml = yaml(page, new SampleLinks(Map.of()));
        String line = Markdown.oneLine(StoredText.clean(name));

        assertThat(newVersion(yaml).containsKey(line.isEmpty() ? "(no name)" : line))
                .as(yaml)
                .isTrue();
        assertThat((Collection<?>) oldVersion(yaml).keySet())
                .as(yaml)
                .hasSize(newVersion(yaml).size());
    }

    @Example
    void numbers_and_yes_or_no_have_their_types() {
        ObjectNode page = page();
        ObjectNode properties = page.putObject("properties");
        properties.putObject("Number").put("type", "number").put("number", 4.5);
        properties.putObject("Flag").put("type", "checkbox").put("checkbox", false);
        properties.putObject("None").put("type", "number").putNull("number");

        Map<?, ?> read = newVersion(yaml(page, new SampleLinks(Map.of())));

        assertThat(read.get("Number")).isEqualTo(4.5);
        assertThat(read.get("Flag")).isEqualTo(false);
        assertThat(read.get("None")).isNull();
    }

    @Provide
    Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                Arbitraries.of(HOSTILE),
                Arbitraries.strings()
                        .ofMaxLength(12)
                        .filter(text -> StoredText.clean(text).equals(text)),
                Arbitraries.strings()
                        .withChars("ab:#-?,[]{}&*!|>'\"%@` \n\t\\=~1.")
                        .ofMaxLength(8));
    }

    /** All objects have this title now. */
    private record Renamed(String title) implements Links {
        @Override
        public Optional<Target> of(String id) {
            return Optional.of(new Target(StoredText.clean(title), "x.md"));
        }
    }

    private static ObjectNode page() {
        ObjectNode page = Json.MAPPER.createObjectNode().put("id", SampleLinks.SELF);
        page.putObject("parent").put("type", "page_id").put("page_id", SampleLinks.PAGE);
        return page;
    }

    private static String yaml(ObjectNode page, Links links) {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        stored.set("page", page);
        String text =
                new MarkdownRenderer().render(new DocumentReader().read(stored)).text();
        String resolved = Placeholders.resolve(text, links);
        return resolved.substring(4, resolved.indexOf("\n---\n") + 1);
    }

    private static Map<?, ?> newVersion(String yaml) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static Map<?, ?> oldVersion(String yaml) {
        return (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml);
    }
}
