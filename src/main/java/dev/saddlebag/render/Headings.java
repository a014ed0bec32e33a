package dev.saddlebag.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The headings of a document with the names that they have in addresses, in the way of GitHub. */
final class Headings {
    /** A heading and where it is. */
    record Entry(Block.Heading heading, String anchor) {}

    private final Map<String, Integer> seen = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    static List<Entry> in(Document document) {
        Headings headings = new Headings();
        headings.anchor(document.title());
        headings.collect(document.blocks());
        return headings.entries;
    }

    private void collect(List<Block> blocks) {
        for (Block block : blocks) {
            if (block instanceof Block.Heading heading) {
                String anchor = anchor(heading.text());
                if (!heading.text().isBlank()) {
                    entries.add(new Entry(heading, anchor));
                }
            }
            collect(block.children());
        }
    }

    /** Whether a piece of text is the title of another object. */
    static boolean namesObject(Inline part) {
        return part instanceof Inline.Mention mention
                && !mention.id().isEmpty()
                && mention.kind() != Inline.Mention.Kind.USER;
    }

    private String anchor(Text text) {
        StringBuilder slug = new StringBuilder();
        for (Inline part : text.parts()) {
            slug.append(
                    namesObject(part)
                            ? Placeholders.slug(((Inline.Mention) part).id(), part.plain())
                            : Markdown.slug(part.plain()));
        }
        String name = slug.toString();
        int before = seen.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "-" + before;
    }
}
