package dev.saddlebag.readable;

import dev.saddlebag.render.Document;
import dev.saddlebag.render.MarkdownBacklinks;
import dev.saddlebag.render.MarkdownRenderer;
import dev.saddlebag.render.Placeholders;
import dev.saddlebag.render.Rendered;
import java.io.IOException;
import java.io.StringReader;

/** One Markdown file for each page, database and data source. */
public final class MarkdownFormat implements Format {
    private static final String ENDING = ".md";

    private final MarkdownRenderer renderer = new MarkdownRenderer();

    @Override
    public Rendered serialise(Document document) {
        return renderer.render(document);
    }

    @Override
    public void place(ReadableObject object) throws IOException {
        String text = object.text();
        // Others link to this file, so that there must be one whatever the renderer made of the object.
        String shown = text.isEmpty()
                ? "*This version of Saddlebag could not write it as Markdown. Its content is in " + object.stored()
                        + ".*\n"
                : text;
        object.write(ENDING, out -> {
            Placeholders.resolve(new StringReader(shown), out, object.links());
            if (object.showsBacklinks()) {
                out.write(MarkdownBacklinks.of(object.links().backlinks()));
            }
        });
    }
}
