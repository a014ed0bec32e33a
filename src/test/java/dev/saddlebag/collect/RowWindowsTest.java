package dev.saddlebag.collect;

import static dev.saddlebag.collect.FileLinkTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** All rows of a data source come, although one query gives only so many; or a gap says which do not. */
class RowWindowsTest {
    private static final String NO_SCHEMA = "{'Name':{'id':'title','type':'title','title':{}}}";
    private static final String CHECKBOX = "'Done':{'id':'c%3A1','type':'checkbox','checkbox':{}}";
    private static final String SELECT = "'Size':{'id':'s','type':'select','select':{'options':["
            + "{'id':'1','name':'small'},{'id':'2','name':'it\\u0027s big'}]}}";
    private static final String STATUS =
            "'State':{'id':'t','type':'status','status':{'options':[{'id':'1','name':'open'}],'groups':[]}}";

    private final List<Gap> gaps = new ArrayList<>();
    private final List<Integer> shown = new ArrayList<>();
    private int requests;

    @Test
    void a_data_source_that_one_query_gives_whole_is_asked_once() throws Exception {
        var rows = new CappedRows(250).add(250, 1);
        read(rows, NO_SCHEMA);

        assertThat(shown).hasSize(250).doesNotHaveDuplicates();
        assertThat(rows.queries()).containsExactly("");
        assertThat(requests).isEqualTo(3);
        assertThat(gaps).isEmpty();
    }

    @Test
    void an_empty_data_source_is_asked_once() throws Exception {
        var rows = new CappedRows(10);
        read(rows, NO_SCHEMA);

        assertThat(rows.queries()).containsExactly("");
        assertThat(gaps).isEmpty();
    }

    @Test
    void each_further_query_begins_with_the_minute_in_which_the_one_before_ended() throws Exception {
        var rows = new CappedRows(10).add(6, 1).add(6, 2).add(6, 3).add(6, 4);
        read(rows, NO_SCHEMA);

        assertThat(shown).containsAll(numbers(24));
        assertThat(gaps).isEmpty();
        assertThat(rows.queries()).containsExactly("", from(2), from(3), from(4));
    }

    @Test
    void a_minute_with_more_rows_than_a_query_gives_is_read_in_parts() throws Exception {
        var rows = new CappedRows(10).add(3, 1);
        IntStream.range(0, 8).forEach(i -> rows.add(2, Map.of("c%3A1", "true")));
        IntStream.range(0, 9).forEach(i -> rows.add(2, Map.of()));
        rows.add(4, 3);
        read(rows, "{" + CHECKBOX + "}");

        assertThat(shown).containsAll(numbers(24));
        assertThat(gaps).isEmpty();
        assertThat(rows.queries())
                .contains(
                        and("{'property':'c%3A1','checkbox':{'equals':true}}", at(2)),
                        and("{'property':'c%3A1','checkbox':{'equals':false}}", at(2)),
                        from(3).replace(".000Z", "Z"));
    }

    @Test
    void a_part_that_is_still_too_large_is_parted_by_the_next_property() throws Exception {
        var rows = new CappedRows(4);
        for (String size : new String[] {"small", "it's big", null}) {
            for (String state : new String[] {"open", null}) {
                for (int i = 0; i < 4; i++) {
                    Map<String, String> values = new HashMap<>();
                    values.put("s", size);
                    values.put("t", state);
                    rows.add(2, values);
                }
            }
        }
        rows.add(1, 5);
        read(rows, "{" + SELECT + "," + STATUS + "}");

        assertThat(shown).containsAll(numbers(25));
        assertThat(gaps).isEmpty();
        assertThat(rows.queries())
                .contains(and(
                        "{'property':'s','select':{'equals':'small'}}",
                        "{'property':'t','status':{'is_empty':true}}",
                        at(2)));
    }

