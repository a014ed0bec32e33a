package dev.saddlebag.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever people write is what a parser of Markdown finds: the same structure, the same text, the same looks. */
class RoundTripTest {
    private static final String HOSTILE = "aab1  *_~`[]()<>#+-.!|\\&$\n\t:=%/\"'é€✓，\u00a0\u200b\u2028;x";
    private static final List<String> WORDS = List.of(
            "word",
            "two words",
            "snake_case",
            "# ",
            "- ",
            "1. ",
            "> ",
            "---",
            "***",
            "```",
            "~~~",
            "&amp;",
            "<b>",
            "</b>",
            "<!--",
            "https://x.org/_a_",
            "www.x.org",
            "[x](y)",
            "| a |",
            "|---|",
            "[ ] ",
            "\\",
            "🐴",
            "**",
            "$x$",
            "==",
            "%%",
            "![",
            "[a]: b",
            "===",
            "+ ",
            "<a@b.c>",
            "\ufdef");

    @Property(tries = 1000)
    void a_text_comes_back_as_it_was(@ForAll("texts") Text text) {
        check(List.of(new Block.Paragraph("p", text, Icon.NONE, List.of())));
    }

    @Property(tries = 500)
    void so_do_headings_and_cells(@ForAll("texts") Text first, @ForAll("texts") Text second) {
        check(List.of(
                new Block.Heading("h", 2, first, false, List.of()),
                new Block.Table("t", true, false, List.of(List.of(first, second), List.of(second, first)))));
    }

    @Property(tries = 500)
    void a_document_comes_back_as_it_was(@ForAll("documents") List<Block> blocks) {
        check(blocks);
    }

    @Example
    void empty_items_in_one_another_are_no_divider() {
        for (int depth = 1; depth < 7; depth++) {
            Block nested = bullet(List.of());
            for (int i = 1; i < depth; i++) {
                nested = bullet(i == 3 ? List.of(nested, bullet(List.of())) : List.of(nested));
            }
            check(List.of(nested));
            check(List.of(nested, nested));
            check(List.of(new Block.Paragraph("p", Text.of("a"), Icon.NONE, List.of(nested)), nested));
        }
    }

    private static Block bullet(List<Block> children) {
        return new Block.Bullet("b", Text.of(""), children);
    }

    private static void check(List<Block> blocks) {
        Lines lines = new Lines();
        new MarkdownBlocks(lines, List.of(), new HashMap<>()).write(blocks);
        String markdown = Placeholders.resolve(lines.toString(), new SampleLinks(Map.of()));

        assertThat(Canonical.of(markdown)).as(markdown).isEqualTo(Canonical.of(blocks));
    }

    @Provide
    Arbitrary<Text> texts() {
        return spans().list().ofMaxSize(5).map(Text::new);
    }

    private static Arbitrary<Inline> spans() {
        Arbitrary<String> noise = Arbitraries.strings()
                .withChars(HOSTILE.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(8);
        Arbitrary<String> words = Arbitraries.frequencyOf(Tuple.of(2, noise), Tuple.of(3, Arbitraries.of(WORDS)));
        Arbitrary<Integer> looks = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0)),
                Tuple.of(3, Arbitraries.integers().between(0, 31)));
        Arbitrary<Link> links = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Link.NONE)),
                Tuple.of(1, Arbitraries.of(new Link("https://x.org/a?b=c&d", ""), new Link("/b_c_d", ""))));
        return Combinators.combine(words, looks, links)
                .as((text, look, link) -> new Inline.Words(
                        text,
                        new Look(
                                (look & 1) > 0,
                                (look & 2) > 0,
                                (look & 4) > 0,
                                (look & 8) > 0,
                                look > 23,
                                look == 7 ? "red" : "default"),
                        link));
    }

    @Provide
    Arbitrary<List<Block>> documents() {
        return blocks(3);
    }

    private Arbitrary<List<Block>> blocks(int depth) {
        return block(depth).list().ofMaxSize(depth == 0 ? 1 : 4);
    }

    private Arbitrary<Block> block(int depth) {
        Arbitrary<List<Block>> children =
                depth == 0 ? Arbitraries.just(List.of()) : Arbitraries.lazy(() -> blocks(depth - 1));
        Arbitrary<Text> texts =
                Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Text.EMPTY)), Tuple.of(4, texts()));
        return Combinators.combine(Arbitraries.integers().between(0, 12), texts, texts, children)
                .as((kind, text, other, below) -> switch (kind) {
                    case 0 -> new Block.Paragraph("", text, Icon.NONE, below);
                    case 1 -> new Block.Heading("", 1 + below.size() % 4, text, true, below);
                    case 2, 3 -> new Block.Bullet("", text, below);
                    case 4, 5 -> new Block.Numbered("", text, 0, "", below);
                    case 6 -> new Block.Numbered("", text, 7, "letters", below);
                    case 7 -> new Block.ToDo("", text, text.parts().size() == 2, below);
                    case 8 -> new Block.Toggle("", text, below);
                    case 9 -> new Block.Quote("", text, below);
                    case 10 -> new Block.Callout("", text, new Icon("💡", null), "default", below);
                    case 11 ->
                        below.size() % 2 == 0
                                ? new Block.Divider("")
                                : new Block.Columns("", List.of(new Block.Column("", "", below)));
                    default ->
                        below.isEmpty()
                                ? new Block.Code("", text.plain().replace('\u2028', ' '), "java", Text.EMPTY)
                                : table(text, other);
                });
    }

    private static Block table(Text first, Text second) {
        List<List<Text>> rows = new ArrayList<>();
        rows.add(List.of(first, second));
        rows.add(List.of(second, first));
        return new Block.Table("", first.parts().size() % 2 == 0, false, rows);
    }
}
