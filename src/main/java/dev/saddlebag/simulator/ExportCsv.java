package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables of an export: UTF-8 with a byte order mark, lines ended by CRLF but for the last (facts/notion-export.md §2.6). */
final class ExportCsv {
    /** So many columns the view shows that stands for every view. */
    private static final int IN_VIEW = 4;

    private final Content content;
    private final ExportTree tree;
    private final ExportSheet.Names names;

    ExportCsv(Content content, ExportTree tree, ExportSheet.Names names) {
        this.content = content;
        this.tree = tree;
        this.names = names;
    }

    /** Writes all of a data source, as the tables whose names end in {@code _all} have it. */
    void all(Plan.Source source, Plan.Database database, Writer out) throws IOException {
        write(columns(source), content.world().rows(source.index()), database, out);
    }

    /** Writes what a view shows: some columns, and no row that is archived. */
    void view(Plan.Source source, Plan.Database database, Writer out) throws IOException {
        IntStream rows = content.world()
                .rows(source.index())
                .filter(row -> !content.world().archived(row));
        write(columns(source).stream().limit(IN_VIEW).toList(), rows, database, out);
    }

    /** The columns with the title first. */
    List<Property> columns(Plan.Source source) {
        List<Property> columns = new ArrayList<>(content.databases().columns(source.index()));
        Property title = columns.remove(columns.size() - 1);
        columns.add(0, title);
        columns.removeIf(column -> column.type().equals("button"));
        return columns;
    }

    private void write(List<Property> columns, IntStream rows, Plan.Database database, Writer out) throws IOException {
        out.write('\uFEFF');
        out.write(columns.stream().map(column -> cell(column.name())).collect(Collectors.joining(",")));
        for (int row : (Iterable<Integer>) rows::iterator) {
            var values = new ExportValues(new ExportSheet(content, tree, names, row), tree.base(database));
            out.write("\r\n");
            out.write(columns.stream().map(values::of).map(ExportCsv::cell).collect(Collectors.joining(",")));
        }
    }

    private static String cell(String text) {
        boolean quoted = text.matches("(?s).*[\",\r\n].*") || text.startsWith(" ") || text.endsWith(" ");
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
