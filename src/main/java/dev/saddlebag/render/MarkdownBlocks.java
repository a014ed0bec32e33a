package dev.saddlebag.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a list of blocks, and those below them, into {@link Lines}. One instance writes one list: it knows what stood
 * before, which decides about empty lines and numbers.
 */
final class MarkdownBlocks implements Block.Visitor {
    private static final Pattern LETTER_AFTER_LESS = Pattern.compile("<(?=[A-Za-z/!?])");

    private enum Family {
        NOTHING,
        BULLETS,
        NUMBERS,
        OTHER
    }

    private final Lines lines;
    private final List<Headings.Entry> headings;
    private final Map<String, String> synced;

    private Family last = Family.NOTHING;
    private boolean isBelowText;
    private boolean isApart;
    private int number;
    private char delimiter = '.';

    MarkdownBlocks(Lines lines, List<Headings.Entry> headings, Map<String, String> synced) {
        this.lines = lines;
        this.headings = headings;
        this.synced = synced;
    }

    /** Writes blocks below what is there. */
    void write(List<Block> blocks) {
        blocks.forEach(block -> block.accept(this));
    }

    private void writeChildren(List<Block> blocks, boolean belowText) {
        MarkdownBlocks inner = new MarkdownBlocks(lines, headings, synced);
        inner.isBelowText = belowText;
        inner.write(blocks);
    }

    /** Begins a block that is no list item. */
    private void begin() {
        lines.blank();
        last = Family.OTHER;
    }

    private void paragraph(String markdown) {
        if (!markdown.isEmpty()) {
            begin();
            lines.text(markdown);
        }
    }

    private static String text(Text text, String lead) {
        return MarkdownText.of(text, lead, MarkdownText.Setting.LINES);
    }

    private static String withoutBreaks(Text text) {
        return MarkdownText.of(text, "", MarkdownText.Setting.HEADING);
    }

    private void item(String lead, Text text, List<Block> children) {
        boolean goesOn = last == Family.BULLETS;
        boolean followsText = last == Family.NOTHING && isBelowText && !(lead + text.plain()).isBlank();
        if (!goesOn && !followsText) {
            lines.blank();
        }
        last = Family.BULLETS;
        lines.open(Lines.BULLET, "  ");
        body(text(text, lead), children);
        lines.close();
    }

    private void body(String markdown, List<Block> children) {
        if (!markdown.isBlank()) {
            lines.text(markdown);
        }
        writeChildren(children, !markdown.isBlank());
    }

    private void quoted(String markdown, List<Block> children) {
        begin();
        lines.open("> ", "> ");
        if (!markdown.isBlank()) {
            lines.text(markdown);
        }
        writeChildren(children, false);
        lines.close();
    }

    @Override
    public void visit(Block.Paragraph block) {
        String markdown = text(block.text(), "");
        paragraph(markdown);
        if (!block.children().isEmpty()) {
            quoted("", block.children());
        }
        isApart |= markdown.isEmpty();
    }

    @Override
    public void visit(Block.Heading block) {
        begin();
        String text = withoutBreaks(block.text());
        lines.line(("#".repeat(block.level()) + " " + text).stripTrailing());
        write(block.children());
    }

    @Override
    public void visit(Block.Bullet block) {
        item("", block.text(), block.children());
    }

    @Override
    public void visit(Block.ToDo block) {
        item(block.isDone() ? "[x] " : "[ ] ", block.text(), block.children());
    }

    @Override
    public void visit(Block.Toggle block) {
        item("▸ ", block.text(), block.children());
    }

    @Override
    public void visit(Block.Template block) {
        item("⊕ ", block.text(), block.children());
    }

    @Override
    public void visit(Block.Numbered block) {
        boolean goesOn = last == Family.NUMBERS && !isApart && (block.start() == 0 || block.start() == number + 1);
        int next = goesOn ? number + 1 : Math.max(block.start(), 1);
        boolean followsText = last == Family.NOTHING
                && isBelowText
                && next == 1
                && !block.text().isBlank();
        if (!goesOn) {
            // Two lists in a row are told apart by what follows their numbers.
            delimiter = last == Family.NUMBERS && delimiter == '.' ? ')' : '.';
            if (!followsText) {
                lines.blank();
            }
        }
        number = next;
        last = Family.NUMBERS;
        isApart = false;
        String mark = "" + number + delimiter + " ";
        lines.open(mark, " ".repeat(mark.length()));
        body(text(block.text(), ""), block.children());
        lines.close();
    }

