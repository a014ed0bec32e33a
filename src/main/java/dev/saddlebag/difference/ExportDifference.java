package dev.saddlebag.difference;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;

/** Compares two states of a page or a table as Notion exported them. */
final class ExportDifference {
    private ExportDifference() {}

    /** @param path of the newer one, whose ending says what both are */
    static Detail between(String path, String before, String after) {
        if (path.endsWith(".csv")) {
            return new Detail(List.of(), columns(before, after), List.of());
        }
        boolean html = path.endsWith(".html");
        return new Detail(
                List.of(), List.of(), TextDifference.between(html ? text(before) : before, html ? text(after) : after));
    }

    /** The rows of a table are pages, which are compared by themselves. */
    private static List<SchemaChange> columns(String before, String after) {
        List<String> old = header(before);
        List<String> now = header(after);
        List<SchemaChange> changes = new ArrayList<>();
        now.stream()
                .filter(column -> !old.contains(column))
                .forEach(column -> changes.add(new SchemaChange("added", column, "", "")));
        old.stream()
                .filter(column -> !now.contains(column))
                .forEach(column -> changes.add(new SchemaChange("removed", column, "", "")));
        return changes;
    }

    private static List<String> header(String table) {
        String text = table.startsWith("\uFEFF") ? table.substring(1) : table;
        try (CSVParser records = CSVParser.parse(new StringReader(text), CSVFormat.RFC4180)) {
            var all = records.iterator();
            CSVRecord header = all.hasNext() ? all.next() : null;
            return header == null ? List.of() : header.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The first line of a table cannot be read", unreadable);
        }
    }

    private static String text(String html) {
        return Jsoup.parse(html)
                .body()
                .wholeText()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
