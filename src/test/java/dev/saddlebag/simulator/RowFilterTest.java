package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every filter must let through exactly the rows whose own values say so. */
class RowFilterTest {
    private static NotionSimulator notion;
    private static SimulatorClient client;
    private static String query;
    private static List<JsonNode> rows;

    @BeforeAll
    static void start() {
        SampleWorkspace workspace = SampleWorkspace.of(11, 1_000);
        String source = workspace.dataSources().get(0);
        ObjectNode other = Json.MAPPER.createObjectNode().put("id", "x").put("name", "Made by hand");
        workspace.editProperty(
                workspace.rows(source).get(20), "Choice", other, SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        notion = NotionSimulator.start(workspace, Behaviour.standard());
        client = new SimulatorClient(notion);
        query = "/v1/data_sources/" + source + "/query";
        rows = new ArrayList<>();
        client.all(query, Json.MAPPER.createObjectNode()).forEach(rows::add);
    }

    @AfterAll
    static void stop() {
        notion.close();
    }

    /** A body with a filter, written with single quotes. */
    private static ObjectNode filtered(String filter) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree("{\"filter\": " + filter.replace('\'', '"') + "}");
    }

    private static Set<String> ids(Iterable<JsonNode> pages) {
        Set<String> ids = new HashSet<>();
        pages.forEach(page -> ids.add(page.get("id").asText()));
        return ids;
    }

    private static void finds(String filter, Predicate<JsonNode> properties) throws IOException {
        Set<String> expected = ids(rows.stream()
                .filter(row -> properties.test(row.get("properties")))
                .toList());
        assertThat(ids(client.all(query, filtered(filter)))).isEqualTo(expected);
        assertThat(expected.size()).as(filter).isBetween(1, rows.size() - 1);
    }

    private static Predicate<JsonNode> option(String pointer, String name) {
        return properties -> properties.at(pointer + "/name").asText("").equals(name);
    }

