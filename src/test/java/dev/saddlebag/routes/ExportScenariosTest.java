package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.export.CookieRefusedException;
import dev.saddlebag.export.ExportFailedException;
import dev.saddlebag.export.ExportRefusedException;
import dev.saddlebag.export.HostBlockedException;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportHost;
import dev.saddlebag.simulator.ExportRefusal;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.Exports.Seen;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.NoopCookieStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of each course that a native export can take, up to its archives (facts/notion-export.md §1.10, §3.5). */
class ExportScenariosTest {
    @TempDir
    Path folder;

    private Lab lab;
    private ExportRig rig;

    private void open(Behaviour behaviour) throws IOException {
        lab = new Lab(folder, SampleWorkspace.of(5, 12), behaviour).exporting("export");
        rig = new ExportRig(lab);
    }

    private void play(ExportScenario scenario) throws Exception {
        open(Behaviour.standard());
        rig.notion().play(scenario);
    }

    @AfterEach
    void close() {
        if (rig != null) {
            assertThat(rig.leaks()).isEmpty();
            rig.close();
            lab.close();
        }
    }

    /** Each look at this clock takes some time, so that hours pass in a moment. */
    private static Clock whoseLooksTake(Duration step) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T08:00:00Z"));
        InstantSource source = () -> now.getAndUpdate(time -> time.plus(step));
        return source.withZone(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "FINE",
                "LINK_IN_TASK",
                "LINK_IN_FEED_OLD_NESTING",
                "LINK_IN_FEED_NEW_NESTING",
                "FEED_AT_NEW_HOST_ONLY",
                "OLDER_EXPORT_FIRST_IN_FEED",
                "LINK_AFTER_SUCCESS",
                "STATUS_MISSING",
                "EXPORTED_COUNT",
                "RATE_LIMITED",
                "FILE_TOKEN_BY_SET_COOKIE",
                "FILE_TOKEN_UNWELCOME",
                "DOWNLOAD_CUT",
                "DOWNLOAD_CUT_WITHOUT_RANGES",
                "DOWNLOAD_CHUNKED",
                "EMPTY_RESULTS",
                "FINE_UNTIL_DOWNLOADED",
                "ZIP64",
                "FIVE_PARTS"
            })
    void what_goes_well_in_the_end_brings_the_archive_with_one_order(ExportScenario scenario) throws Exception {
        play(scenario);

        rig.fetch();

        assertThat(rig.notion().taskIds()).hasSize(1);
        assertThat(rig.hasArchives(1)).isTrue();
        assertThat(rig.job().space()).isEqualTo(rig.notion().spaceId());
    }

    @Test
    void a_task_that_may_be_repeated_is_ordered_again() throws Exception {
        play(ExportScenario.RETRYABLE_FAILURE_ONCE);

        rig.fetch();

        assertThat(rig.notion().taskIds()).hasSize(2);
        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void a_task_that_must_always_be_repeated_is_given_up_after_as_many_attempts_as_the_settings_say() throws Exception {
        play(ExportScenario.RETRYABLE_FAILURE_ALWAYS);

        assertThatThrownBy(rig::fetch).isInstanceOf(ExportFailedException.class);

        assertThat(rig.notion().taskIds()).hasSize(3);
    }

    @Test
    void a_failure_is_tried_once_more_and_told_in_notions_words() throws Exception {
        play(ExportScenario.FAILURE);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportFailedException.class)
                .hasMessageContaining(rig.notion().life().error())
                .hasMessageContaining("saddlebag ingest");

        assertThat(rig.notion().taskIds()).hasSize(2);
    }

    @Test
    void what_cannot_be_exported_as_a_whole_is_exported_page_by_page() throws Exception {
        play(ExportScenario.WORKSPACE_FAILS_PAGES_SUCCEED);
        List<String> pages = lab.notion().workspace().standalonePages().subList(0, 2);
        lab.with("saddlebag.workspace.acme.export.pages", String.join(",", pages));

        rig.fetch();

        assertThat(rig.notion().taskIds()).hasSize(4);
        assertThat(rig.hasArchives(2)).isTrue();
    }

    @Test
    void a_session_that_is_over_is_refused_at_once_and_says_what_to_renew() throws Exception {
        play(ExportScenario.SESSION_OVER);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("token_v2")
                .hasMessageNotContaining(rig.notion().tokenV2());

        // Each host is asked once, since the session may be known to one of them only.
        assertThat(rig.notion().seen()).hasSize(2);
    }

    @Test
    void a_session_that_ends_while_notion_exports_is_no_timeout_and_the_wait_goes_on_with_a_new_one() throws Exception {
        play(ExportScenario.SESSION_ENDS);

        assertThatThrownBy(rig::fetch).isInstanceOf(CookieRefusedException.class);

        rig.notion().play(ExportScenario.FINE);
        rig.restart();
        rig.fetch();
        assertThat(rig.notion().taskIds()).hasSize(1);
        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void a_blocked_machine_is_not_told_to_renew_its_cookie() throws Exception {
        play(ExportScenario.BOT_BLOCK);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(HostBlockedException.class)
                .hasMessageContaining("Cloudflare")
                .hasMessageNotContaining("copy the cookie");
    }

    @Test
    void a_page_in_place_of_an_answer_is_not_taken_for_one() throws Exception {
        play(ExportScenario.HTML_ANSWERS);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("login page instead of an answer");
    }

    @Test
    void an_order_that_notion_broke_off_is_not_given_twice_when_its_task_was_made() throws Exception {
        play(ExportScenario.ENQUEUED_DESPITE_ERROR);

        rig.fetch();

        assertThat(rig.notion().taskIds()).hasSize(1);
        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void an_order_that_notion_broke_off_is_given_again_when_nothing_comes_of_it() throws Exception {
        play(ExportScenario.NOT_ENQUEUED_AFTER_ERROR);
        lab.with("saddlebag.workspace.acme.export.link-grace", "PT2S");

        rig.fetch();

        assertThat(rig.notion().count("enqueueTask")).isEqualTo(2);
        assertThat(rig.notion().seen().stream()
                        .map(Seen::call)
                        .dropWhile(call -> !call.equals("enqueueTask"))
                        .skip(1)
                        .findFirst())
                .contains("getNotificationLogV2");
        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void without_a_file_token_a_download_that_needs_one_says_so() throws Exception {
        play(ExportScenario.FILE_TOKEN_NOT_TO_BE_HAD);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("403")
                .hasMessageContaining("file-token");
    }

    @Test
    void the_file_token_of_the_settings_is_used_where_notion_gives_none() throws Exception {
        play(ExportScenario.FILE_TOKEN_NOT_TO_BE_HAD);
        lab.with("saddlebag.workspace.acme.file-token", rig.notion().fileToken());

        rig.fetch();

        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void a_page_in_place_of_the_archive_is_recognised_before_anything_is_stored() throws Exception {
        play(ExportScenario.HTML_DOWNLOAD);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("a web page");

        assertThat(rig.job().archives()).allMatch(Files::notExists);
    }

    @Test
    void a_download_that_breaks_off_goes_on_where_it_was() throws Exception {
        play(ExportScenario.DOWNLOAD_CUT);

        rig.fetch();

        List<Seen> downloads = downloads();
        assertThat(downloads).hasSize(3);
        assertThat(downloads.get(0).headers()).doesNotContainKey("range");
        assertThat(downloads.get(1).headers()).containsKey("range").containsKey("if-range");
        assertThat(downloads).extracting(Seen::status).containsExactly(200, 206, 206);
    }

    private List<Seen> downloads() {
        return rig.notion().seen().stream()
                .filter(seen -> seen.call().equals("download"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"&signature=0, 400, expired or is not whole", "/f/t/0/Export.zip?, 404, expired or is not whole"})
    void a_link_that_is_cut_off_or_leads_to_nothing_is_told_with_what_the_host_answered(
            String damage, int status, String said) throws Exception {
        play(ExportScenario.LINK_IN_TASK);
        rig.fetch();
        String target = downloads().get(0).target();
        String damaged = damage.startsWith("&")
                ? target.replaceFirst("&signature=[^&]*", damage)
                : target.replaceFirst("/f/t/[^?]*\\?", damage);
        lab.with("saddlebag.workspace.acme.file-token", rig.notion().fileToken());
        rig.restart();

        assertThatThrownBy(() -> rig.ingest(rig.notion().url(ExportHost.FILES) + damaged))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("answered " + status)
                .hasMessageContaining(said);
    }

    @Test
    void an_expired_link_is_not_even_tried() throws Exception {
        play(ExportScenario.LINK_EXPIRED);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("expired at");

        assertThat(downloads()).isEmpty();
    }

    @Test
    void a_redirection_is_followed_without_cookies() throws Exception {
        play(ExportScenario.REDIRECT_TO_FOREIGN_HOST);

        rig.fetch();

        assertThat(rig.hasArchives(1)).isTrue();
        assertThat(downloads())
                .anyMatch(seen ->
                        seen.host() == ExportHost.FOREIGN && seen.cookies().isEmpty());
    }

    @Test
    void no_client_keeps_cookies_of_its_own() throws Exception {
        play(ExportScenario.FINE);
        rig.fetch();

        assertThat(rig.httpEndpoints())
                .hasSize(2)
                .allMatch(endpoint -> endpoint.getCookieStore() instanceof NoopCookieStore)
                .noneMatch(HttpEndpoint::isFollowRedirects);
    }

    @Test
    void a_link_to_a_foreign_host_is_refused() throws Exception {
        play(ExportScenario.LINK_TO_FOREIGN_HOST);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("no https address of Notion's");

        assertThat(rig.notion().seen()).noneMatch(seen -> seen.host() == ExportHost.FOREIGN);
    }

    @Test
    void the_export_of_somebody_else_that_ends_first_is_not_taken() throws Exception {
        open(Behaviour.standard().withClock(whoseLooksTake(Duration.ofSeconds(1))));
        rig.notion().play(ExportScenario.FOREIGN_EXPORT_FIRST);
        rig.notion().life(rig.notion().life().withPolls(12));

        rig.fetch();

        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void a_workspace_that_forbids_exports_says_so_before_anything_is_ordered() throws Exception {
        play(ExportScenario.EXPORT_DISABLED);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("forbid exports");

        assertThat(rig.notion().taskIds()).isEmpty();
    }

    @Test
    void an_account_without_a_workspace_says_so() throws Exception {
        play(ExportScenario.SPACE_ABSENT);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("no workspace at all");
    }

    @Test
    void a_workspace_that_the_cookie_does_not_open_is_named_with_those_that_it_opens() throws Exception {
        play(ExportScenario.FINE);
        lab.with("saddlebag.workspace.acme.space-id", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
                .hasMessageContaining(rig.notion().spaceId());
    }

    @Test
    void a_cookie_that_was_decoded_by_hand_says_so() throws Exception {
        play(ExportScenario.FINE);
        lab.with("saddlebag.workspace.acme.token-v2", rig.notion().tokenV2().replace("%3A", ":"));

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("with its percent signs");
    }

    @Test
    void a_success_without_a_link_is_told_as_such_when_the_grace_is_over() throws Exception {
        open(Behaviour.standard().withClock(whoseLooksTake(Duration.ofMinutes(1))));
        rig.notion().play(ExportScenario.SUCCESS_WITHOUT_LINK);

        assertThatThrownBy(rig::fetch)
                .isInstanceOf(ExportFailedException.class)
                .hasMessageContaining("still no link")
                .hasMessageContaining("export.link-grace");

        assertThat(rig.notion().count("getNotificationLogV2")).isGreaterThan(10);
    }

    @Test
    void an_export_may_take_thirty_hours() throws Exception {
        open(Behaviour.standard().withClock(whoseLooksTake(Duration.ofMinutes(20))));
        lab.with("notion.export.poll-interval", "PT0.001S");
        rig.notion().play(ExportScenario.PENDING_FOR_HOURS);

        rig.fetch();

        assertThat(rig.hasArchives(1)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING_FOR_EVER", "UNKNOWN_STATE"})
    void an_export_that_never_ends_is_given_up_when_its_time_is_over(ExportScenario scenario) throws Exception {
        open(Behaviour.standard().withClock(whoseLooksTake(Duration.ofMinutes(20))));
        lab.with("notion.export.poll-interval", "PT0.001S");
        rig.notion().play(scenario);

        assertThatThrownBy(rig::fetch).isInstanceOf(ExportFailedException.class).hasMessageContaining("export.timeout");
    }

    @Test
    void what_breaks_off_while_it_waits_is_asked_again() throws Exception {
        play(ExportScenario.STATUS_MISSING);
        rig.notion().refuse("getTasks", ExportRefusal.ORIGIN_ERROR, 3);

        rig.fetch();

        assertThat(rig.notion().taskIds()).hasSize(1);
        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void what_was_fetched_by_an_earlier_run_is_not_fetched_again() throws Exception {
        play(ExportScenario.FINE);
        rig.fetch();
        Files.delete(lab.staging().resolve("run.json"));

        rig.fetch();

        assertThat(rig.notion().taskIds()).hasSize(2);
        assertThat(rig.hasArchives(1)).isTrue();
    }

    @Test
    void a_file_that_a_person_gives_is_read_where_it_is_and_notion_is_not_asked() throws Exception {
        play(ExportScenario.FINE);
        Path given = Files.writeString(folder.resolve("by-hand.zip"), "PK");

        rig.ingest(given.toString());

        assertThat(rig.job().archives()).containsExactly(given);
        assertThat(rig.notion().seen()).isEmpty();
    }

    @Test
    void a_link_that_a_person_gives_is_followed() throws Exception {
        play(ExportScenario.LINK_IN_TASK);
        rig.fetch();
        String link = rig.notion().url(ExportHost.FILES) + downloads().get(0).target();
        lab.with("saddlebag.workspace.acme.file-token", rig.notion().fileToken());
        rig.restart();

        rig.ingest(link);

        assertThat(rig.notion().taskIds()).hasSize(1);
        assertThat(rig.hasArchives(1)).isTrue();
    }
}
