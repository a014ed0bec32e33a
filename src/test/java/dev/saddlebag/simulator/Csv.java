package dev.saddlebag.simulator;

import java.util.ArrayList;
import java.util.List;

/** A reader of RFC 4180 that knows nothing of the writer. */
final class Csv {
    private Csv() {}

    static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (quoted) {
                if (unit != '"') {
                    cell.append(unit);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (unit == '"') {
                quoted = true;
            } else if (unit == ',') {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (unit == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                rows.add(row);
                row = new ArrayList<>();
            } else if (unit != '\r') {
                cell.append(unit);
            }
        }
        row.add(cell.toString());
        rows.add(row);
        return rows;
    }
}