    @Test
    void options_are_told_by_name_and_by_being_empty() throws IOException {
        finds(
                "{'property': 'Choice', 'select': {'equals': 'Gamma / delta'}}",
                option("/Choice/select", "Gamma / delta"));
        finds("{'property': 'Choice', 'select': {'equals': 'Made by hand'}}", option("/Choice/select", "Made by hand"));
        finds(
                "{'property': 'Choice', 'select': {'is_empty': true}}",
                properties -> properties.at("/Choice/select").isNull());
        finds("{'property': 'State', 'type': 'status', 'status': {'equals': 'Done'}}", option("/State/status", "Done"));
        assertThat(client.all(query, filtered("{'property': 'State', 'status': {'is_empty': true}}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checkboxes_are_told_by_their_state(boolean state) throws IOException {
        finds(
                "{'property': 'Done?', 'checkbox': {'equals': " + state + "}}",
                properties -> properties.at("/Done?/checkbox").asBoolean() == state);
    }

    @ParameterizedTest
    @CsvSource({
        "equals, 0, 0",
        "greater_than, 1, 1000000",
        "greater_than_or_equal_to, 0, 1000000",
        "less_than, -1000000, -1",
        "less_than_or_equal_to, -1000000, 0"
    })
    void numbers_of_rows_are_compared(String operator, int least, int most) throws IOException {
        int bound = rows.get(30).at("/properties/ID/unique_id/number").asInt();
        finds("{'property': 'ID', 'unique_id': {'" + operator + "': " + bound + "}}", properties -> {
            int number = properties.at("/ID/unique_id/number").asInt();
            return number >= bound + least && number <= bound + most;
        });
    }

    @Test
    void a_property_is_named_by_its_id_in_either_spelling_too() throws IOException {
        Property choice = notion.workspace().content().databases().columns(0).stream()
                .filter(column -> column.name().equals("Choice"))
                .findFirst()
                .orElseThrow();
        for (String name : List.of(choice.id(), choice.rawId())) {
            ObjectNode body = filtered("{'select': {'equals': 'Alpha'}}");
            ((ObjectNode) body.get("filter")).put("property", name);
            assertThat(ids(client.all(query, body)))
                    .isEqualTo(
                            ids(client.all(query, filtered("{'property': 'Choice', 'select': {'equals': 'Alpha'}}"))))
                    .isNotEmpty();
        }
    }

    @Test
    void compounds_nest_two_levels_deep() throws IOException {
        String alpha = "{'property': 'Choice', 'select': {'equals': 'Alpha'}}";
        String beta = "{'property': 'Choice', 'select': {'equals': 'Beta'}}";
        String done = "{'property': 'State', 'status': {'equals': 'Done'}}";
        finds(
                "{'and': [" + done + ", {'or': [" + alpha + "," + beta + "]}]}",
                option("/State/status", "Done")
                        .and(option("/Choice/select", "Alpha").or(option("/Choice/select", "Beta"))));
        String created = rows.get(rows.size() / 2).get("created_time").asText();
        String later = "{'timestamp': 'created_time', 'created_time': {'on_or_after': '" + created + "'}}";
        Set<String> expected = ids(rows.stream()
                .filter(row -> row.get("created_time").asText().compareTo(created) >= 0)
                .filter(row -> option("/State/status", "Done").test(row.get("properties")))
                .toList());
        assertThat(ids(client.all(query, filtered("{'and': [" + done + "," + later + "]}"))))
                .isEqualTo(expected)
                .isNotEmpty();
        refused("{'and': [{'or': [{'and': [" + done + "]}]}]}", "two levels");
    }

    @Test
    void the_parts_of_a_select_are_the_whole() throws IOException {
        Set<String> met =
                new HashSet<>(ids(client.all(query, filtered("{'property': 'Choice', 'select': {'is_empty': true}}"))));
        Set<String> names = new HashSet<>();
        rows.forEach(row -> names.add(row.at("/properties/Choice/select/name").asText("")));
        names.remove("");
        for (String name : names) {
            ObjectNode body = filtered("{'property': 'Choice', 'select': {}}");
            ((ObjectNode) body.at("/filter/select")).put("equals", name);
            Set<String> part = ids(client.all(query, body));
            assertThat(met).doesNotContainAnyElementsOf(part);
            met.addAll(part);
        }
        assertThat(met).isEqualTo(ids(rows));
    }

    private static void refused(String filter, String message) throws IOException {
        SimulatorClient.Answer answer = client.post(query, filtered(filter));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").asText()).isEqualTo("validation_error");
        assertThat(answer.body().get("message").asText()).contains(message);
    }

    @Test
    void a_filter_that_does_not_fit_is_refused() throws IOException {
        refused(
                "{'property': 'Nowhere', 'select': {'equals': 'Alpha'}}",
                "Could not find property with name or id: Nowhere");
        refused(
                "{'or': [{'property': 'Nowhere', 'checkbox': {'equals': true}}]}",
                "Could not find property with name or id: Nowhere");
        refused(
                "{'property': 'State', 'select': {'equals': 'Done'}}",
                "database property status does not match filter select");
        refused("{'property': 'Choice', 'select': {'contains': 'A'}}", "select.contains should be not present");
        refused("{'property': 'Choice', 'select': {'is_empty': false}}", "should be `true`");
        refused("{'property': 'Choice', 'select': {'equals': 5}}", "should be a string");
        refused("{'property': 'Done?', 'checkbox': {'equals': 'yes'}}", "should be a boolean");
        refused("{'property': 'Done?', 'checkbox': {'is_empty': true}}", "should be not present");
        refused("{'property': 'ID', 'unique_id': {'equals': 'one'}}", "should be a number");
        refused("{'property': 'ID', 'unique_id': {'between': 1}}", "should be not present");
        refused("{'property': 'Choice'}", "one condition");
        refused("{'property': 'Choice', 'select': {'equals': 'A', 'is_empty': true}}", "one condition");
    }

    @ParameterizedTest
    @CsvSource({
        "created_time, ascending",
        "created_time, descending",
        "last_edited_time, ascending",
        "last_edited_time, descending"
    })
    void rows_of_the_same_minute_keep_their_order(String timestamp, String direction) throws IOException {
        ObjectNode sorted = (ObjectNode) Json.MAPPER.readTree("{'sorts': [{'timestamp': '%s', 'direction': '%s'}]}"
                .formatted(timestamp, direction)
                .replace('\'', '"'));
        List<String> all = new ArrayList<>();
        client.all(query, sorted).forEach(row -> all.add(row.get("id").asText()));
        List<JsonNode> expected = new ArrayList<>(rows);
        expected.sort((one, other) -> {
            int order =
                    one.get(timestamp).asText().compareTo(other.get(timestamp).asText());
            return direction.equals("ascending") ? order : -order;
        });
        assertThat(all)
                .isEqualTo(expected.stream().map(row -> row.get("id").asText()).toList());
        assertThat(rows.stream().map(row -> row.get("created_time").asText()).distinct())
                .hasSizeLessThan(rows.size());
    }
}
