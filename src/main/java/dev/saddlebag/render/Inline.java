package dev.saddlebag.render;

/** One piece of rich text (facts/notion-api.md §3.6). */
public sealed interface Inline {
    Look look();

    /** The text without its looks. */
    String plain();

    /** Characters, all with the same look. */
    record Words(String text, Look look, Link link) implements Inline {
        @Override
        public String plain() {
            return text;
        }
    }

    /** A formula in TeX. */
    record Equation(String expression, Look look) implements Inline {
        @Override
        public String plain() {
            return expression;
        }
    }

    /** Somebody or something that the text names. */
    record Mention(Kind kind, String id, String text, Look look, Link link) implements Inline {
        /** What can be mentioned; {@code id} is set for people and objects only. */
        public enum Kind {
            USER,
            PAGE,
            DATABASE,
            DATA_SOURCE,
            DATE,
            LINK,
            TEMPLATE,
            EMOJI,
            UNKNOWN
        }

        @Override
        public String plain() {
            return text;
        }
    }
}
