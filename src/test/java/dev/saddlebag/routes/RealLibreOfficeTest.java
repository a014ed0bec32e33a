package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.RealServers;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What somebody sees who opens a table of a snapshot in LibreOffice. */
class RealLibreOfficeTest {
    private static final String TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static final String OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    @TempDir
    Path folder;

    private record Cell(String type, String formula, String text) {}

    /** What a spreadsheet would compute, and what it could break in other ways. */
    private static final List<String> HOSTILE = List.of(
            "=1+1",
            "=HYPERLINK(\"http://evil.example\";\"x\")",
            "+1",
            "-1+2",
            "@SUM(A1)",
            "'quoted",
            "＝1+1",
            "semi;colon, comma \"quoted\"",
            "two\nlines",
            "Zoë 日本 🎒");

    @Test
    void the_tables_of_a_snapshot_open_whole_and_nothing_in_them_is_computed() throws Exception {
        RealServers.require("soffice");
        SampleWorkspace workspace = SampleWorkspace.of(1, 240);
        String dataSource = workspace.dataSources().get(0);
        HOSTILE.forEach(title -> workspace.addRow(dataSource, title));
        Path export;
        try (Lab lab = new Lab(folder.resolve("lab"), workspace, Behaviour.standard()).readable()) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            export = lab.export("export");
        }
        List<Path> tables;
        try (Stream<Path> files = Files.walk(export.resolve("pages"))) {
            tables = files.filter(file -> file.toString().endsWith(".csv")).toList();
        }
        assertThat(tables).hasSizeGreaterThan(8);
        List<Cell> all = new ArrayList<>();
        for (Path table : tables) {
            List<CSVRecord> records = CSVFormat.RFC4180
                    .parse(new StringReader(Files.readString(table).substring(1)))
                    .getRecords();

            List<List<Cell>> opened = open(table);

            assertThat(opened).as("%s", table).hasSize(records.size());
            assertThat(opened.get(0).stream().map(Cell::text))
                    .as("%s", table)
                    .containsExactlyElementsOf(records.get(0).toList());
            opened.forEach(all::addAll);
        }

        assertThat(all).extracting(Cell::formula).containsOnly("");
        for (String title : HOSTILE) {
            String guard = "=+-@＝'".indexOf(title.charAt(0)) < 0 ? "" : "'";
            assertThat(all)
                    .as(title)
                    .filteredOn(cell -> cell.text().equals(guard + title))
                    .isNotEmpty()
                    .allMatch(cell -> cell.type().equals("string"));
        }
        assertThat(all).extracting(Cell::type).contains("float", "date");
    }

    private List<List<Cell>> open(Path csv) throws Exception {
        RealServers.run(
                folder.resolve("soffice.log"),
                "soffice",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                // What its dialog proposes for such a file; without a dialog it takes every file for one of Windows.
                "--infilter=CSV:44,34,UTF8",
                "--convert-to",
                "fods",
                "--outdir",
                folder.toString(),
                csv.toString());
        Path sheet = folder.resolve(csv.getFileName().toString().replaceFirst("\\.csv$", ".fods"));
        List<List<Cell>> rows = rows(sheet);
        Files.delete(sheet);
        return rows;
    }

    private static List<List<Cell>> rows(Path fods) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        NodeList rows = factory.newDocumentBuilder().parse(fods.toFile()).getElementsByTagNameNS(TABLE, "table-row");
        List<List<Cell>> read = new ArrayList<>();
        for (int i = 0; i < rows.getLength(); i++) {
            List<Cell> cells = cells((Element) rows.item(i));
            if (!cells.isEmpty()) {
                read.add(cells);
            }
        }
        return read;
    }

    private static List<Cell> cells(Element row) {
        List<Cell> cells = new ArrayList<>();
        NodeList all = row.getElementsByTagNameNS(TABLE, "table-cell");
        int filled = 0;
        for (int i = 0; i < all.getLength(); i++) {
            Element cell = (Element) all.item(i);
            String repeated = cell.getAttributeNS(TABLE, "number-columns-repeated");
            String type = cell.getAttributeNS(OFFICE, "value-type");
            int times = repeated.isEmpty() ? 1 : Integer.parseInt(repeated);
            for (int j = 0; j < times && j < 100; j++) {
                cells.add(new Cell(type, cell.getAttributeNS(TABLE, "formula"), text(cell)));
            }
            filled = type.isEmpty() ? filled : cells.size();
        }
        return cells.subList(0, filled);
    }

    private static String text(Element cell) {
        List<String> lines = new ArrayList<>();
        NodeList paragraphs = cell.getElementsByTagNameNS(TEXT, "p");
        for (int i = 0; i < paragraphs.getLength(); i++) {
            lines.add(paragraphs.item(i).getTextContent());
        }
        return String.join("\n", lines);
    }
}
