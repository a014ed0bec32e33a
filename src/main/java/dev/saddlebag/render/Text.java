package dev.saddlebag.render;

import java.util.ArrayList;
import java.util.List;

/** Rich text: its pieces in order, neighbours with the same look in one. */
public record Text(List<Inline> parts) {
    public static final Text EMPTY = new Text(List.of());

    public Text {
        parts = joined(parts);
    }

    /** A text without looks. */
    public static Text of(String words) {
        return new Text(List.of(new Inline.Words(words, Look.PLAIN, Link.NONE)));
    }

    /** Whether there is nothing to be seen in it. */
    public boolean isBlank() {
        return plain().isBlank();
    }

    /** The text without its looks. */
    public String plain() {
        StringBuilder plain = new StringBuilder();
        parts.forEach(part -> plain.append(part.plain()));
        return plain.toString();
    }

    private static List<Inline> joined(List<Inline> parts) {
        List<Inline> joined = new ArrayList<>();
        for (Inline part : parts) {
            int last = joined.size() - 1;
            if (part instanceof Inline.Words words
                    && last >= 0
                    && joined.get(last) instanceof Inline.Words before
                    && before.look().equals(words.look())
                    && before.link().equals(words.link())) {
                joined.set(last, new Inline.Words(before.text() + words.text(), words.look(), words.link()));
            } else if (!(part instanceof Inline.Words words && words.text().isEmpty())) {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }
}