    @Test
    void where_no_property_tells_rows_apart_a_gap_names_the_minute_and_the_later_ones_are_read() throws Exception {
        var rows = new CappedRows(5).add(2, 1).add(9, 2).add(4, 3).add(4, 9);
        read(rows, NO_SCHEMA);

        assertThat(shown).containsAll(rows.of(1)).containsAll(rows.of(3)).containsAll(rows.of(9));
        assertThat(gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason()).isEqualTo(Gap.Reason.FAILED))
                .satisfies(gap -> assertThat(gap.object()).isEqualTo("data_source"))
                .satisfies(gap -> assertThat(gap.id()).isEqualTo("ds"))
                .satisfies(gap -> assertThat(gap.explanation()).contains(CappedRows.time(2)));
    }

    @Test
    void a_part_that_cannot_be_parted_further_is_a_gap_and_the_other_part_is_read() throws Exception {
        var rows = new CappedRows(5).add(4, 2);
        IntStream.range(0, 9).forEach(i -> rows.add(2, Map.of("c%3A1", "true")));
        rows.add(1, 3);
        read(rows, "{" + CHECKBOX + "}");

        assertThat(shown).containsAll(rows.of(3)).contains(0, 1, 2, 3);
        assertThat(gaps).hasSize(1);
    }

    @Test
    void a_choice_without_options_and_a_property_with_too_many_values_part_nothing() throws Exception {
        var rows = new CappedRows(2).add(3, 1);
        read(
                rows,
                "{'A':{'id':'a','type':'select','select':{'options':[]}},"
                        + "'B':{'id':'b','type':'number','number':{}},"
                        + "'C':{'id':'c','type':'multi_select','multi_select':{'options':[{'name':'x'},{'name':'y'}]}}}");

        assertThat(rows.queries()).noneMatch(query -> query.contains("property"));
        assertThat(gaps).hasSize(1);
    }

    @Test
    void the_filter_of_the_query_holds_in_every_window() throws Exception {
        var rows = new CappedRows(5).add(4, 1).add(4, 2).add(9, 3);
        Optional<ObjectNode> edited = Optional.of(RowWindows.onOrAfter("last_edited_time", "2026-11-19T00:00:00Z"));
        read(rows, "{" + CHECKBOX + "}", RowWindows.query("ds", true, edited));

        String filter = "{'timestamp':'last_edited_time','last_edited_time':{'on_or_after':'2026-11-19T00:00:00Z'}}";
        assertThat(rows.queries())
                .startsWith(plain(filter), and(filter, quoted(from(2))), and(filter, quoted(from(3))))
                .contains(and(filter, "{'property':'c%3A1','checkbox':{'equals':true}}", at(3)));
    }

    @Test
    void a_window_that_is_begun_again_gives_the_same_rows() throws Exception {
        var rows = new CappedRows(150).add(120, 1).add(120, 2).add(100, 3);
        Reading reading = reading(NO_SCHEMA, RowWindows.query("ds", false, Optional.empty()));
        int lost = 0;
        while (reading.isOpen()) {
            if (reading.request().cursor().isPresent() && lost < 3) {
                lost++;
                reading.prepareForNextAttempt(Refusal.cursorLost());
            }
            reading.accept(rows.answer(reading.request()));
        }

        assertThat(lost).isEqualTo(3);
        assertThat(shown).containsAll(numbers(340));
        assertThat(gaps).isEmpty();
    }

    @Property(tries = 400)
    void every_row_comes_or_a_gap_names_its_minute(
            @ForAll @Size(max = 8) List<@IntRange(max = 9) Integer> rowsOfMinutes,
            @ForAll @IntRange(min = 1, max = 8) int cap,
            @ForAll @IntRange(max = 7) int properties,
            @ForAll long seed)
            throws Exception {
        gaps.clear();
        shown.clear();
        requests = 0;
        var random = new Random(seed);
        var rows = new CappedRows(cap);
        for (int minute = 0; minute < rowsOfMinutes.size(); minute++) {
            for (int row = 0; row < rowsOfMinutes.get(minute); row++) {
                Map<String, String> values = new HashMap<>();
                values.put("c%3A1", random.nextBoolean() ? "true" : "false");
                values.put("s", oneOf(random, "small", "it's big", null));
                values.put("t", oneOf(random, "open", null));
                rows.add(minute * 3, values);
            }
        }
        List<String> schema = new ArrayList<>();
        for (int bit = 0; bit < 3; bit++) {
            if ((properties >> bit & 1) == 1) {
                schema.add(List.of(CHECKBOX, SELECT, STATUS).get(bit));
            }
        }
        read(rows, "{" + String.join(",", schema) + "}");

        String named = gaps.stream().map(Gap::explanation).collect(Collectors.joining("\n"));
        assertThat(rows.rows()).allMatch(row -> shown.contains(row.number()) || named.contains(row.created()));
        // A gap is named for a good reason only: more rows than a query gives that are alike in every property.
        if (properties == 7) {
            boolean tooManyAlike = rows.rows().stream()
                    .collect(Collectors.groupingBy(row -> row.minute() + " " + row.values(), Collectors.counting()))
                    .values()
                    .stream()
                    .anyMatch(count -> count > cap);
            assertThat(gaps.isEmpty()).isEqualTo(!tooManyAlike);
        }
    }

    private static String oneOf(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private void read(CappedRows rows, String schema) throws Exception {
        read(rows, schema, RowWindows.query("ds", false, Optional.empty()));
    }

    private void read(CappedRows rows, String schema, NotionRequest query) throws Exception {
        Reading reading = reading(schema, query);
        while (reading.isOpen()) {
            assertThat(reading.request().path()).isEqualTo("/v1/data_sources/ds/query");
            assertThat(reading.request().content().path("is_archived"))
                    .isEqualTo(query.content().path("is_archived"));
            reading.accept(rows.answer(reading.request()));
            requests++;
            assertThat(requests).isLessThan(2000);
        }
    }

    private Reading reading(String schema, NotionRequest query) throws Exception {
        var subject = new Subject("data_source", "ds", gaps::add);
        return Reading.list(
                subject,
                query,
                answer -> answer.path("results")
                        .forEach(row -> shown.add(row.path("id").asInt())),
                new RowWindows(subject, query, json(schema)));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static String from(int minute) throws Exception {
        return plain("{'timestamp':'created_time','created_time':{'on_or_after':'" + CappedRows.time(minute) + "'}}");
    }

    private static String at(int minute) {
        return "{'timestamp':'created_time','created_time':{'equals':'" + CappedRows.time(minute) + "'}}";
    }

    private static String and(String... conditions) throws Exception {
        return plain("{'and':[" + String.join(",", conditions) + "]}");
    }

    private static String quoted(String json) {
        return json.replace('"', '\'');
    }

    private static String plain(String quoted) throws Exception {
        return Json.MAPPER.readTree(quoted.replace('\'', '"')).toString();
    }
}
