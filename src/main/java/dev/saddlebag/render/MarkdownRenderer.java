package dev.saddlebag.render;

import java.util.HashMap;
import java.util.Map;

/**
 * Writes documents as Markdown: CommonMark with the tables, task lists and strikethrough of GitHub, and YAML before it.
 * docs/markdown.md says what becomes what.
 */
public final class MarkdownRenderer {
    /** The text of a document, which {@link Placeholders#resolve} finishes. */
    public Rendered render(Document document) {
        Map<String, String> synced = new HashMap<>();
        Lines lines = new Lines();
        lines.line("# " + MarkdownText.of(titled(document.title()), "", MarkdownText.Setting.HEADING));
        MarkdownBlocks blocks = new MarkdownBlocks(lines, Headings.in(document), synced);
        blocks.write(document.blocks());
        new MarkdownComments(lines).write(document);
        return new Rendered(FrontMatter.of(document) + "\n" + lines, Map.copyOf(synced));
    }

    /** The blocks and comments of a document alone, without what stands before them: its front matter and its title. */
    public Rendered content(Document document) {
        Map<String, String> synced = new HashMap<>();
        Lines lines = new Lines();
        new MarkdownBlocks(lines, Headings.in(document), synced).write(document.blocks());
        new MarkdownComments(lines).write(document);
        return new Rendered(lines.toString(), Map.copyOf(synced));
    }

    private static Text titled(Text title) {
        return title.isBlank() ? Text.of("Untitled") : title;
    }
}
