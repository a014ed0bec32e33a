package dev.saddlebag.readable;

import dev.saddlebag.render.Document;
import dev.saddlebag.render.Rendered;
import java.io.IOException;

/**
 * A form in which a snapshot can be read. A bean of this type whose name stands in {@code formats} writes its files into
 * each snapshot. It is called by many threads.
 */
public interface Format {
    /**
     * What is kept of an object. It may depend on the object alone: titles, paths and people of others stand in it as {@link
     * dev.saddlebag.render.Placeholders}.
     *
     * @return {@link Rendered#NOTHING} for an object that has no text in this form
     */
    Rendered serialise(Document document);

    /** Writes the files of an object, if there are any, of what was kept. */
    void place(ReadableObject object) throws IOException;
}
