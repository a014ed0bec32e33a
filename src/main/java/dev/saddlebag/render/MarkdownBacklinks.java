package dev.saddlebag.render;

import java.util.List;
import java.util.Optional;

/** The list of what links to a page, for the end of its Markdown. */
public final class MarkdownBacklinks {
    private MarkdownBacklinks() {}

    /** The list; empty when nothing links to it. */
    public static String of(List<Target> backlinks) {
        if (backlinks.isEmpty()) {
            return "";
        }
        StringBuilder list = new StringBuilder("\n***\n\nLinked from:\n\n");
        for (Target target : backlinks) {
            list.append("- ")
                    .append(Placeholders.resolve(Placeholders.link("", "", ""), id -> Optional.of(target)))
                    .append('\n');
        }
        return list.toString();
    }
}
