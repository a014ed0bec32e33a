package dev.saddlebag.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the internal API answers, key by key as facts/notion-export.md §1 has it. */
class InternalApiTest {
    private final ExportClient.Watch clock = new ExportClient.Watch();
    private final NotionSimulator notion = NotionSimulator.start(
            SampleWorkspace.of(7, 40), Behaviour.standard().withClock(clock));
    private final Exports exports = notion.exports();
    private final ExportClient client = new ExportClient(exports);

    @AfterEach
    void stop() {
        notion.close();
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void get_spaces_has_the_account_with_its_workspace() {
        JsonNode account =
                client.good("getSpaces", ExportClient.object()).iterator().next();
        assertThat(keys(account)).containsExactly("notion_user", "user_root", "space", "space_view");
        JsonNode space = account.get("space").get(exports.spaceId()).at("/value/value");
        assertThat(keys(space))
                .containsExactly(
                        "id",
                        "version",
                        "name",
                        "icon",
                        "plan_type",
                        "subscription_tier",
                        "disable_export",
                        "settings");
        assertThat(space.get("disable_export").asBoolean()).isFalse();

        exports.play(ExportScenario.EXPORT_DISABLED);
        exports.life(exports.life().withNesting(ExportLife.Nesting.SINGLE));
        assertThat(client.good("getSpaces", ExportClient.object())
                        .iterator()
                        .next()
                        .get("space")
                        .get(exports.spaceId())
                        .at("/value/disable_export")
                        .asBoolean())
                .isTrue();

        exports.play(ExportScenario.SPACE_ABSENT);
        assertThat(client.good("loadUserContent", ExportClient.object()).at("/recordMap/space"))
                .isEmpty();
    }

    @Test
    void a_task_goes_through_its_states() {
        exports.life(exports.life().withPolls(2).withLink(ExportLife.Link.BOTH).withEnqueuedAt(true));
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        JsonNode first = client.task(id);
        assertThat(first.get("state").asText()).isEqualTo("not_started");
        JsonNode second = client.task(id);
        assertThat(keys(second))
                .containsExactly(
                        "id",
                        "eventName",
                        "request",
                        "actor",
                        "state",
                        "status",
                        "rootRequest",
                        "headers",
                        "equeuedAt");
        assertThat(second.get("request"))
                .isEqualTo(client.wholeWorkspace("markdown").at("/task/request"));
        assertThat(second.get("state").asText()).isEqualTo("in_progress");
        assertThat(keys(second.get("status"))).containsExactly("type", "pagesExported");
        assertThat(second.get("equeuedAt").asLong()).isEqualTo(clock.millis());
        JsonNode third = client.task(id);
        assertThat(third.get("state").asText()).isEqualTo("success");
        assertThat(third.at("/status/type").asText()).isEqualTo("complete");
        assertThat(third.at("/status/pagesExported").asLong())
                .isEqualTo(exports.contents()
                        .filter(node -> node.kind().equals("page"))
                        .count());
        assertThat(third.at("/status/exportURL").asText())
                .startsWith(exports.url(ExportHost.FILES).toString());
    }

    @Test
    void the_counter_can_have_its_other_name_or_be_missing() {
        exports.play(ExportScenario.EXPORTED_COUNT);
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        client.task(id);
        assertThat(keys(client.task(id).get("status"))).containsExactly("type", "exportedCount");
        exports.play(ExportScenario.STATUS_MISSING);
        assertThat(client.finished(client.enqueue(client.wholeWorkspace("markdown")))
                        .has("status"))
                .isFalse();
    }

    @Test
    void the_feed_tells_of_an_export_with_times_as_texts_and_numbers() {
        exports.play(ExportScenario.LINK_IN_FEED_OLD_NESTING);
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        assertThat(client.feed(ExportHost.WEB_APP).get("notificationIds")).isEmpty();
        assertThat(client.finished(id).at("/status/exportURL").isMissingNode()).isTrue();
        JsonNode feed = client.feed(ExportHost.WEB_APP);
        String notification = feed.at("/notificationIds/0").asText();
        assertThat(keys(feed.get("recordMap"))).containsExactly("activity", "notification", "space");
        JsonNode record = feed.at("/recordMap/activity").iterator().next();
        assertThat(keys(record)).containsExactly("value", "role");
        JsonNode activity = record.get("value");
        assertThat(keys(activity))
                .containsExactly(
                        "id",
                        "version",
                        "index",
                        "type",
                        "parent_table",
                        "parent_id",
                        "space_id",
                        "start_time",
                        "end_time",
                        "invalid",
                        "edits",
                        "shard_id",
                        "context_id");
        assertThat(activity.get("start_time").isTextual()).isTrue();
        assertThat(activity.at("/edits/0/timestamp").isNumber()).isTrue();
        assertThat(activity.get("start_time").asText()).isEqualTo(Long.toString(clock.millis()));
        JsonNode entry = feed.at("/recordMap/notification").get(notification).get("value");
        assertThat(entry.get("activity_id")).isEqualTo(activity.get("id"));
        assertThat(activity.at("/edits/0/link").asText())
                .matches("http://127\\.0\\.0\\.1:\\d+/f/t/[0-9a-f-]{36}/Export-[0-9a-f-]{36}\\.zip"
                        + "\\?table=user_export&id=[0-9a-f-]{36}&spaceId=&expirationTimestamp="
                        + (clock.millis() + Duration.ofDays(7).toMillis() - 14)
                        + "&signature=[0-9a-f]+&download=true&downloadName=.+\\.zip");

        exports.life(exports.life().withNesting(ExportLife.Nesting.DOUBLE));
        assertThat(client.feed(ExportHost.WEB_APP)
                        .at("/recordMap/activity")
                        .iterator()
                        .next()
                        .at("/value/value/type")
                        .asText())
                .isEqualTo("export-completed");
    }

    @Test
    void the_old_host_can_have_an_empty_feed() {
        exports.play(ExportScenario.FEED_AT_NEW_HOST_ONLY);
        client.finished(client.enqueue(client.wholeWorkspace("markdown")));
        JsonNode empty = client.feed(ExportHost.OLD_WEB_APP);
        assertThat(empty.get("notificationIds")).isEmpty();
        assertThat(empty.get("recordMap")).isEmpty();
        assertThat(client.feed(ExportHost.WEB_APP).get("notificationIds")).hasSize(1);
    }

    @Test
    void an_older_export_stands_first_and_ours_comes_late() {
        exports.life(exports.life().withOlderExport(true).withFeedLag(2));
        client.finished(client.enqueue(client.wholeWorkspace("markdown")));
        assertThat(client.feed(ExportHost.WEB_APP).get("notificationIds")).hasSize(1);
        assertThat(client.feed(ExportHost.WEB_APP).get("notificationIds")).hasSize(1);
        JsonNode feed = client.feed(ExportHost.WEB_APP);
        List<Long> times = new ArrayList<>();
        feed.at("/recordMap/activity")
                .forEach(activity ->
                        times.add(activity.at("/value/value/start_time").asLong()));
        assertThat(times).containsExactly(clock.millis() - Duration.ofDays(2).toMillis(), clock.millis());
    }

    @Test
    void a_task_that_takes_hours_ends_by_the_clock() {
        exports.play(ExportScenario.PENDING_FOR_HOURS);
        Instant begin = clock.instant();
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        for (int i = 0; i < 5; i++) {
            client.task(id);
        }
        clock.set(begin.plus(Duration.ofHours(30)).minusMillis(1));
        assertThat(client.task(id).get("state").asText()).isEqualTo("in_progress");
        clock.set(begin.plus(Duration.ofHours(30)));
        assertThat(client.task(id).get("state").asText()).isEqualTo("success");
    }

    @Test
    void tasks_fail_for_what_is_asked_wrongly() {
        assertThat(client.finished(client.enqueue(client.wholeWorkspace("MARKDOWN")))
                        .get("error")
                        .asText())
                .isEqualTo("Invalid input.");
        ObjectNode elsewhere = client.wholeWorkspace("markdown");
        ((ObjectNode) elsewhere.at("/task/request")).put("spaceId", "00000000-0000-4000-8000-000000000000");
        assertThat(client.finished(client.enqueue(elsewhere)).get("error").asText())
                .isEqualTo("User cannot access space, or it does not exist.");
        ObjectNode hanging = client.wholeWorkspace("markdown");
        ((ObjectNode) hanging.at("/task/request/exportOptions")).put("collectionViewExportType", "allViews");
        String id = client.enqueue(hanging);
        for (int i = 0; i < 10; i++) {
            assertThat(client.task(id).get("state").asText()).isNotEqualTo("success");
        }
    }

    @Test
    void failures_come_as_often_as_they_should() {
        exports.play(ExportScenario.RETRYABLE_FAILURE_ONCE);
        JsonNode failed = client.finished(client.enqueue(client.wholeWorkspace("markdown")));
        assertThat(failed.get("state").asText()).isEqualTo("retryable_failure");
        assertThat(failed.has("error")).isTrue();
        assertThat(client.finished(client.enqueue(client.wholeWorkspace("markdown")))
                        .get("state")
                        .asText())
                .isEqualTo("success");

        exports.play(ExportScenario.WORKSPACE_FAILS_PAGES_SUCCEED);
        assertThat(client.finished(client.enqueue(client.wholeWorkspace("markdown")))
                        .get("state")
                        .asText())
                .isEqualTo("failure");
        String home = notion.workspace().standalonePages().get(0);
        for (String event : List.of("exportBlock", "partitionedExportBlock")) {
            assertThat(client.finished(client.enqueue(client.tree(event, home)))
                            .get("state")
                            .asText())
                    .isEqualTo("success");
        }
    }

    @Test
    void a_task_that_was_made_despite_an_error_comes_by_the_feed() {
        exports.play(ExportScenario.ENQUEUED_DESPITE_ERROR);
        assertThat(client.call(ExportHost.OLD_WEB_APP, "enqueueTask", client.wholeWorkspace("markdown"))
                        .statusCode())
                .isEqualTo(520);
        assertThat(exports.taskIds()).hasSize(1);
        assertThat(client.link()).isEmpty();
        assertThat(client.link()).isNotEmpty();

        exports.play(ExportScenario.NOT_ENQUEUED_AFTER_ERROR);
        client.call(ExportHost.OLD_WEB_APP, "enqueueTask", client.wholeWorkspace("markdown"));
        assertThat(exports.taskIds()).hasSize(1);
    }

    @Test
    void empty_results_unknown_states_and_missing_links_are_told() {
        exports.play(ExportScenario.EMPTY_RESULTS);
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        assertThat(List.of(client.task(id), client.task(id), client.task(id))).allMatch(JsonNode::isMissingNode);
        assertThat(client.task(id).get("state").asText()).isEqualTo("not_started");

        exports.play(ExportScenario.UNKNOWN_STATE);
        String unknown = client.enqueue(client.wholeWorkspace("markdown"));
        client.task(unknown);
        assertThat(client.task(unknown).get("state").asText()).isEqualTo("paused_for_review");

        exports.play(ExportScenario.SUCCESS_WITHOUT_LINK);
        JsonNode done = client.finished(client.enqueue(client.wholeWorkspace("markdown")));
        assertThat(done.at("/status/exportURL").isMissingNode()).isTrue();
    }

    @Test
    void refusals_have_the_shapes_that_clients_must_tell_apart() {
        exports.play(ExportScenario.SESSION_OVER);
        HttpResponse<byte[]> over = client.call(ExportHost.WEB_APP, "getSpaces", ExportClient.object());
        assertThat(over.statusCode()).isEqualTo(401);
        assertThat(ExportClient.json(over).get("name").asText()).isEqualTo("UnauthorizedError");
        assertThat(ExportClient.json(over).at("/clientData/type").asText()).isEqualTo("login_try_again");

        exports.play(ExportScenario.BOT_BLOCK);
        HttpResponse<byte[]> blocked = client.call(ExportHost.WEB_APP, "getSpaces", ExportClient.object());
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(new String(blocked.body(), UTF_8)).contains("you have been blocked");

        exports.play(ExportScenario.RATE_LIMITED);
        HttpResponse<byte[]> limited =
                client.call(ExportHost.WEB_APP, "enqueueTask", client.wholeWorkspace("markdown"));
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).hasValue("1");
        HttpResponse<byte[]> dated = client.call(ExportHost.WEB_APP, "getTasks", ExportClient.object());
        assertThat(dated.headers().firstValue("retry-after")).hasValue("Fri, 20 Nov 2026 08:15:32 GMT");
        assertThat(dated.headers().firstValue("date")).hasValue("Fri, 20 Nov 2026 08:15:30 GMT");

        exports.play(ExportScenario.HTML_ANSWERS);
        HttpResponse<byte[]> page = client.call(ExportHost.WEB_APP, "getSpaces", ExportClient.object());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(new String(page.body(), UTF_8)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void who_has_no_session_is_told_so_and_every_cookie_is_recorded() {
        exports.play(ExportScenario.SESSION_ENDS);
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        client.task(id);
        ObjectNode body = ExportClient.object();
        body.putArray("taskIds").add(id);
        assertThat(client.call(ExportHost.OLD_WEB_APP, "getTasks", body).statusCode())
                .isEqualTo(401);
        assertThat(exports.count("getTasks")).isEqualTo(2);
        Exports.Seen first = exports.seen().get(0);
        assertThat(first.host()).isEqualTo(ExportHost.OLD_WEB_APP);
        assertThat(first.call()).isEqualTo("enqueueTask");
        assertThat(first.cookies()).containsOnlyKeys("token_v2").containsValue(exports.tokenV2());
    }

    @Test
    void answers_hand_out_the_file_token() {
        HttpResponse<byte[]> answer = client.call(ExportHost.OLD_WEB_APP, "getTasks", ExportClient.object());
        assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).startsWith("file_token=" + exports.fileToken() + ";"));
        exports.play(ExportScenario.FILE_TOKEN_NOT_TO_BE_HAD);
        assertThat(client.call(ExportHost.OLD_WEB_APP, "getTasks", ExportClient.object())
                        .headers()
                        .firstValue("set-cookie"))
                .isEmpty();
    }
}
