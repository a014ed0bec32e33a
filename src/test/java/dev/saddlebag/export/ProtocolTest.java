package dev.saddlebag.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.ExternalMedia;
import dev.saddlebag.configuration.Secret;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.SampleRun;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers of Notion's web application are read, in all the forms that were seen (facts/notion-export.md §1.2 to §1.7). */
class ProtocolTest {
    private static final String SPACE = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final String OTHER = "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final Instant ORDERED = Instant.ofEpochMilli(1_766_365_000_000L);
    private static final WebExport WEB = new WebExport(
            SampleRun.collecting(Comments.NONE, false, ExternalMedia.NONE).export(),
            List.of(URI.create("https://app.notion.com"), URI.create("https://www.notion.so")),
            cookies());

    private static Cookies cookies() {
        return new Cookies(
                Optional.of(new Secret("v02%3Auser")),
                Optional.empty(),
                List.of(URI.create("https://app.notion.com"), URI.create("https://www.notion.so")),
                new Hosts(List.of("file.notion.so", "127.0.0.1:4711")));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static String envelope(boolean twice, String record) {
        return twice
                ? "{'value':{'value':" + record + ",'role':'reader'}}"
                : "{'value':" + record + ",'role':'reader'}";
    }

    private static String activity(boolean twice, Instant time, String space, String link, String rest) {
        return envelope(
                twice,
                "{'id':'a','type':'export-completed','parent_table':'space','parent_id':'" + space + "','space_id':'"
                        + space + "','start_time':'" + time.toEpochMilli() + "','end_time':'" + time.toEpochMilli()
                        + "'" + rest + ",'edits':[{'type':'export-completed','space_id':'" + space + "','timestamp':"
                        + time.toEpochMilli() + (link.isEmpty() ? "" : ",'link':'" + link + "'") + "}]}");
    }

    private static List<FeedEntry> feed(String... activities) {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < activities.length; i++) {
            table.append(i == 0 ? "" : ",").append("'a").append(i).append("':").append(activities[i]);
        }
        return FeedEntry.in(json("{'notificationIds':[],'recordMap':{'activity':{" + table + "}}}"));
    }