    @Override
    public void visit(Block.Quote block) {
        quoted(text(block.text(), ""), block.children());
    }

    @Override
    public void visit(Block.Callout block) {
        String icon = icon(block.icon());
        String text = text(block.text(), icon.isEmpty() ? "" : icon + " ");
        quoted(("[!" + alert(block.color()) + "]\n" + text).stripTrailing(), block.children());
    }

    private static String alert(String color) {
        return switch (color.replace("_background", "")) {
            case "red", "pink" -> "CAUTION";
            case "orange", "yellow" -> "WARNING";
            case "green" -> "TIP";
            case "purple" -> "IMPORTANT";
            default -> "NOTE";
        };
    }

    private static String icon(Icon icon) {
        if (icon.file() != null) {
            return "![icon](" + Placeholders.file(Placeholders.Form.MARKDOWN, icon.file()) + ")";
        }
        return Markdown.escape(icon.text(), false, false, false);
    }

    @Override
    public void visit(Block.Code block) {
        begin();
        fence(block.code(), block.language());
        caption(block.caption());
    }

    private void fence(String code, String language) {
        int longest = 2;
        int run = 0;
        for (int i = 0; i < code.length(); i++) {
            run = code.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        boolean isPlain = language.isEmpty() || language.equals("plain text");
        lines.line(fence
                + (isPlain
                        ? ""
                        : Markdown.oneLine(language).toLowerCase(Locale.ROOT).replaceAll("[\\s`]+", "-")));
        if (!code.isEmpty()) {
            lines.text(code);
        }
        lines.line(fence);
    }

    private void caption(Text caption) {
        if (!caption.isBlank()) {
            paragraph(text(caption, ""));
        }
    }

    @Override
    public void visit(Block.Equation block) {
        begin();
        lines.line("$$");
        block.expression()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(this::formula);
        lines.line("$$");
    }

    /** Braces with nothing between them are nothing in TeX, and keep a line from beginning something else in Markdown. */
    private void formula(String line) {
        String safe = LETTER_AFTER_LESS.matcher(line).replaceAll("\\\\lt ");
        lines.line(Markdown.escapeStart(safe).equals(safe) ? safe : "{}" + safe);
    }

    @Override
    public void visit(Block.Divider block) {
        paragraph("***");
    }

    @Override
    public void visit(Block.Breadcrumb block) {
        paragraph(Placeholders.trail());
    }

    @Override
    public void visit(Block.Contents block) {
        if (headings.isEmpty()) {
            return;
        }
        begin();
        List<Integer> levels = new ArrayList<>();
        for (Headings.Entry entry : headings) {
            int level = entry.heading().level();
            while (!levels.isEmpty() && levels.get(levels.size() - 1) >= level) {
                levels.remove(levels.size() - 1);
            }
            String link = "[" + label(entry.heading().text()) + "](#" + entry.anchor() + ")";
            lines.line("  ".repeat(levels.size()) + "- " + link);
            levels.add(level);
        }
    }

    /** A link has no links in it, so objects are there by their titles alone. */
    private static String label(Text heading) {
        StringBuilder label = new StringBuilder();
        for (Inline part : heading.parts()) {
            label.append(
                    Headings.namesObject(part)
                            ? Placeholders.title(Placeholders.Form.MARKDOWN, ((Inline.Mention) part).id(), part.plain())
                            : Markdown.escape(part.plain().replace('\n', ' '), true, true, false));
        }
        return label.toString();
    }

    private static String linkText(Text text) {
        return Markdown.escape(Markdown.oneLine(text.plain()), true, true, false);
    }

    @Override
    public void visit(Block.Columns block) {
        apart(block.children());
    }

    @Override
    public void visit(Block.Column block) {
        apart(block.children());
    }

    /** Blocks of a container that leaves no trace. */
    private void apart(List<Block> children) {
        isApart = true;
        write(children);
        isApart = true;
    }

    @Override
    public void visit(Block.Tabs block) {
        write(block.children());
    }

    @Override
    public void visit(Block.Tab block) {
        String icon = icon(block.icon());
        item(icon.isEmpty() ? "▸ " : "▸ " + icon + " ", block.label(), block.children());
    }

    @Override
    public void visit(Block.Table block) {
        int width = block.rows().stream().mapToInt(List::size).max().orElse(0);
        if (width == 0) {
            return;
        }
        begin();
        List<List<Text>> rows = block.rows();
        lines.line(row(block.hasHeaderRow() ? rows.get(0) : List.of(), width, false));
        lines.line("|" + " --- |".repeat(width));
        for (List<Text> row : block.hasHeaderRow() ? rows.subList(1, rows.size()) : rows) {
            lines.line(row(row, width, block.hasHeaderColumn()));
        }
    }

    private static String row(List<Text> cells, int width, boolean isFirstBold) {
        StringBuilder row = new StringBuilder("|");
        for (int i = 0; i < width; i++) {
            Text cell = i < cells.size() ? cells.get(i) : Text.EMPTY;
            String text = MarkdownText.of(isFirstBold && i == 0 ? bold(cell) : cell, "", MarkdownText.Setting.CELL);
            row.append(text.isEmpty() ? " " : " " + text + " ").append('|');
        }
        return row.toString();
    }

    private static Text bold(Text text) {
        List<Inline> bold = new ArrayList<>();
        for (Inline part : text.parts()) {
            Look look = part.look();
            Look heavy =
                    new Look(true, look.italic(), look.strikethrough(), look.underline(), look.code(), look.color());
            if (part instanceof Inline.Words words) {
                bold.add(new Inline.Words(words.text(), heavy, words.link()));
            } else if (part instanceof Inline.Equation equation) {
                bold.add(new Inline.Equation(equation.expression(), heavy));
            } else if (part instanceof Inline.Mention mention) {
                bold.add(new Inline.Mention(mention.kind(), mention.id(), mention.text(), heavy, mention.link()));
            }
        }
        return new Text(bold);
    }

    @Override
    public void visit(Block.Media block) {
        String destination = Placeholders.file(Placeholders.Form.MARKDOWN, block.file());
        if (block.type().equals("image")) {
            paragraph("![" + linkText(block.caption()) + "](" + destination + ")");
            if (!isPlain(block.caption())) {
                caption(block.caption());
            }
            return;
        }
        String name =
                block.file().name().isEmpty() ? block.type() : block.file().name();
        paragraph(captioned("[" + linkText(Text.of(name)) + "](" + destination + ")", block.caption()));
    }

    private static boolean isPlain(Text text) {
        return text.parts().stream()
                .allMatch(part -> part instanceof Inline.Words words
                        && words.link().isNone()
                        && words.look().equals(Look.PLAIN)
                        && words.text().indexOf('\n') < 0);
    }

    private static String captioned(String link, Text caption) {
        return caption.isBlank() ? link : text(caption, link + " — ");
    }

    @Override
    public void visit(Block.WebLink block) {
        if (block.link().isNone()) {
            paragraph(text(block.caption(), ""));
            return;
        }
        Text address = new Text(List.of(new Inline.Words(block.link().address(), Look.PLAIN, block.link())));
        paragraph(captioned(text(address, ""), block.caption()));
    }

    @Override
    public void visit(Block.ObjectLink block) {
        paragraph(Placeholders.link(block.object(), block.title(), ""));
    }

    @Override
    public void visit(Block.Synced block) {
        if (block.original().isEmpty()) {
            Lines alone = new Lines();
            new MarkdownBlocks(alone, headings, synced).write(block.children());
            synced.put(block.id(), alone.toString());
            apart(block.children());
            return;
        }
        begin();
        lines.line(Placeholders.synced(block.original(), lines.indentation()));
    }

    @Override
    public void visit(Block.Meeting block) {
        List<String> about = new ArrayList<>();
        about.add("**" + (block.title().isBlank() ? "Meeting" : linkText(block.title())) + "**");
        if (!block.start().isEmpty()) {
            about.add(block.end().isEmpty() ? block.start() : block.start() + " → " + block.end());
        }
        for (Person person : block.attendees()) {
            about.add(Placeholders.person(Placeholders.Form.MARKDOWN, person));
        }
        if (!block.status().isEmpty()) {
            about.add(Markdown.escape(block.status(), false, false, false));
        }
        quoted(String.join(" · ", about), block.children());
    }

    @Override
    public void visit(Block.Withheld block) {
        String kind = block.type().isEmpty() ? "" : " (" + Markdown.escape(block.type(), false, false, false) + ")";
        paragraph("*Notion does not give out this block" + kind + ".*");
    }

    @Override
    public void visit(Block.Unknown block) {
        String type = Markdown.escape(block.type(), false, false, false);
        paragraph("*Saddlebag does not know blocks of the type " + type + ". The snapshot's JSON has it whole.*");
        paragraph(text(block.text(), ""));
        write(block.children());
    }
}
