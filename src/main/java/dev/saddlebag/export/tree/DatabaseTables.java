package dev.saddlebag.export.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The readable tables of databases: as exported, with relations as titles, files as links to the snapshot's, and a column
 * with the id of each row's page. Values are kept as they are: one that a spreadsheet takes for a formula is not altered.
 */
final class DatabaseTables {
    private static final Pattern RELATION =
            Pattern.compile(" ?\\(([^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)*[0-9a-f]{32}(?:_all)?\\.(?:md|html|csv))\\)");
    private static final Pattern ADDRESS = Pattern.compile("\\S*(%[0-9A-Fa-f]{2}|/|\\.)\\S*");

    private final Links links;
    private final MarkdownLinks.Met met;
    private final UnaryOperator<String> titles;

    DatabaseTables(Links links, MarkdownLinks.Met met, UnaryOperator<String> titles) {
        this.links = links;
        this.met = met;
        this.titles = titles;
    }

    /**
     * Writes one table.
     *
     * @param source its path in the export
     * @param path its path in the snapshot
     */
    void write(Path table, String source, String path, Path target, Rows rows) throws IOException {
        // Addresses start from the folder around the one that the table lies in (facts/notion-export.md §2.6).
        String folder = ExportName.folder(source);
        List<String> bases = List.of(ExportName.folder(folder), folder, "");
        try (CSVPrinter out = Tables.writer(target)) {
            Tables.read(table, (number, record) -> {
                if (number == 0) {
                    for (String name : record) {
                        out.print(name);
                    }
                    out.print(idColumn(record));
                } else {
                    for (int i = 0; i < record.size(); i++) {
                        out.print(i == 0 ? titles.apply(record.get(i)) : cell(record.get(i), bases, path));
                    }
                    String id = rows.ids().get((int) number);
                    out.print(id == null ? "" : id);
                }
                out.println();
            });
        }
    }

    private static String idColumn(CSVRecord names) {
        List<String> taken = names.stream().toList();
        String name = "id";
        while (taken.contains(name)) {
            name = "Notion " + name;
        }
        return name;
    }

    private String cell(String value, List<String> bases, String path) {
        Matcher relation = RELATION.matcher(value);
        if (!relation.find()) {
            return files(value, bases, path);
        }
        StringBuilder plain = new StringBuilder();
        int done = 0;
        do {
            met.link(link(relation.group(1), bases, path));
            plain.append(titles.apply(value.substring(done, relation.start())));
            done = relation.end();
        } while (relation.find());
        return plain.append(value.substring(done)).toString();
    }

    private Link link(String address, List<String> bases, String path) {
        Link first = links.of(bases.get(0), path, address);
        for (int i = 1; i < bases.size() && !first.isLocal(); i++) {
            Link other = links.of(bases.get(i), path, address);
            first = other.isLocal() ? other : first;
        }
        return first;
    }

    /** A list of files and web addresses is one only when all files are there, or lie at Notion's host. */
    private String files(String value, List<String> bases, String path) {
        List<String> replaced = new ArrayList<>();
        List<Link> found = new ArrayList<>();
        for (String part : value.split(", ", -1)) {
            if (!ADDRESS.matcher(part).matches()) {
                return value;
            }
            Link link = link(part, bases, path);
            boolean file = link.what() == Link.What.FILE || link.what() == Link.What.LIVE;
            if (!file && !Links.isWeb(part)) {
                return value;
            }
            if (file) {
                found.add(link);
            }
            replaced.add(file ? link.replacement() : part);
        }
        found.forEach(met::link);
        return String.join(", ", replaced);
    }
}
