package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BehaviourTest {
    private final SampleWorkspace workspace = SampleWorkspace.of(11, 200);

    private static ObjectNode body() {
        return Json.MAPPER.createObjectNode();
    }

    @Test
    void each_change_changes_what_it_names_and_nothing_else() throws ReflectiveOperationException {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Duration other = Duration.ofMillis(7);
        Map<Set<String>, UnaryOperator<Behaviour>> changes = Map.ofEntries(
                Map.entry(Set.of("token"), from -> from.withToken("other")),
                Map.entry(Set.of("clock"), from -> from.withClock(clock)),
                Map.entry(Set.of("fileExpiry"), from -> from.withFileExpiry(other)),
                Map.entry(
                        Set.of("requestsPerWindow", "window", "windowOffset"),
                        from -> from.withRateLimit(1, other, other)),
                Map.entry(Set.of("queryCap"), from -> from.withQueryCap(1)),
                Map.entry(Set.of("searchCap"), from -> from.withSearchCap(1)),
                Map.entry(Set.of("heavyQueryRows"), from -> from.withHeavyQueryRows(1)),
                Map.entry(Set.of("latency"), from -> from.withLatency(other)),
                Map.entry(Set.of("searchLag", "searchMissPercent"), from -> from.withIncompleteSearch(other, 1)),
                Map.entry(Set.of("readComments"), from -> from.withCapabilities(false, true)),
                Map.entry(Set.of("readUsers"), from -> from.withCapabilities(true, false)),
                Map.entry(Set.of("syncedCopiesListed"), from -> from.withSyncedCopiesListed(true)),
                Map.entry(Set.of("mentionsCut"), from -> from.withMentionsCut(true)),
                Map.entry(Set.of("shortPages"), from -> from.withShortPages(true)));
        Set<String> all = new TreeSet<>();
        for (var change : changes.entrySet()) {
            assertThat(differences(Behaviour.standard(), change.getValue().apply(Behaviour.standard())))
                    .isEqualTo(change.getKey());
            all.addAll(change.getKey());
        }
        assertThat(all).hasSize(Behaviour.class.getRecordComponents().length);
    }

    private static Set<String> differences(Behaviour one, Behaviour other) throws ReflectiveOperationException {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : Behaviour.class.getRecordComponents()) {
            if (!component
                    .getAccessor()
                    .invoke(one)
                    .equals(component.getAccessor().invoke(other))) {
                names.add(component.getName());
            }
        }
        return names;
    }

    @Test
    void a_capped_search_is_only_betrayed_by_its_status() {
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard().withSearchCap(60))) {
            var client = new SimulatorClient(notion);
            ObjectNode wanted = body().put("page_size", 50);
            JsonNode first = client.post("/v1/search", wanted).body();
            assertThat(first.get("has_more").asBoolean()).isTrue();
            JsonNode last = client.post(
                            "/v1/search",
                            wanted.put("start_cursor", first.get("next_cursor").asText()))
                    .body();
            assertThat(last.get("results")).hasSize(10);
            assertThat(last.get("has_more").asBoolean()).isFalse();
            assertThat(last.at("/request_status/type").asText()).isEqualTo("incomplete");
            assertThat(last.at("/request_status/incomplete_reason").asText()).isEqualTo("query_result_limit_reached");
            ObjectNode sources = body();
            sources.putObject("filter").put("property", "object").put("value", "data_source");
            JsonNode few = client.post("/v1/search", sources).body();
            assertThat(few.get("results").size()).isLessThanOrEqualTo(60);
            assertThat(few.has("request_status")).isFalse();
        }
    }

    @Test
    void two_searches_in_opposite_orders_meet_behind_the_cap() {
        List<String> whole = new ArrayList<>();
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            new SimulatorClient(notion).all("/v1/search", body()).forEach(hit -> whole.add(hit.toString()));
        }
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard().withSearchCap(whole.size() - 20))) {
            var client = new SimulatorClient(notion);
            Set<String> met = new TreeSet<>();
            for (String direction : List.of("ascending", "descending")) {
                ObjectNode sorted = body();
                sorted.putObject("sort").put("timestamp", "last_edited_time").put("direction", direction);
                client.all("/v1/search", sorted)
                        .forEach(hit -> met.add(hit.get("id").asText()));
            }
            assertThat(met).hasSize(whole.size());
        }
    }

    @Test
    void without_the_capability_comments_and_users_are_refused() {
        String user;
        String comment;
        String page = workspace.standalonePages().get(1);
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            var client = new SimulatorClient(notion);
            comment =
                    client.all("/v1/comments?block_id=" + page).get(0).get("id").asText();
            user = client.all("/v1/users").get(0).get("id").asText();
        }
        List<String> comments = List.of("/v1/comments?block_id=" + page, "/v1/comments/" + comment);
        List<String> users = List.of("/v1/users", "/v1/users/" + user);
        expect(Behaviour.standard(), List.of(), List.of(comments, users));
        expect(Behaviour.standard().withCapabilities(false, true), comments, List.of(users));
        expect(Behaviour.standard().withCapabilities(true, false), users, List.of(comments));
    }

    private void expect(Behaviour behaviour, List<String> refused, List<List<String>> given) {
        try (var notion = NotionSimulator.start(workspace, behaviour)) {
            var client = new SimulatorClient(notion);
            for (String path : refused) {
                SimulatorClient.Answer answer = client.get(path);
                assertThat(answer.status()).as(path).isEqualTo(403);
                assertThat(answer.body().get("code").asText()).isEqualTo("restricted_resource");
                assertThat(answer.body().get("message").asText())
                        .isEqualTo("Insufficient permissions for this endpoint.");
            }
            given.forEach(paths -> paths.forEach(
                    path -> assertThat(client.get(path).status()).as(path).isEqualTo(200)));
            assertThat(client.get("/v1/users/me").status()).isEqualTo(200);
        }
    }

    @Test
    void a_heavy_query_is_answered_only_in_small_pages() {
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard().withHeavyQueryRows(25))) {
            var client = new SimulatorClient(notion);
            String path = "/v1/data_sources/" + workspace.dataSources().get(0) + "/query";
            List<Integer> statuses = new ArrayList<>();
            for (int attempt = 0; attempt < 4; attempt++) {
                SimulatorClient.Answer answer = client.post(path, body());
                statuses.add(answer.status());
                assertThat(answer.body().at("/additional_data/retry_guidance").isTextual())
                        .isEqualTo(answer.status() == 503);
            }
            assertThat(statuses).containsExactly(504, 503, 504, 503);
            assertThat(client.post(path, body().put("page_size", 26)).status()).isEqualTo(504);
            assertThat(client.post(path, body().put("page_size", 25)).status()).isEqualTo(200);
            assertThat(client.get("/v1/users?page_size=100").status()).isEqualTo(200);
        }
    }

    @Test
    void another_one_can_begin_at_the_port_of_one_that_was_closed() {
        int port;
        try (var first = NotionSimulator.start(workspace, Behaviour.standard())) {
            port = URI.create(first.baseUrl()).getPort();
        }
        for (int turn = 0; turn < 50; turn++) {
            try (var next = NotionSimulator.start(workspace, Behaviour.standard(), port)) {
                assertThat(new SimulatorClient(next).get("/v1/users/me").status())
                        .isEqualTo(200);
            }
        }
    }
}
