package dev.saddlebag.readable;

import dev.saddlebag.render.CsvTable;
import dev.saddlebag.render.Document;
import dev.saddlebag.render.Rendered;
import java.io.IOException;
import java.util.Map;

/** One CSV file for each data source, with all its rows. */
public final class CsvFormat implements Format {
    private static final String DATA_SOURCE = "data_source";

    @Override
    public Rendered serialise(Document document) {
        if (document.kind().equals(DATA_SOURCE)) {
            return new Rendered(CsvTable.columns(document), Map.of());
        }
        return document.parent().type().equals("data_source_id")
                ? new Rendered(CsvTable.row(document), Map.of())
                : Rendered.NOTHING;
    }

    @Override
    public void place(ReadableObject object) throws IOException {
        String columns = object.text();
        if (object.kind().equals(DATA_SOURCE) && !columns.isEmpty()) {
            CsvTable table = CsvTable.of(columns);
            object.write(".csv", out -> table.write(object.rows(), out, object.links()));
        }
    }
}
