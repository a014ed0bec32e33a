package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.channel.HookServer;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.report.Notice;
import dev.saddlebag.report.Outbox;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says about who is told. */
class DoctorChannelsTest {
    private static final String TOKEN = "ntn_secret-of-the-tests";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private NotionSimulator notion;
    private HookServer hook;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        notion = NotionSimulator.start(
                SampleWorkspace.of(1, 20), Behaviour.standard().withToken(TOKEN));
        hook = HookServer.start();
        Files.writeString(folder.resolve("application.properties"), """
                notion.api.base-url = %s
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.report.retry-delay = 1
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = %s
                saddlebag.workspace.acme.requests-per-minute = 100000
                saddlebag.workspace.acme.destinations = vault
                saddlebag.workspace.acme.channels = chat
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                saddlebag.channel.chat.kind = slack
                saddlebag.channel.chat.url = %s
                """.formatted(
                        notion.baseUrl(), Path.of("routes").toAbsolutePath(), TOKEN, hook.url("/SECRET-PART")));
    }

    @AfterEach
    void stop() {
        hook.close();
        notion.close();
    }

    @Test
    void a_channel_has_a_line_and_gets_nothing_unasked() {
        assertThat(saddlebag("doctor")).isZero();

        assertThat(out.toString())
                .contains("OK       channel        acme by chat: slack, brings problems; no message waits");
        assertThat(hook.posts()).isEmpty();
    }

    @Test
    void a_test_message_is_sent_when_it_is_asked_for() {
        assertThat(saddlebag("doctor", "--send-test")).isZero();

        assertThat(out.toString()).contains("acme by chat: took a test message");
        assertThat(hook.posts())
                .singleElement()
                .satisfies(post -> assertThat(post.body()).contains("Test message"));
    }

    @Test
    void a_test_message_that_is_refused_fails_and_does_not_wait() {
        hook.answer(404, "no_service");

        assertThat(saddlebag("doctor", "--send-test")).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "FAILED   channel        acme by chat: a test message could not be sent: The server answered 404:"
                                + " no_service.")
                .doesNotContain("SECRET-PART");
        saddlebag("doctor");
        assertThat(out.toString()).contains("no message waits");
    }

    @Test
    void messages_that_wait_are_counted() throws Exception {
        Path configuration = folder.resolve("application.properties");
        Settings settings = Settings.load(configuration, Map.of(), Map.of());
        try (Flow flow = Flow.start(settings, configuration, Map.of(), Flow.Timers.OFF)) {
            Notice test = flow.notices().test("acme");
            Notice notice = new Notice(
                    test.id(),
                    Notice.Topic.RUN,
                    Notice.Level.PROBLEM,
                    "acme",
                    test.at(),
                    "Failed",
                    "It failed.",
                    null,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    null,
                    null);
            new Outbox(settings, Clock.systemUTC()).keep(notice, "chat", new IOException("Connection refused"));
        }

        assertThat(saddlebag("doctor")).isZero();

        assertThat(out.toString())
                .contains(
                        "WARNING  channel        acme by chat: slack, brings problems; messages that could not be sent: 1,")
                .contains("tried 1 times: Connection refused.");
    }

    private int saddlebag(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(arguments));
        return Saddlebag.execute(
                new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), all.toArray(String[]::new));
    }
}
