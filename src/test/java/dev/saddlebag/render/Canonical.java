package dev.saddlebag.render;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** The structure and the text of a document in one notation, of the model as of Markdown that a parser has read. */
final class Canonical {
    private static final List<Extension> GFM = List.of(TablesExtension.create(), StrikethroughExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(GFM).build();

    private final StringBuilder out = new StringBuilder();

    private Canonical() {}

    /** What a parser finds in Markdown. */
    static String of(String markdown) {
        Canonical canonical = new Canonical();
        canonical.blocks(PARSER.parse(markdown));
        return canonical.out.toString();
    }

    private void blocks(Node parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            block(node);
        }
    }

    private void block(Node node) {
        if (node instanceof Paragraph) {
            out.append("P(").append(inline(node)).append(")\n");
        } else if (node instanceof Heading heading) {
            out.append("H")
                    .append(heading.getLevel())
                    .append('(')
                    .append(inline(node))
                    .append(")\n");
        } else if (node instanceof BulletList) {
            for (Node item = node.getFirstChild(); item != null; item = item.getNext()) {
                out.append("-{\n");
                blocks(item);
                out.append("}\n");
            }
        } else if (node instanceof OrderedList list) {
            int number = list.getMarkerStartNumber();
            for (Node item = node.getFirstChild(); item != null; item = item.getNext()) {
                out.append(number++).append(".{\n");
                blocks(item);
                out.append("}\n");
            }
        } else if (node instanceof BlockQuote) {
            out.append(">{\n");
            blocks(node);
            out.append("}\n");
        } else if (node instanceof ThematicBreak) {
            out.append("HR\n");
        } else if (node instanceof FencedCodeBlock code) {
            out.append("CODE ")
                    .append(code.getInfo())
                    .append('\n')
                    .append(withoutBlanks(code.getLiteral()))
                    .append("END\n");
        } else if (node instanceof TableBlock) {
            table(node);
        } else {
            out.append(node).append('\n');
        }
    }

