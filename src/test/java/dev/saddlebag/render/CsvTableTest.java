package dev.saddlebag.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** What a table holds is what comes out of it, and nothing in it is computed. */
class CsvTableTest {
    private final ObjectNode schema = Json.MAPPER.createObjectNode();

    @Test
    void the_title_comes_first_and_the_id_of_the_row_is_there() throws IOException {
        column("Amount", "n", "number");
        column("Name", "title", "title");
        column("Who", "r", "relation");

        String csv = write(
                row(Map.of("title", "A, \"B\"\nC", "n", -5, "r", List.of(SampleLinks.PAGE, SampleLinks.DATABASE))));

        assertThat(csv.lines())
                .containsExactly(
                        "\uFEFFName,Amount,Who,notion-id,notion-url,notion-created",
                        "\"A, \"\"B\"\"",
                        "C\",-5,\"# New [title] | \"\"x\"\"; List\",row,https://n,2026");
        assertThat(csv).contains("created\r\n").endsWith("2026\r\n").doesNotContain("2027");
    }

    @Test
    void a_cell_that_would_be_computed_is_text() throws IOException {
        column("=Name", "title", "title");

        for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'quoted")) {
            List<CSVRecord> records = read(write(row(Map.of("title", formula))));

            assertThat(records.get(0).get(0)).isEqualTo("'=Name");
            assertThat(records.get(1).get(0)).isEqualTo("'" + formula);
        }
        assertThat(read(write(row(Map.of("title", "1=1")))).get(1).get(0)).isEqualTo("1=1");
    }

    @Property(tries = 300)
    void every_text_comes_back(@ForAll List<String> texts) throws IOException {
        schema.removeAll();
        column("Name", "title", "title");
        List<String> rows = new ArrayList<>();
        texts.forEach(text -> rows.add(row(Map.of("title", text))));

        List<CSVRecord> records = read(write(rows.toArray(String[]::new)));

        assertThat(records).hasSize(texts.size() + 1);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(CsvTable.unguarded(records.get(i + 1).get(0))).isEqualTo(StoredText.clean(texts.get(i)));
        }
    }

    @Test
    void rows_are_taken_one_by_one() throws IOException {
        column("Name", "title", "title");
        StringBuilder csv = new StringBuilder();
        List<Integer> lengths = new ArrayList<>();
        Iterator<String> rows = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lengths.size() < 1000;
            }

            @Override
            public String next() {
                lengths.add(csv.length());
                return row(Map.of("title", "x".repeat(50)));
            }
        };

        table().write(rows, csv, new SampleLinks(Map.of()));

        assertThat(lengths.get(999)).isGreaterThan(49_000);
    }

    private void column(String name, String id, String type) {
        schema.putObject(name).put("id", id).put("type", type).putObject(type);
    }

    private CsvTable table() throws IOException {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        stored.putObject("data_source").put("id", "source").set("properties", schema);
        return CsvTable.of(CsvTable.columns(new DocumentReader().read(stored)));
    }

    private String row(Map<String, Object> values) {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        ObjectNode page = stored.putObject("page").put("id", "row").put("url", "https://n");
        page.put("created_time", "2026").put("last_edited_time", "2027");
        ObjectNode properties = page.putObject("properties");
        schema.properties().forEach(column -> {
            String type = column.getValue().path("type").textValue();
            String id = column.getValue().path("id").textValue();
            ObjectNode property =
                    properties.putObject(column.getKey()).put("id", id).put("type", type);
            Object value = values.get(id);
            if (value instanceof Integer number) {
                property.put(type, number);
            } else if (value instanceof List<?> ids) {
                ArrayNode relation = property.putArray(type);
                ids.forEach(target -> relation.addObject().put("id", target.toString()));
            } else {
                property.putArray(type).addObject().put("type", "text").put("plain_text", value.toString());
            }
        });
        return CsvTable.row(new DocumentReader().read(stored));
    }

    private String write(String... rows) throws IOException {
        StringBuilder csv = new StringBuilder();
        table().write(List.of(rows).iterator(), csv, new SampleLinks(Map.of()));
        return csv.toString();
    }

    private static List<CSVRecord> read(String csv) throws IOException {
        assertThat(csv).startsWith("\uFEFF");
        return CSVFormat.RFC4180.parse(new StringReader(csv.substring(1))).getRecords();
    }
}
