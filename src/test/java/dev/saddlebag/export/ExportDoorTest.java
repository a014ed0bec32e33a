package dev.saddlebag.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.ExportSettings;
import dev.saddlebag.configuration.ExternalMedia;
import dev.saddlebag.configuration.Secret;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.SampleRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each signal of an answer that is none has a class and a sentence of its own (facts/notion-export.md §1.9, §1.10). */
class ExportDoorTest {
    private static final String COOKIE = "v02%3Aof-the-user";
    private static final URI WEB = URI.create("https://app.notion.com");
    private static final URI ADMIN = URI.create("https://api.notion.com/admin");

    @TempDir
    Path folder;

    private final ExportDoor door = new ExportDoor();
    private ExportJob web;
    private ExportJob admin;

    @BeforeEach
    void begin() throws Exception {
        ExportSettings settings =
                SampleRun.collecting(Comments.NONE, false, ExternalMedia.NONE).export();
        Cookies cookies = new Cookies(
                Optional.of(new Secret(COOKIE)), Optional.empty(), List.of(WEB), new Hosts(List.of("file.notion.so")));
        web = job(new WebExport(settings, List.of(WEB), cookies), cookies);
        admin = job(new AdminExport(settings, ADMIN, "/v1/exports"), cookies);
    }

    private ExportJob job(Provider provider, Cookies cookies) throws IOException {
        return new ExportJob(SampleRun.in(folder), new JobState(), provider, cookies, Clock.systemUTC());
    }

    private Exception answered(ExportJob job, int status, String type, String body) {
        return answered(job, Map.of("CamelHttpResponseCode", status, "Content-Type", type), body);
    }

    private Exception answered(ExportJob job, Map<String, Object> headers, String body) {
        Throwable refused = catchThrowable(() ->
                door.read(job, order(job), headers, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        assertThat(refused).isNotNull();
        assertThat(refused.getMessage()).doesNotContain(COOKIE);
        return (Exception) refused;
    }

    private static Question order(ExportJob job) {
        JobState state = new JobState();
        state.host = WEB.toString();
        state.space = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
        return job.provider().start(state, answer -> {});
    }

    @Test
    void an_answer_in_json_is_the_answer() throws Exception {
        assertThat(door.read(
                        web,
                        order(web),
                        Map.of("CamelHttpResponseCode", 200),
                        new ByteArrayInputStream("{\"taskId\":\"t\"}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Json.MAPPER.createObjectNode().put("taskId", "t"));
    }

    @Test
    void a_session_that_is_over_asks_for_a_new_cookie() {
        assertThat(answered(
                        web,
                        401,
                        "application/json",
                        "{\"name\":\"UnauthorizedError\",\"message\":\"Token was invalid or expired.\","
                                + "\"clientData\":{\"type\":\"login_try_again\"}}"))
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("401: Token was invalid or expired.")
                .hasMessageContaining("copy the cookie token_v2")
                .hasMessageContaining("Nothing that was backed up before is touched");
    }

    @Test
    void a_token_of_an_organisation_that_is_refused_asks_for_a_new_token() {
        assertThat(answered(
                        admin,
                        401,
                        "application/json",
                        "{\"type\":\"error\",\"code\":\"unauthorized\",\"status\":401,\"message\":\"API token is"
                                + " invalid.\"}"))
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("organisation console")
                .hasMessageNotContaining("cookie");
    }

    @Test
    void a_cookie_that_cannot_be_deciphered_was_not_copied_as_it_stands() {
        assertThat(answered(
                        web,
                        400,
                        "application/json",
                        "{\"name\":\"ValidationError\",\"message\":\"Could not find decryption metadata in " + COOKIE
                                + "\"}"))
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("with its percent signs");
    }

    @Test
    void what_the_admin_api_calls_invalid_names_the_settings_behind_its_fields() {
        assertThat(answered(
                        admin,
                        400,
                        "application/json",
                        "{\"type\":\"error\",\"code\":\"validation_error\",\"status\":400,\"message\":"
                                + "\"body.on_behalf_of_user_email should be a valid email.\"}"))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageStartingWith("Notion calls the question invalid, and would each time: POST /v1/exports")
                .hasMessageContaining("400: body.on_behalf_of_user_email should be a valid email.")
                .hasMessageContaining("on_behalf_of_user_email is export.on-behalf-of")
                .hasMessageContaining("saddlebag ingest")
                .hasMessageNotContaining("newer Saddlebag");
    }

    @Test
    void what_the_web_application_calls_invalid_names_its_settings() {
        assertThat(answered(
                        web, 400, "application/json", "{\"name\":\"ValidationError\",\"message\":\"Invalid input.\"}"))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("Invalid input.")
                .hasMessageContaining("export.event-name")
                .hasMessageNotContaining("on_behalf_of");
    }

    @ParameterizedTest
    @CsvSource({"403, Attention Required! | Cloudflare", "403, ''", "200, Just a moment..."})
    void a_machine_that_is_blocked_is_not_told_to_renew_its_cookie(int status, String title) {
        assertThat(answered(web, status, "text/html", "<html><head><title>" + title + "</title></head></html>"))
                .isInstanceOf(HostBlockedException.class)
                .hasMessageContaining("does not let this machine through")
                .hasMessageContaining("credentials may well be good")
                .hasMessageNotContaining("copy the cookie");
    }

    @Test
    void a_no_in_json_is_no_block_and_no_end_of_the_session() {
        assertThat(answered(
                        web, 403, "application/json", "{\"name\":\"UserError\",\"message\":\"You may not export.\"}"))
                .isExactlyInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("Notion refuses")
                .hasMessageContaining("You may not export.")
                .hasMessageContaining("whether the member may export");
    }

    @Test
    void a_login_page_in_place_of_an_answer_asks_for_a_new_cookie() {
        assertThat(answered(web, 200, "text/html", "<html><title>Notion</title><body>Log in</body></html>"))
                .isInstanceOf(CookieRefusedException.class)
                .hasMessageContaining("login page instead of an answer")
                .hasMessageContaining("copy the cookie token_v2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Maintenance</body></html>", "", "[]", "{\"taskId\":"})
    void any_other_page_in_place_of_an_answer_is_asked_again(String body) {
        assertThat(answered(web, 200, "text/html", body))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("this answer is not Notion's own");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 520, 522, 524})
    void trouble_of_notion_and_before_it_passes_and_leaves_open_what_was_done(int status) {
        assertThat(answered(web, status, "text/html", "<html><title>notion.so | " + status + "</title></html>"))
                .isInstanceOfSatisfying(
                        ExportBusyException.class,
                        busy -> assertThat(busy.leavesDoubt()).isTrue())
                .hasMessageContaining("was answered with " + status);
    }

    @Test
    void a_limit_of_the_rate_is_kept_as_long_as_it_says_and_nothing_was_done() {
        assertThat(answered(
                        web,
                        Map.of("CamelHttpResponseCode", 429, "Retry-After", "7"),
                        "{\"name\":\"RateLimitedError\",\"message\":\"Too many requests.\"}"))
                .isInstanceOfSatisfying(ExportBusyException.class, busy -> {
                    assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(busy.leavesDoubt()).isFalse();
                });
    }

    @Test
    void nothing_at_the_address_names_the_setting_of_the_address() {
        assertThat(answered(admin, 404, "application/json", "{\"code\":\"object_not_found\",\"message\":\"No.\"}"))
                .isExactlyInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("notion.export.admin-start-path");
        assertThat(answered(web, 404, "application/json", "{\"name\":\"NotFound\",\"message\":\"No.\"}"))
                .isExactlyInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("notion.export.base-urls");
    }
}