    private static String newest(List<FeedEntry> entries, String... taken) {
        return FeedEntry.newest(entries, SPACE, ORDERED, List.of(taken)::contains)
                .map(FeedEntry::link)
                .orElse("none");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_record_is_found_in_one_envelope_and_in_two(boolean twice) {
        ObjectNode spaces = json("{'u1':{'notion_user':{},'space':{'" + SPACE + "':"
                + envelope(twice, "{'id':'" + SPACE + "','name':'Acme','disable_export':true,'pages':['p1','p2']}")
                + "}}}");

        assertThat(Space.ofAccounts(spaces)).containsExactly(new Space(SPACE, "Acme", "u1", true, List.of("p1", "p2")));
        assertThat(newest(feed(activity(twice, ORDERED.plusSeconds(60), SPACE, "https://l", ""))))
                .isEqualTo("https://l");
    }

    @Test
    void the_newest_export_is_taken_wherever_it_stands_in_the_map() {
        List<FeedEntry> entries = feed(
                activity(false, ORDERED.minusSeconds(3600), SPACE, "https://older", ""),
                activity(true, ORDERED.plusSeconds(90), SPACE, "https://newest", ""),
                activity(false, ORDERED.plusSeconds(30), SPACE, "https://newer", ""));

        assertThat(newest(entries)).isEqualTo("https://newest");
        assertThat(newest(entries, "https://newest")).isEqualTo("https://newer");
        assertThat(newest(entries, "https://newest", "https://newer")).isEqualTo("none");
    }

    @Test
    void what_is_older_invalid_pending_of_another_workspace_or_no_export_is_not_taken() {
        assertThat(newest(feed(activity(false, ORDERED.minusSeconds(6), SPACE, "https://l", ""))))
                .isEqualTo("none");
        assertThat(newest(feed(activity(false, ORDERED.minusSeconds(5), SPACE, "https://l", ""))))
                .isEqualTo("https://l");
        assertThat(newest(feed(activity(false, ORDERED.plusSeconds(6), SPACE, "https://l", ",'invalid':true"))))
                .isEqualTo("none");
        assertThat(newest(feed(activity(false, ORDERED.plusSeconds(6), SPACE, "", ""))))
                .isEqualTo("none");
        assertThat(newest(feed(activity(false, ORDERED.plusSeconds(6), OTHER, "https://l", ""))))
                .isEqualTo("none");
        assertThat(newest(feed(activity(false, ORDERED.plusSeconds(6), SPACE, "https://l", "")
                        .replace("'type':'export-completed','parent", "'type':'comment','parent"))))
                .isEqualTo("none");
        assertThat(newest(FeedEntry.in(json("{'notificationIds':[],'recordMap':{}}"))))
                .isEqualTo("none");
    }

    static Stream<Arguments> tasks() {
        return Stream.of(
                task("'state':'not_started'", TaskReport.Stage.RUNNING, -1, "", ""),
                task(
                        "'state':'in_progress','status':{'type':'progress','pagesExported':12}",
                        TaskReport.Stage.RUNNING,
                        12,
                        "",
                        ""),
                task(
                        "'state':'in_progress','status':{'type':'progress','exportedCount':13}",
                        TaskReport.Stage.RUNNING,
                        13,
                        "",
                        ""),
                task(
                        "'state':'success','status':{'type':'complete','pagesExported':14,'exportURL':'https://l'}",
                        TaskReport.Stage.SUCCESS,
                        14,
                        "https://l",
                        ""),
                task("'state':'success'", TaskReport.Stage.SUCCESS, -1, "", ""),
                task("'state':'retryable_failure'", TaskReport.Stage.GIVEN_UP, -1, "", ""),
                task("'state':'failure','error':'Invalid input.'", TaskReport.Stage.FAILED, -1, "", "Invalid input."),
                task("'state':'failed'", TaskReport.Stage.FAILED, -1, "", ""),
                task("'state':'sleeping'", TaskReport.Stage.UNKNOWN, -1, "", ""));
    }

    private static Arguments task(String text, TaskReport.Stage stage, long pages, String link, String error) {
        return Arguments.of(text, new TaskReport(stage, pages, link.isEmpty() ? List.of() : List.of(link), error));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void the_states_of_a_task_are_understood_with_and_without_a_status(String text, TaskReport expected) {
        JobState job = new JobState();
        job.task = "t1";
        ObjectNode answer = json("{'results':[{'id':'t0','state':'failure'},{'id':'t1'," + text + "}]}");

        assertThat(WEB.readProgress(job, answer)).isEqualTo(expected);
        assertThat(WEB.readProgress(job, json("{'results':[]}"))).isEqualTo(TaskReport.NONE);
    }

    @Test
    void a_workspace_and_a_page_are_ordered_as_the_web_application_orders_them() {
        JobState job = new JobState();
        job.host = "https://app.notion.com";
        job.space = SPACE;

        Question whole = WEB.start(job, answer -> {});
        assertThat(whole.address()).hasToString("https://app.notion.com/api/v3/enqueueTask");
        assertThat(whole.content())
                .isEqualTo(json("{'task':{'eventName':'exportSpace','request':{'spaceId':'" + SPACE
                        + "','shouldExportComments':true,'exportOptions':{'exportType':'markdown','timeZone':'Z',"
                        + "'locale':'en','collectionViewExportType':'all','includeContents':'everything',"
                        + "'flattenExportFiletree':false}}}}"));
        assertThat(whole.headers())
                .containsEntry("Cookie", "token_v2=v02%3Auser")
                .doesNotContainKey("x-notion-active-user-header");

        job.page = OTHER;
        job.user = "u1";
        Question page = WEB.start(job, answer -> {});
        assertThat(page.content().at("/task/eventName").asText()).isEqualTo("exportBlock");
        assertThat(page.content().at("/task/request/block"))
                .isEqualTo(json("{'id':'" + OTHER + "','spaceId':'" + SPACE + "'}"));
        assertThat(page.content().at("/task/request/recursive").asBoolean()).isTrue();
        assertThat(page.headers()).containsEntry("x-notion-active-user-header", "u1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.notion.com/api/v3/getTasks, true, false",
        "https://www.notion.so/api/v3/getTasks, true, false",
        "http://app.notion.com/api/v3/getTasks, false, false",
        "https://app.notion.com.evil.example/api, false, false",
        "https://file.notion.so/f/t/1/Export.zip, false, true",
        "http://file.notion.so/f/t/1/Export.zip, false, false",
        "http://127.0.0.1:4711/f/t/1/Export.zip, false, true",
        "http://127.0.0.1:4712/f/t/1/Export.zip, false, false",
        "https://prod-files.s3.amazonaws.com/Export.zip, false, false"
    })
    void each_cookie_goes_to_its_hosts_only_and_never_in_clear(URI address, boolean asked, boolean fetched) {
        Cookies cookies = cookies();
        cookies.take(List.of("other=1; Path=/", "file_token=newer%3A; Domain=.notion.so; Secure; HttpOnly"));

        assertThat(cookies.toAsk(address)).isEqualTo(asked ? Optional.of("token_v2=v02%3Auser") : Optional.empty());
        assertThat(cookies.toFetch(address)).isEqualTo(fetched ? Optional.of("file_token=newer%3A") : Optional.empty());
        assertThat(cookies.without("say v02%3Auser and newer%3A")).isEqualTo("say (secret) and (secret)");
    }

    @Test
    void a_link_is_admitted_from_notion_over_https_and_from_the_hosts_that_the_settings_name() throws Exception {
        Hosts fileHosts = new Hosts(List.of("files.example.org", "127.0.0.1:4711"));
        for (String good : List.of(
                "https://file.notion.so/f/t/1/Export.zip?a=b",
                "https://file.notion.com/x",
                "https://files.example.org/x",
                "http://127.0.0.1:4711/x")) {
            ExportLink.parse(good).admit(fileHosts);
        }
        for (String bad : List.of(
                "http://file.notion.so/x",
                "https://notion.so.evil.example/x",
                "https://evilnotion.so/x",
                "http://127.0.0.1:4712/x",
                "ftp://file.notion.so/x")) {
            assertThatThrownBy(() -> ExportLink.parse(bad + "?signature=hush").admit(fileHosts))
                    .isInstanceOf(ExportRefusedException.class)
                    .hasMessageContaining("no https address of Notion's")
                    .hasMessageNotContaining("hush");
        }
        assertThatThrownBy(() -> ExportLink.parse("no link")).isInstanceOf(ExportRefusedException.class);
    }

    @Test
    void a_link_tells_when_it_expires_and_is_known_again_when_it_is_signed_anew() throws Exception {
        ExportLink link = ExportLink.parse(
                "https://file.notion.so/f/t/1/E.zip?table=user_export&id=x1&spaceId=&expirationTimestamp=1766970372152&signature=s");

        assertThat(link.expiry()).contains(Instant.ofEpochMilli(1_766_970_372_152L));
        assertThat(link.key())
                .isEqualTo(ExportLink.parse("https://file.notion.com/f/t/1/E.zip?id=x1&signature=t")
                        .key())
                .isNotEqualTo(ExportLink.parse("https://file.notion.so/f/t/1/E.zip?id=x2")
                        .key());
        assertThat(link).hasToString("https://file.notion.so/.../E.zip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "Sat, 21 Nov 2026 22:00:30 GMT | PT30S",
                "Sat, 21 Nov 2026 21:00:30 GMT | ''",
                "99999999 | PT6H",
                "soon | ''"
            })
    void how_long_to_wait_comes_in_seconds_or_as_a_date(String text, String expected) {
        assertThat(ExportDoor.pause(Map.of("Date", "Sat, 21 Nov 2026 22:00:00 GMT", "retry-after", text))
                        .map(Object::toString)
                        .orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void each_reason_why_no_workspace_can_be_exported_has_a_sentence_of_its_own() throws Exception {
        var settings = SampleRun.collecting(Comments.NONE, false, ExternalMedia.NONE);
        Space acme = new Space(SPACE, "Acme", "u1", false, List.of());
        Space lab = new Space(OTHER, "Lab", "u1", false, List.of());
        Space closed = new Space(SPACE, "Acme", "u1", true, List.of());

        assertThat(Exports.choose(settings, List.of(acme))).isEqualTo(acme);
        assertThatThrownBy(() -> Exports.choose(settings, List.of())).hasMessageContaining("no workspace at all");
        assertThatThrownBy(() -> Exports.choose(settings, List.of(acme, lab)))
                .hasMessageContaining("several workspaces")
                .hasMessageContaining("\"Acme\" (" + SPACE + "), \"Lab\" (" + OTHER + ")");
        assertThatThrownBy(() -> Exports.choose(settings, List.of(closed))).hasMessageContaining("forbid exports");
    }
}
