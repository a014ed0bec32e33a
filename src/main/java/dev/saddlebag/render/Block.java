package dev.saddlebag.render;

import java.util.List;

/** A block of a page (facts/notion-api.md §3.7). */
public sealed interface Block {
    /** Dashed and lower-case. */
    String id();

    /** What stands below it. */
    default List<Block> children() {
        return List.of();
    }

    /** Calls what fits. */
    void accept(Visitor visitor);

    /** One method for each kind of block. */
    interface Visitor {
        void visit(Paragraph block);

        void visit(Heading block);

        void visit(Bullet block);

        void visit(Numbered block);

        void visit(ToDo block);

        void visit(Toggle block);

        void visit(Template block);

        void visit(Quote block);

        void visit(Callout block);

        void visit(Code block);

        void visit(Equation block);

        void visit(Divider block);

        void visit(Breadcrumb block);

        void visit(Contents block);

        void visit(Columns block);

        void visit(Column block);

        void visit(Tabs block);

        void visit(Tab block);

        void visit(Table block);

        void visit(Media block);

        void visit(WebLink block);

        void visit(ObjectLink block);

        void visit(Synced block);

        void visit(Meeting block);

        void visit(Withheld block);

        void visit(Unknown block);
    }

    /** A paragraph; what is indented below it are its children. */
    record Paragraph(String id, Text text, Icon icon, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A heading; what it folds away are its children. */
    record Heading(String id, int level, Text text, boolean isToggle, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An item of a bulleted list. */
    record Bullet(String id, Text text, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * An item of a numbered list.
     *
     * @param start the number that Notion makes the list begin with here; 0 for the next one
     * @param format {@code numbers}, {@code letters}, {@code roman}, or empty
     */
    record Numbered(String id, Text text, int start, String format, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Something to be done. */
    record ToDo(String id, Text text, boolean isDone, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A line that folds away its children. */
    record Toggle(String id, Text text, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A button of older pages that makes copies of its children. */
    record Template(String id, Text text, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A quotation. */
    record Quote(String id, Text text, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A box with an icon. */
    record Callout(String id, Text text, Icon icon, String color, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * Source text.
     *
     * @param language Notion's name of it
     */
    record Code(String id, String code, String language, Text caption) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A formula in TeX on a line of its own. */
    record Equation(String id, String expression) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A line across the page. */
    record Divider(String id) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The way to the page, from above. */
    record Breadcrumb(String id) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The table of contents of the page. */
    record Contents(String id) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Blocks side by side: the children are {@link Column}s. */
    record Columns(String id, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * One of several columns.
     *
     * @param width the share of the whole, as Notion says it, or empty
     */
    record Column(String id, String width, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Blocks behind each other: the children are {@link Tab}s. */
    record Tabs(String id, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** One of several tabs. */
    record Tab(String id, Text label, Icon icon, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A table without types. */
    record Table(String id, boolean hasHeaderRow, boolean hasHeaderColumn, List<List<Text>> rows) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A picture, a recording, a file.
     *
     * @param type Notion's word: {@code image}, {@code video}, {@code audio}, {@code pdf}, {@code file} or {@code embed}
     */
    record Media(String id, String type, NamedFile file, Text caption) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A link on a line of its own.
     *
     * @param type Notion's word: {@code bookmark}, {@code embed} or {@code link_preview}
     */
    record WebLink(String id, String type, Link link, Text caption) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A link to another object, or the place where a page or database below this one stands.
     *
     * @param type Notion's word: {@code child_page}, {@code child_database} or {@code link_to_page}
     * @param kind {@code page}, {@code database} or {@code comment}
     */
    record ObjectLink(String id, String type, String kind, String object, String title) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * Blocks that are shown in several places.
     *
     * @param original the id of the block whose children a copy shows; empty for the original itself
     */
    record Synced(String id, String original, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Notes of a meeting: the children are summary, notes and transcript. */
    record Meeting(
            String id,
            Text title,
            String status,
            String start,
            String end,
            List<Person> attendees,
            List<Block> children)
            implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A block that Notion does not give out. */
    record Withheld(String id, String type) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A block of a type that this version does not know. */
    record Unknown(String id, String type, Text text, List<Block> children) implements Block {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}
