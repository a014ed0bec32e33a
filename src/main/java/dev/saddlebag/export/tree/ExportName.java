package dev.saddlebag.export.tree;

import dev.saddlebag.notion.NotionId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a page or a table in an export (facts/notion-export.md §2.4).
 *
 * @param title as much of the title as the name has; may be empty
 * @param id the id that the name ends with, dashed
 * @param all whether the table has all rows and columns, and not those of one view
 * @param ending {@code md}, {@code html} or {@code csv}
 */
record ExportName(String title, String id, boolean all, String ending) {
    private static final Pattern FORM = Pattern.compile("(?:(.*) )?([0-9a-f]{32})(_all)?\\.(md|html|csv)");

    /** What the name of a file says; nothing when it is that of an attachment. */
    static Optional<ExportName> of(String path) {
        Matcher found = FORM.matcher(fileName(path));
        if (!found.matches()) {
            return Optional.empty();
        }
        String title = found.group(1) == null ? "" : found.group(1);
        return Optional.of(
                new ExportName(title, NotionId.dashed(found.group(2)), found.group(3) != null, found.group(4)));
    }

    boolean isTable() {
        return ending.equals("csv");
    }

    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The folder that a file lies in; empty for the root. */
    static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
