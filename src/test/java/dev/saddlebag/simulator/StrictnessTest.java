package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test per trap of facts/notion-api.md that a client must not be spared. */
class StrictnessTest {
    private static NotionSimulator notion;
    private static SimulatorClient client;
    private static SampleWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = SampleWorkspace.of(11, 1_000);
        notion = NotionSimulator.start(workspace, Behaviour.standard());
        client = new SimulatorClient(notion);
    }

    @AfterAll
    static void stop() {
        notion.close();
    }

    private static ObjectNode body() {
        return Json.MAPPER.createObjectNode();
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(text);
    }

    private static void refused(SimulatorClient.Answer answer, int status, String code, String message) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("object").asText()).isEqualTo("error");
        assertThat(answer.body().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body().get("code").asText()).isEqualTo(code);
        assertThat(answer.body().get("message").asText()).contains(message);
        assertThat(answer.body().get("request_id").asText())
                .isEqualTo(answer.response()
                        .headers()
                        .firstValue("x-notion-request-id")
                        .orElseThrow());
    }

    private static List<String> each(JsonNode list, String key) {
        List<String> values = new ArrayList<>();
        list.forEach(entry -> values.add(entry.get(key).asText()));
        return values;
    }

    private static String showcase() {
        return workspace.standalonePages().get(1);
    }

    @Test
    void tokenAndVersionAreRequired() {
        HttpRequest.Builder bare = HttpRequest.newBuilder(URI.create(notion.baseUrl() + "/v1/users/me"));
        refused(client.send(bare.copy().build()), 401, "unauthorized", "API token is invalid.");
        HttpRequest.Builder authorized = bare.header("Authorization", "Bearer " + notion.token());
        refused(client.send(authorized.copy().build()), 400, "missing_version", "instead was `undefined`");
        refused(
                client.send(authorized.header("Notion-Version", "2026-03-12").build()),
                400,
                "missing_version",
                "2026-03-12");
    }

    @Test
    void unknownPathsMalformedIdsAndUnsharedObjectsAreToldApart() {
        refused(client.get("/v1/nothing"), 400, "invalid_request_url", "Invalid request URL.");
        refused(client.get("/v1/search"), 400, "invalid_request_url", "Invalid request URL.");
        refused(
                client.get("/v1/pages/12345678-1234-1234-1234-123456789abc"),
                400,
                "validation_error",
                "path failed validation: path.page_id should be a valid uuid, instead was"
                        + " `\"12345678-1234-1234-1234-123456789abc\"`.");
        String absent = "745e79dd-3e43-40de-9d51-39357c1c428f";
        refused(client.get("/v1/pages/" + absent), 404, "object_not_found", "Could not find page with ID: " + absent);
        String unshared = workspace.unsharedPages().get(0);
        SimulatorClient.Answer hidden = client.get("/v1/pages/" + unshared);
        refused(hidden, 404, "object_not_found", "Could not find page with ID: " + unshared);
        assertThat(hidden.body().at("/additional_data/integration_id").isTextual())
                .isTrue();
        refused(client.get("/v1/blocks/" + unshared + "/children"), 404, "object_not_found", "block with ID");
    }

    @Test
    void idsAreTakenWithoutDashesToo() {
        assertThat(client.good("/v1/pages/" + showcase().replace("-", ""))
                        .get("id")
                        .asText())
                .isEqualTo(showcase());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "many"})
    void pageSizesOutsideOneToAHundredAreRefused(String size) throws IOException {
        refused(client.get("/v1/users?page_size=" + size), 400, "validation_error", "query.page_size");
        String shown = size.equals("many") ? "\"many\"" : size;
        refused(
                client.post("/v1/search", json("{\"page_size\": " + shown + "}")),
                400,
                "validation_error",
                "body.page_size");
    }

    @Test
    void cursorsAreBoundToTheirList() throws IOException {
        JsonNode first = client.post("/v1/search", json("{\"page_size\": 5}")).body();
        String cursor = first.get("next_cursor").asText();
        assertThat(cursor).matches("s:[0-9a-f-]{36}:[0-9a-f-]{36}");
        ObjectNode next = body().put("start_cursor", cursor);
        assertThat(client.post("/v1/search", next).status()).isEqualTo(200);
        ObjectNode otherFilter = next.deepCopy();
        otherFilter.putObject("filter").put("property", "object").put("value", "page");
        refused(client.post("/v1/search", otherFilter), 400, "validation_error", "start_cursor provided is invalid");
        String source = workspace.dataSources().get(0);
        refused(
                client.post("/v1/data_sources/" + source + "/query", next),
                400,
                "validation_error",
                "start_cursor provided is invalid");
        try (var other = NotionSimulator.start(workspace, Behaviour.standard())) {
            refused(
                    new SimulatorClient(other).post("/v1/search", next),
                    400,
                    "validation_error",
                    "start_cursor provided is invalid");
        }
    }

    @Test
    void cursorsCanBeInvalidatedInTheMiddleOfAList() {
        JsonNode first = client.get("/v1/users?page_size=10").body();
        String next = "/v1/users?page_size=10&start_cursor="
                + first.get("next_cursor").asText();
        assertThat(client.get(next).status()).isEqualTo(200);
        notion.faults().invalidateCursors();
        refused(client.get(next), 400, "validation_error", "start_cursor provided is invalid");
    }

    @Test
    void blockCursorsArePlainIdsAndListsEnd() {
        String page = workspace.standalonePages().get(Plan.LONG);
        JsonNode first = client.get("/v1/blocks/" + page + "/children").body();
        assertThat(first.get("results")).hasSize(100);
        assertThat(first.get("next_cursor").asText()).matches("[0-9a-f-]{36}");
        assertThat(client.all("/v1/blocks/" + page + "/children").size()).isGreaterThan(200);
        refused(
                client.get("/v1/blocks/" + page + "/children?start_cursor=" + page),
                400,
                "validation_error",
                "start_cursor provided is invalid");
    }

    @Test
    void unsupportedBlocksAndSyncedCopiesHaveNoChildrenToList() {
        Set<String> refusals = new HashSet<>();
        for (JsonNode block : client.all("/v1/blocks/" + showcase() + "/children")) {
            String children = "/v1/blocks/" + block.get("id").asText() + "/children";
            if (block.has("unsupported")) {
                refused(client.get(children), 400, "validation_error", "is not supported via the API");
                refusals.add("unsupported " + block.get("has_children"));
            }
            if (block.path("synced_block").path("synced_from").isObject()) {
                assertThat(block.get("has_children").asBoolean()).isTrue();
                refused(client.get(children), 404, "object_not_found", "Could not find block with ID");
                refusals.add("copy");
            }
            if (block.has("child_database")) {
                refused(client.get(children), 404, "object_not_found", "Could not find block with ID");
            }
        }
        assertThat(refusals).containsExactlyInAnyOrder("unsupported true", "unsupported false", "copy");
    }

    @Test
    void linkedDatabasesAreRefusedInBothWays() {
        List<String> linked = workspace.linkedDatabases();
        refused(
                client.get("/v1/databases/" + linked.get(0)),
                400,
                "validation_error",
                "does not contain any data sources accessible by this API bot.");
        refused(client.get("/v1/databases/" + linked.get(1)), 404, "object_not_found", "Could not find database");
        JsonNode views =
                client.all("/v1/views?data_source_id=" + workspace.dataSources().get(0));
        Set<String> parents = new HashSet<>();
        for (JsonNode view : views) {
            SimulatorClient.Answer answer =
                    client.get("/v1/views/" + view.get("id").asText());
            if (answer.status() == 400) {
                refused(answer, 400, "validation_error", "Unsupported view type: feed");
            } else {
                parents.add(answer.body().at("/parent/database_id").asText());
            }
        }
        assertThat(parents).contains(linked.get(0), workspace.databases().get(0));
    }

    @Test
    void databaseAndDataSourceIdsAreNotInterchangeable() {
        refused(
                client.get("/v1/data_sources/" + workspace.databases().get(0)),
                404,
                "object_not_found",
                "database with");
        refused(
                client.get("/v1/databases/" + workspace.dataSources().get(0)),
                404,
                "object_not_found",
                "database with");
    }

    @Test
    void timesAreWrittenInTheTwoWaysOfNotion() {
        assertThat(client.good("/v1/pages/" + showcase())
                        .get("last_edited_time")
                        .asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:00\\.000Z");
        assertThat(client.good("/v1/databases/" + workspace.databases().get(0))
                        .get("created_time")
                        .asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00");
    }

    @Test
    void longValuesAreCutInThePageAndWholeInThePropertyItem() {
        String source = workspace.dataSources().get(0);
        int relations = 0;
        int people = 0;
        for (JsonNode row : client.post("/v1/data_sources/" + source + "/query", body())
                .body()
                .get("results")) {
            for (JsonNode property : row.get("properties")) {
                String path = "/v1/pages/" + row.get("id").asText() + "/properties/"
                        + property.get("id").asText();
                if (property.path("has_more").asBoolean()) {
                    assertThat(property.get("relation")).hasSize(25);
                    assertThat(client.all(path).size()).isGreaterThan(25);
                    relations++;
                }
                if (property.path("people").size() == 25) {
                    assertThat(client.all(path).size()).isGreaterThan(25);
                    people++;
                }
            }
        }
        assertThat(relations).isEqualTo(2);
        assertThat(people).isEqualTo(1);
    }

    @Test
    void aLongRollupIsIncompleteUntilItsLastPage() {
        String row = workspace.rows(workspace.dataSources().get(0)).get(2);
        JsonNode names = client.good("/v1/pages/" + row).at("/properties/Names");
        assertThat(names.at("/rollup/array")).hasSize(25);
        String path = "/v1/pages/" + row + "/properties/" + names.get("id").asText();
        JsonNode first = client.good(path);
        assertThat(first.get("results"))
                .hasSize(100)
                .allMatch(item -> item.get("object").asText().equals("property_item")
                        && item.get("id").equals(names.get("id"))
                        && item.get("title").isArray());
        assertThat(first.at("/property_item/type").asText()).isEqualTo("rollup");
        assertThat(first.at("/property_item/rollup/type").asText()).isEqualTo("incomplete");
        assertThat(first.at("/property_item/rollup/function").asText()).isEqualTo("show_original");
        JsonNode last =
                client.good(path + "?start_cursor=" + first.get("next_cursor").asText());
        assertThat(last.get("results")).hasSize(30);
        assertThat(last.at("/property_item/rollup/type").asText()).isEqualTo("array");

        JsonNode stored = notion.truth(TruthOptions.standard())
                .objects()
                .filter(entry -> entry.path().contains(row))
                .findFirst()
                .orElseThrow()
                .content()
                .at("/page/properties/Names");
        assertThat(stored.get("rollup")).isEqualTo(names.get("rollup"));
        assertThat(stored.get("rollup_items")).hasSize(130);
        assertThat(stored.at("/rollup_items/0").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("type", "title");
        assertThat(stored.at("/rollup_items/24")).isEqualTo(names.at("/rollup/array/24"));
    }

    @Test
    void propertyIdsAreTakenAsGivenOnly() {
        String source = workspace.dataSources().get(0);
        String row = workspace.rows(source).get(0);
        boolean encoded = false;
        for (JsonNode property : client.good("/v1/pages/" + row).get("properties")) {
            String id = property.get("id").asText();
            String path = "/v1/pages/" + row + "/properties/";
            assertThat(client.get(path + id).status()).isEqualTo(200);
            if (id.contains("%")) {
                refused(client.get(path + id.replace("%", "%25")), 404, "object_not_found", "property");
                encoded = true;
            }
        }
        assertThat(encoded).isTrue();
    }

    @Test
    void aCappedQueryIsOnlyBetrayedByItsStatus() {
        try (var capped = NotionSimulator.start(workspace, Behaviour.standard().withQueryCap(150))) {
            var cappedClient = new SimulatorClient(capped);
            String path = "/v1/data_sources/" + workspace.dataSources().get(0) + "/query";
            JsonNode first = cappedClient.post(path, body()).body();
            assertThat(first.at("/request_status/incomplete_reason").asText()).isEqualTo("query_result_limit_reached");
            ObjectNode next =
                    body().put("start_cursor", first.get("next_cursor").asText());
            JsonNode second = cappedClient.post(path, next).body();
            assertThat(second.get("results")).hasSize(50);
            assertThat(second.get("has_more").asBoolean()).isFalse();
            assertThat(second.at("/request_status/type").asText()).isEqualTo("incomplete");
            assertThat(client.post(path, body()).body().has("request_status")).isFalse();
        }
    }

    @Test
    void rowsAreFilteredByTimeAndArchivedOnesComeOnlyWhenAskedFor() throws IOException {
        String path = "/v1/data_sources/" + workspace.dataSources().get(0) + "/query";
        ObjectNode sorted = json("{\"sorts\": [{\"timestamp\": \"created_time\", \"direction\": \"ascending\"}]}");
        List<String> times = each(client.all(path, sorted), "created_time");
        assertThat(times).isSorted();
        String middle = times.get(times.size() / 2);
        ObjectNode later = sorted.deepCopy();
        later.putObject("filter")
                .put("timestamp", "created_time")
                .putObject("created_time")
                .put("on_or_after", middle);
        assertThat(client.all(path, later).size()).isEqualTo((int)
                times.stream().filter(time -> time.compareTo(middle) >= 0).count());
        int archived = client.all(path, body().put("is_archived", true)).size();
        assertThat(archived).isPositive();
        assertThat(times.size() + archived)
                .isEqualTo(workspace.rows(workspace.dataSources().get(0)).size());
        refused(client.post(path, body().put("in_trash", true)), 400, "validation_error", "body.in_trash");
    }

    @Test
    void aWikiListsDataSourcesAmongItsRows() throws IOException {
        String wiki = workspace.databases().get(2);
        String source =
                client.good("/v1/databases/" + wiki).at("/data_sources/0/id").asText();
        String path = "/v1/data_sources/" + source + "/query";
        ObjectNode sorted = json("{\"sorts\": [{\"timestamp\": \"created_time\"}]}");
        JsonNode all = client.all(path, sorted);
        assertThat(each(all, "created_time")).isSorted();
        assertThat(all).filteredOn(entry -> entry.has("database_parent")).hasSize(1);
        assertThat(client.all(path, body().put("result_type", "page")).size()).isEqualTo(all.size() - 1);
        JsonNode child =
                client.all(path, body().put("result_type", "data_source")).get(0);
        assertThat(client.all(path, body().put("is_archived", true))).noneMatch(entry -> entry.has("database_parent"));
        assertThat(child.at("/database_parent/database_id").asText()).isEqualTo(wiki);
        JsonNode database =
                client.good("/v1/databases/" + child.at("/parent/database_id").asText());
        assertThat(database.at("/parent/database_id").asText()).isEqualTo(wiki);
        assertThat(each(client.all("/v1/search", body()), "id"))
                .doesNotContain(child.get("id").asText())
                .doesNotContainAnyElementsOf(workspace.rows(child.get("id").asText()));

        List<String> one = new ArrayList<>();
        ObjectNode next = sorted.deepCopy().put("page_size", 1);
        for (boolean more = true; more; ) {
            JsonNode list = client.post(path, next).body();
            one.addAll(each(list.get("results"), "id"));
            more = list.get("has_more").asBoolean();
            next.set("start_cursor", list.get("next_cursor"));
        }
        assertThat(one).isEqualTo(each(all, "id"));
        ObjectNode later = body();
        later.putObject("filter")
                .put("timestamp", "last_edited_time")
                .putObject("last_edited_time")
                .put("after", child.get("last_edited_time").asText());
        assertThat(each(client.all(path, later), "id"))
                .doesNotContain(child.get("id").asText());
    }

    @Test
    void searchShowsThePageOfAnAgent() {
        assertThat(client.all("/v1/search", body()))
                .filteredOn(hit -> hit.at("/parent/type").asText().equals("agent_id"))
                .hasSize(1)
                .allMatch(hit -> Ids.valid(hit.at("/parent/agent_id").asText()));
    }

    @Test
    void aDashboardNamesAViewThatNoListHas() {
        String database = workspace.databases().get(0);
        List<String> listed = each(client.all("/v1/views?database_id=" + database), "id");
        String dashboard = listed.get(listed.size() - 1);
        String widget = client.good("/v1/views/" + dashboard)
                .at("/configuration/rows/0/widgets/0/view_id")
                .asText();
        String source = workspace.dataSources().get(0);
        assertThat(listed).doesNotContain(widget);
        assertThat(each(client.all("/v1/views?data_source_id=" + source), "id")).doesNotContain(widget);
        ObjectNode view = client.good("/v1/views/" + widget);
        assertThat(view.get("dashboard_view_id").asText()).isEqualTo(dashboard);
        assertThat(view.get("data_source_id").asText()).isEqualTo(source);
        assertThat(notion.truth(TruthOptions.complete()).objects())
                .anyMatch(entry -> entry.path().equals("objects/views/" + widget + ".json"));
    }

    @Test
    void searchIsNoInventory() throws IOException {
        Set<String> found = new HashSet<>(each(client.all("/v1/search", body()), "id"));
        assertThat(workspace.standalonePages()).anyMatch(page -> !found.contains(page));
        assertThat(found).doesNotContainAnyElementsOf(workspace.trashedPages());
        assertThat(found).doesNotContainAnyElementsOf(workspace.unsharedPages());
        ObjectNode trash = json("{\"filter\": {\"in_trash\": true}}");
        assertThat(each(client.all("/v1/search", trash), "id")).containsAll(workspace.trashedPages());
        List<String> order = each(
                client.all("/v1/search", json("{\"filter\": {\"property\": \"object\", \"value\": \"page\"}}")),
                "last_edited_time");
        assertThat(order.get(0)).isGreaterThanOrEqualTo(order.get(order.size() - 1));
    }

    @Test
    void commentsAreListedPerParent() {
        JsonNode page = client.all("/v1/comments?block_id=" + showcase());
        assertThat(page)
                .hasSize(3)
                .allMatch(comment -> comment.at("/parent/page_id").asText().equals(showcase()));
        String heading = client.all("/v1/blocks/" + showcase() + "/children")
                .get(0)
                .get("id")
                .asText();
        assertThat(client.all("/v1/comments?block_id=" + heading))
                .hasSize(1)
                .allMatch(comment -> comment.at("/parent/block_id").asText().equals(heading));
        refused(client.get("/v1/comments"), 400, "validation_error", "block_id");
    }

    @Test
    void each_comment_is_given_by_its_id_too() {
        String added = workspace.addComment(showcase(), "Added");
        String block = workspace.paragraphs(showcase()).get(0);
        String atBlock = workspace.addComment(block, "At a block");
        List<JsonNode> listed = new ArrayList<>();
        client.all("/v1/comments?block_id=" + showcase()).forEach(listed::add);
        client.all("/v1/comments?block_id=" + block).forEach(listed::add);
        assertThat(listed).extracting(comment -> comment.get("id").asText()).contains(added, atBlock);
        for (JsonNode comment : listed) {
            ObjectNode alone = client.good("/v1/comments/" + comment.get("id").asText());
            assertThat(withoutQueries(alone)).isEqualTo(withoutQueries(comment));
        }
        String absent = "745e79dd-3e43-40de-9d51-39357c1c428f";
        for (String other : List.of(absent, showcase(), block)) {
            refused(
                    client.get("/v1/comments/" + other),
                    404,
                    "object_not_found",
                    "Could not find comment with ID: " + other);
        }
        refused(client.get("/v1/comments/nothing"), 400, "validation_error", "path.comment_id");
        workspace.deleteBlock(block, SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        assertThat(client.get("/v1/comments/" + atBlock).status()).isEqualTo(404);
    }

    /** Signatures differ in every answer. */
    private static String withoutQueries(JsonNode answer) {
        return answer.toString().replaceAll("[?]X-Amz-[^\"]*", "").replaceAll("\"expiry_time\":\"[^\"]*\"", "");
    }

    @Test
    void every_answer_of_the_api_is_dated_by_the_clock() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-02T03:04:05.678Z"), ZoneOffset.UTC);
        try (var dated = NotionSimulator.start(workspace, Behaviour.standard().withClock(clock))) {
            var datedClient = new SimulatorClient(dated);
            dated.faults().fail(call -> call.path().contains("users"), Fault.UNAVAILABLE, 1);
            for (String path : List.of("/v1/users", "/v1/users/me", "/v1/nothing")) {
                assertThat(datedClient.get(path).response().headers().firstValue("date"))
                        .contains("Mon, 02 Nov 2026 03:04:05 GMT");
            }
        }
    }

    @Test
    void templatesAreNotCalledResults() {
        ObjectNode list =
                client.good("/v1/data_sources/" + workspace.dataSources().get(0) + "/templates");
        assertThat(list.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("templates", "has_more", "next_cursor");
        String template = list.get("templates").get(0).get("id").asText();
        assertThat(workspace.rows(workspace.dataSources().get(0))).doesNotContain(template);
        assertThat(each(client.all("/v1/search", body()), "id")).doesNotContain(template);
        for (String path : List.of("pages/%s", "blocks/%s", "blocks/%s/children", "comments?block_id=%s")) {
            assertThat(client.get("/v1/" + path.formatted(template)).status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void answersAreZippedWhenAskedFor() throws IOException {
        SimulatorClient.Answer zipped = client.send(request -> request.header("Accept-Encoding", "gzip"), "/v1/users");
        assertThat(zipped.response().headers().firstValue("content-encoding")).contains("gzip");
        var unzipped =
                new GZIPInputStream(new ByteArrayInputStream(zipped.response().body()));
        assertThat(Json.MAPPER.readTree(unzipped).get("object").asText()).isEqualTo("list");
    }

    @Test
    void listsMayBeShorterThanAskedFor() {
        try (var shorter = NotionSimulator.start(workspace, Behaviour.standard().withShortPages(true))) {
            var shortClient = new SimulatorClient(shorter);
            JsonNode first = shortClient.get("/v1/users?page_size=100").body();
            assertThat(first.get("results").size()).isLessThan(100);
            assertThat(first.get("has_more").asBoolean()).isTrue();
            assertThat(shortClient.all("/v1/users")).isEqualTo(client.all("/v1/users"));
        }
    }
}
