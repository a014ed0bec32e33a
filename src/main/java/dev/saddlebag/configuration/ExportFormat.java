package dev.saddlebag.configuration;

/** What Notion writes the pages of an export as. */
public enum ExportFormat {
    /** Markdown, and CSV for databases. */
    MARKDOWN,
    /** HTML, which also shows comments. */
    HTML;

    /** The format as Notion calls it; in capitals its task fails (facts/notion-export.md §1.3). */
    public String word() {
        return Types.word(this);
    }
}