    private void table(Node table) {
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow) {
                    out.append("ROW");
                    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                        out.append(" (").append(inline((TableCell) cell)).append(')');
                    }
                    out.append('\n');
                }
            }
        }
    }

    private static String inline(Node parent) {
        Characters characters = new Characters();
        characters.read(parent);
        return characters.toString();
    }

    /** Characters, each with its marks and its link; a space has none, since marks are not written around spaces. */
    private static final class Characters {
        private final List<String> looks = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final TreeSet<String> marks = new TreeSet<>();

        void add(String words) {
            String look = String.join("", marks);
            for (int i = 0; i < words.length(); i++) {
                char c = words.charAt(i);
                text.append(c);
                boolean isBare = !marks.contains("c") && (Character.isWhitespace(c) || Character.isSpaceChar(c));
                looks.add(isBare ? "" : look);
            }
        }

        void read(Node parent) {
            for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
                if (node instanceof org.commonmark.node.Text words) {
                    add(words.getLiteral());
                } else if (node instanceof HardLineBreak) {
                    lineBreak();
                } else if (node instanceof SoftLineBreak) {
                    add(" ");
                } else if (node instanceof HtmlInline html) {
                    tag(html.getLiteral());
                } else if (node instanceof Code code) {
                    marked("c", () -> add(code.getLiteral()));
                } else {
                    Node inner = node;
                    marked(mark(inner), () -> read(inner));
                }
            }
        }

        private void lineBreak() {
            text.append('\n');
            looks.add("");
        }

        private void tag(String tag) {
            switch (tag) {
                case "<br>" -> lineBreak();
                case "<strong>" -> marks.add("b");
                case "<em>" -> marks.add("i");
                case "<del>" -> marks.add("s");
                case "<ins>" -> marks.add("u");
                case "</strong>" -> marks.remove("b");
                case "</em>" -> marks.remove("i");
                case "</del>" -> marks.remove("s");
                case "</ins>" -> marks.remove("u");
                default -> add("?" + tag + "?");
            }
        }

        private static String mark(Node node) {
            if (node instanceof StrongEmphasis) {
                return "b";
            }
            if (node instanceof Emphasis) {
                return "i";
            }
            if (node instanceof Strikethrough) {
                return "s";
            }
            if (node instanceof Link link) {
                return "<" + link.getDestination() + ">";
            }
            return node instanceof Image image ? "image " + image.getDestination() : node.toString();
        }

        void marked(String mark, Runnable inner) {
            boolean isNew = marks.add(mark);
            inner.run();
            if (isNew) {
                marks.remove(mark);
            }
        }

        /** Lines without spaces around them, and none empty at the edges. */
        @Override
        public String toString() {
            List<String> lines = new ArrayList<>();
            int start = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (i == text.length() || text.charAt(i) == '\n') {
                    lines.add(line(start, i));
                    start = i + 1;
                }
            }
            while (!lines.isEmpty() && lines.get(0).isEmpty()) {
                lines.remove(0);
            }
            while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return String.join("\n", lines);
        }

        private String line(int from, int to) {
            int start = from;
            int end = to;
            while (start < end && isBareSpace(start)) {
                start++;
            }
            while (start < end && isBareSpace(end - 1)) {
                end--;
            }
            StringBuilder line = new StringBuilder();
            String before = "";
            for (int i = start; i < end; i++) {
                if (!looks.get(i).equals(before)) {
                    before = looks.get(i);
                    line.append('«').append(before).append('»');
                }
                line.append(text.charAt(i));
            }
            return line.toString();
        }

        private boolean isBareSpace(int i) {
            return looks.get(i).isEmpty() && (text.charAt(i) == ' ' || text.charAt(i) == '\t');
        }
    }

    /** What a parser is to find for these blocks. */
    static String of(List<Block> blocks) {
        Canonical canonical = new Canonical();
        canonical.expect(blocks);
        return canonical.out.toString();
    }

    private int number;
    private boolean isInNumbers;

    private void expect(List<Block> blocks) {
        int outerNumber = number;
        boolean outer = isInNumbers;
        isInNumbers = false;
        blocks.forEach(this::expect);
        number = outerNumber;
        isInNumbers = outer;
    }

    private void expect(Block block) {
        if (block instanceof Block.Numbered item) {
            number = item.start() > 0 ? item.start() : isInNumbers ? number + 1 : 1;
            isInNumbers = true;
            container(number + ".", text("", item.text()), item.children());
            return;
        }
        isInNumbers = false;
        if (block instanceof Block.Paragraph paragraph) {
            out.append(text("", paragraph.text()));
            if (!paragraph.children().isEmpty()) {
                container(">", "", paragraph.children());
            }
        } else if (block instanceof Block.Heading heading) {
            out.append("H")
                    .append(heading.level())
                    .append('(')
                    .append(inline("", heading.text()))
                    .append(")\n");
            heading.children().forEach(this::expect);
        } else if (block instanceof Block.Bullet item) {
            container("-", text("", item.text()), item.children());
        } else if (block instanceof Block.ToDo item) {
            container("-", text(item.isDone() ? "[x] " : "[ ] ", item.text()), item.children());
        } else if (block instanceof Block.Toggle item) {
            container("-", text("▸ ", item.text()), item.children());
        } else if (block instanceof Block.Quote quote) {
            container(">", text("", quote.text()), quote.children());
        } else if (block instanceof Block.Callout callout) {
            String text = inline("[!NOTE] 💡 ", callout.text());
            container(">", "P(" + text + ")\n", callout.children());
        } else if (block instanceof Block.Code code) {
            String end = code.code().isEmpty() ? "" : "\n";
            out.append("CODE ")
                    .append(code.language())
                    .append('\n')
                    .append(withoutBlanks(code.code()))
                    .append(end)
                    .append("END\n");
        } else if (block instanceof Block.Divider) {
            out.append("HR\n");
        } else if (block instanceof Block.Table table) {
            expect(table);
        } else if (block instanceof Block.Columns || block instanceof Block.Column) {
            block.children().forEach(this::expect);
            isInNumbers = false;
        } else {
            throw new IllegalArgumentException("Nothing is expected of " + block);
        }
    }

    private void expect(Block.Table table) {
        int width = table.rows().get(0).size();
        if (!table.hasHeaderRow()) {
            out.append("ROW").append(" ()".repeat(width)).append('\n');
        }
        for (List<Text> row : table.rows()) {
            out.append("ROW");
            row.forEach(cell -> out.append(" (").append(inline("", cell)).append(')'));
            out.append('\n');
        }
    }

    private void container(String mark, String text, List<Block> children) {
        out.append(mark).append("{\n").append(text);
        expect(children);
        out.append("}\n");
    }

    private static String text(String lead, Text text) {
        String inline = inline(lead, text);
        return inline.isEmpty() ? "" : "P(" + inline + ")\n";
    }

    private static String inline(String lead, Text text) {
        Characters characters = new Characters();
        for (Inline part : text.parts()) {
            Inline.Words words = (Inline.Words) part;
            Look look = words.look();
            characters.marks.clear();
            if (look.bold()) {
                characters.marks.add("b");
            }
            if (look.italic()) {
                characters.marks.add("i");
            }
            if (look.strikethrough()) {
                characters.marks.add("s");
            }
            if (look.underline()) {
                characters.marks.add("u");
            }
            if (look.code()) {
                characters.marks.add("c");
            }
            if (!words.link().isNone()) {
                characters.marks.add("<" + words.link().address() + ">");
            }
            String[] lines = words.text().split("[\\n\\u0085\\u2028\\u2029]", -1);
            for (int i = 0; i < lines.length; i++) {
                if (i > 0) {
                    characters.lineBreak();
                }
                characters.add(lines[i]);
            }
        }
        String body = characters.toString();
        return body.isEmpty() ? lead.stripTrailing() : lead + body;
    }

    /** Readers of Markdown take the blanks of an otherwise empty line of code for indentation when it stands in a list. */
    private static String withoutBlanks(String code) {
        return code.replaceAll("(?m)^[ \\t]+$", "");
    }
}
