package dev.saddlebag.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open comments of a page, thread by thread, as its appendix. */
final class MarkdownComments {
    private static final int EXCERPT = 60;

    private final Lines lines;

    MarkdownComments(Lines lines) {
        this.lines = lines;
    }

    void write(Document document) {
        if (document.comments().isEmpty()) {
            return;
        }
        Map<String, List<Comment>> threads = new LinkedHashMap<>();
        document.comments()
                .forEach(comment -> threads.computeIfAbsent(comment.discussion(), thread -> new ArrayList<>())
                        .add(comment));
        Map<String, String> excerpts = new LinkedHashMap<>();
        collect(document.blocks(), excerpts);
        lines.blank();
        lines.line("## Comments");
        lines.blank();
        threads.values()
                .forEach(thread -> write(thread, excerpts.get(thread.get(0).standsAt())));
    }

    private static void collect(List<Block> blocks, Map<String, String> excerpts) {
        for (Block block : blocks) {
            excerpts.put(block.id(), Markdown.oneLine(Excerpt.of(block)));
            collect(block.children(), excerpts);
        }
    }

    private void write(List<Comment> thread, String excerpt) {
        lines.open(Lines.BULLET, "  ");
        if (excerpt == null) {
            lines.line("On the page:");
        } else if (excerpt.isEmpty()) {
            lines.line("On a block:");
        } else {
            boolean isShort = excerpt.codePointCount(0, excerpt.length()) <= EXCERPT;
            String begin = isShort ? excerpt : excerpt.substring(0, excerpt.offsetByCodePoints(0, EXCERPT)) + "…";
            lines.line("On “" + Markdown.escape(begin, false, false, false) + "”:");
        }
        thread.forEach(this::write);
        lines.close();
    }

    private void write(Comment comment) {
        lines.open(Lines.BULLET, "  ");
        String author = Placeholders.person(Placeholders.Form.MARKDOWN, comment.author());
        lines.text(MarkdownText.of(
                comment.text(), "**" + author + "** (" + comment.time() + "): ", MarkdownText.Setting.LINES));
        for (NamedFile file : comment.attachments()) {
            String name = Markdown.escape(Markdown.oneLine(file.name()), false, true, false);
            lines.line("- [" + (name.isEmpty() ? "attachment" : name) + "]("
                    + Placeholders.file(Placeholders.Form.MARKDOWN, file) + ")");
        }
        lines.close();
    }
}
