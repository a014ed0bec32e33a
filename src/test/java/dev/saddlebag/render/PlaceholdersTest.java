package dev.saddlebag.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is put in fits where it is put, whatever it is, and nothing else is touched. */
class PlaceholdersTest {
    private static final Links NOTHING_HERE = id -> Optional.empty();

    @Property(tries = 200)
    void a_text_without_placeholders_stays_as_it_is(@ForAll String text) {
        String clean = StoredText.clean(text);

        assertThat(Placeholders.resolve(clean, NOTHING_HERE)).isEqualTo(clean);
    }

    @Property(tries = 500)
    void a_title_is_the_whole_text_of_its_link(@ForAll String title) {
        Links links = id -> Optional.of(new Target(StoredText.clean(title), "a b.md"));
        String expected = Markdown.oneLine(StoredText.clean(title));
        String markdown = "x " + Placeholders.resolve(Placeholders.link("id", "", ""), links) + " y\n";

        String found = Canonical.of(markdown);

        assertThat(found).isEqualTo(Canonical.of(List.of(paragraph(expected.isEmpty() ? "Untitled" : expected))));
    }

    private static Block paragraph(String title) {
        Link link = new Link("a%20b.md", "");
        return new Block.Paragraph(
                "",
                new Text(List.of(
                        new Inline.Words("x ", Look.PLAIN, Link.NONE),
                        new Inline.Words(title, Look.PLAIN, link),
                        new Inline.Words(" y", Look.PLAIN, Link.NONE))),
                Icon.NONE,
                List.of());
    }

    @Test
    void a_placeholder_may_lie_anywhere_in_a_long_text() throws IOException {
        String link = Placeholders.link(SampleLinks.DATABASE, "", "");
        String text = ("x".repeat(997) + link).repeat(100);
        StringBuilder resolved = new StringBuilder();

        Placeholders.resolve(new StringReader(text), resolved, new SampleLinks(Map.of()));

        assertThat(resolved.toString()).isEqualTo(("x".repeat(997) + "[List](List.md)").repeat(100));
    }

    @Test
    void a_text_that_is_cut_off_is_an_error() {
        String link = Placeholders.link(SampleLinks.DATABASE, "", "");
        String cut = "x" + link.substring(0, 5);

        assertThatThrownBy(() -> Placeholders.resolve(new StringReader(cut), new StringBuilder(), NOTHING_HERE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_block_that_shows_itself_ends() {
        String shown = Placeholders.resolve(
                Placeholders.synced("b", "> "), new SampleLinks(Map.of("b", "one\n\n" + Placeholders.synced("b", ""))));

        assertThat(shown).isEqualTo("one\n>\n> *This shows the synced block b, which is not in this snapshot.*");
    }
}
