package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The rows of a data source as CSV (RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for something
 * else). The title comes first, then the other properties by their names, then what Notion itself says of a row.
 *
 * <p>A cell of text that a spreadsheet would compute gets an apostrophe before it, and so does one that begins with an
 * apostrophe. So {@link #unguarded} gives back every text as it was. Numbers, days and yes or no need none.
 */
public final class CsvTable {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String GUARD = "'";
    /** What makes a cell a formula, also in the wide forms that East Asian input gives. */
    private static final String COMPUTED = "=+-@\t\r\n＝＋－＠'";

    private static final List<String> ABOUT = List.of("notion-id", "notion-url", "notion-created");

    private final List<Column> columns;

    private record Column(String id, String name) {}

    private CsvTable(List<Column> columns) {
        this.columns = columns;
    }

    /** The columns of a data source as one line, of the form that {@link #of} takes. */
    public static String columns(Document dataSource) {
        ArrayNode columns = Json.MAPPER.createArrayNode();
        dataSource.properties().stream()
                .sorted(Comparator.comparing(
                        (Property property) -> !property.type().equals("title")))
                .forEach(
                        property -> columns.addObject().put("id", property.id()).put("name", property.name()));
        return columns.toString();
    }

    /** The table with these columns. */
    public static CsvTable of(String columns) throws IOException {
        List<Column> read = new ArrayList<>();
        for (JsonNode column : Json.MAPPER.readTree(columns)) {
            read.add(new Column(
                    column.path("id").textValue(), column.path("name").textValue()));
        }
        return new CsvTable(List.copyOf(read));
    }

    /** A row as one line, with {@link Placeholders}, of the form that {@link #write} takes. It depends on the page alone. */
    public static String row(Document page) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.putArray("about")
                .add(page.id())
                .add(page.address())
                .add(page.times().created());
        ObjectNode cells = row.putObject("cells");
        for (Property property : page.properties()) {
            CsvCell cell = CsvCell.of(property.value());
            cells.putObject(property.id()).put(cell.isTyped() ? "typed" : "text", cell.text());
        }
        return row.toString();
    }

    /** Writes the table; rows are taken one by one, in the order in which they come. */
    public void write(Iterator<String> rows, Appendable target, Links links) throws IOException {
        target.append(BYTE_ORDER_MARK);
        CSVPrinter printer = new CSVPrinter(target, CSVFormat.RFC4180);
        List<String> header = new ArrayList<>();
        columns.forEach(column -> header.add(guarded(column.name())));
        header.addAll(ABOUT);
        printer.printRecord(header);
        while (rows.hasNext()) {
            JsonNode row = Json.MAPPER.readTree(rows.next());
            List<String> record = new ArrayList<>();
            for (Column column : columns) {
                JsonNode cell = row.path("cells").path(column.id());
                record.add(
                        cell.has("typed")
                                ? cell.path("typed").textValue()
                                : guarded(Placeholders.resolve(cell.path("text").asText(""), links)));
            }
            row.path("about").forEach(known -> record.add(known.textValue()));
            printer.printRecord(record);
        }
        printer.flush();
    }

    private static String guarded(String text) {
        return !text.isEmpty() && COMPUTED.indexOf(text.charAt(0)) >= 0 ? GUARD + text : text;
    }

    /** The text of a cell as it was in Notion. */
    public static String unguarded(String cell) {
        return cell.startsWith(GUARD) ? cell.substring(GUARD.length()) : cell;
    }
}
