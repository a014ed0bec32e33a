package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The {@code index.html} of an export of a whole workspace (facts/notion-export.md §2.7), written along with the pages. */
final class ExportIndex {
    private static final String TABS = "\n\t\t\t\t\t";

    private final Writer out;
    private final boolean flat;
    private final Deque<Boolean> shown = new ArrayDeque<>();

    ExportIndex(Writer out, boolean flat) {
        this.out = out;
        this.flat = flat;
    }

    void begin(String title, String spaceId, String spaceName) throws IOException {
        out.write("<!DOCTYPE html><html><head>" + TABS + "\t<title>" + title + "</title>" + TABS
                + "</head>\n\t\t\t\t<body>"
                + TABS + "<ul id=\"id::" + spaceId + "\"><li><h3>Workspace details:</h3><p>Workspace identifier: "
                + spaceId + "</p><p>Workspace name: " + escape(spaceName) + "</p></li>");
    }

    /** Enters a page and does not show it. */
    void hide() {
        shown.push(false);
    }

    void page(String id, String path) throws IOException {
        shown.push(true);
        out.write("<li><ul id=\"id::" + id + "\"><a href=\"" + escape((flat ? "./" : "") + path) + "\">"
                + escape(name(path)) + "</a>");
    }

    /** A database is listed twice: its table, which leads to Notion, and what is in it, without a link. */
    void database(String id, String csv, boolean inline) throws IOException {
        shown.push(true);
        out.write("<li><ul id=\"id::" + id + ".csv\"><a href=\"https://www.notion.so/" + ExportNames.hex(id) + "\">"
                + escape(name(csv)) + "</a></ul></li>");
        String name = name(csv).replaceFirst("\\.csv$", "");
        out.write("<li><ul id=\"id::" + id + "\"><a>" + escape(name) + (inline ? " (Inline database)" : "") + "</a>");
    }

    void leave() throws IOException {
        if (shown.pop()) {
            out.write("</ul></li>");
        }
    }

    void end() throws IOException {
        out.write("</ul>\n\t\t\t\t\n\t\t\t\t</body></html>");
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#x27;");
    }
}
