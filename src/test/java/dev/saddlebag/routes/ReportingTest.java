package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.saddlebag.channel.HookServer;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outbox;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, and who hears of them. */
class ReportingTest {
    private static final String PASSWORD = "pw\"+&#{x}%20)Z";

    @TempDir
    Path folder;

    private GreenMail mail;
    private HookServer hook;
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("ops@example.org", "saddlebag", PASSWORD);
        mail.start();
        hook = HookServer.start();
        lab = new Lab(folder, SampleWorkspace.of(1, 20), Behaviour.standard())
                .with("saddlebag.report.retry-delay", "1")
                .with("saddlebag.workspace.acme.channels", "ops-mail, chat, hook")
                .with("saddlebag.channel.ops-mail.kind", "email")
                .with("saddlebag.channel.ops-mail.host", "127.0.0.1")
                .with(
                        "saddlebag.channel.ops-mail.port",
                        String.valueOf(mail.getSmtp().getPort()))
                .with("saddlebag.channel.ops-mail.security", "none")
                .with("saddlebag.channel.ops-mail.user", "saddlebag")
                .with("saddlebag.channel.ops-mail.password", PASSWORD)
                .with("saddlebag.channel.ops-mail.from", "Saddlebag <saddlebag@example.org>")
                .with("saddlebag.channel.ops-mail.to", "ops+notion@example.org, boss@example.org")
                .with("saddlebag.channel.ops-mail.on", "all")
                .with("saddlebag.channel.chat.kind", "slack")
                .with("saddlebag.channel.chat.url", hook.url("/services/T0/B0/SECRET-PART"))
                .with("saddlebag.channel.hook.kind", "webhook")
                .with("saddlebag.channel.hook.url", hook.url("/hook?key=SECRET-PART"))
                .with("saddlebag.channel.hook.secret", "shared\"secret")
                .with("saddlebag.channel.hook.on", "all")
                .with("saddlebag.workspace.acme.heartbeat-url", hook.url("/beat/SECRET-PART"));
    }

    @AfterEach
    void stop() {
        lab.close();
        hook.close();
        mail.stop();
    }

    @Test
    void a_complete_run_is_told_to_those_who_want_all_and_keeps_its_books() throws Exception {
        RunSummary summary = lab.backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(mail.getReceivedMessages()).hasSize(2);
        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("[Saddlebag] acme: Backup complete");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("ops+notion@example.org", "boss@example.org");
        assertThat(message.getHeader("depth")).isNull();
        Multipart parts = (Multipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(text(parts.getBodyPart(0)))
                .contains(summary.run(), "3-2-1: no. 2 of 3 copies (Notion, vault)", "Recovery point: 20");
        assertThat(text(parts.getBodyPart(1)))
                .startsWith("<!DOCTYPE html>")
                .contains("Backup complete", "class=\"top ok\"")
                .doesNotContain("http://", "https://", "src=");
        assertThat(hook.posts())
                .extracting(HookServer.Post::path)
                .containsExactlyInAnyOrder("/hook?key=SECRET-PART", "/beat/SECRET-PART");
        Path books = lab.state().resolve("acme/runs").resolve(summary.run());
        JsonNode coverage =
                Json.MAPPER.readTree(books.resolve("coverage_report.json").toFile());
        assertThat(coverage.path("outcome").asText()).isEqualTo("complete");
        assertThat(coverage.at("/objects/page/collected").asLong())
                .isEqualTo(summary.counts().pages());
        JsonNode failures = Json.MAPPER.readTree(books.resolve("failures.json").toFile());
        assertThat(failures.path("gaps")).isEmpty();
        assertThat(failures.path("deliveries")).isEmpty();
    }

    @Test
    void what_changed_is_told_against_the_last_accepted_snapshot() throws Exception {
        lab.backup();
        RunSummary second = lab.backup("sweep");

        assertThat(second.changes().pages().added()).isZero();
        assertThat(second.changes().pages().changed()).isZero();
        assertThat(second.changes().pages().removed()).isZero();
    }

    @Test
    void a_dead_channel_silences_no_other_and_its_message_waits() throws Exception {
        hook.answer(500, "broken");
        RunSummary summary = lab.backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(mail.getReceivedMessages()).hasSize(2);
        List<Outbox.Waiting> waiting = lab.flow().outbox().all();
        assertThat(waiting).singleElement().satisfies(one -> {
            assertThat(one.channel()).isEqualTo("hook");
            assertThat(one.tries()).isEqualTo(1);
            assertThat(one.error()).isEqualTo("The server answered 500: broken.");
        });
    }

    @Test
    void a_mail_server_that_is_not_there_is_tried_three_times_and_then_later() throws Exception {
        mail.stop();
        lab.backup();

        assertThat(hook.posts()).extracting(HookServer.Post::path).contains("/hook?key=SECRET-PART");
        assertThat(lab.flow().outbox().all()).singleElement().satisfies(one -> {
            assertThat(one.channel()).isEqualTo("ops-mail");
            assertThat(one.error()).contains("refused").doesNotContain(PASSWORD);
        });
    }

    @Test
    void trouble_is_told_to_all_once_and_its_end_too() throws Exception {
        lab.backup();
        lab.notion().faults().killToken(true);
        lab.backup();
        lab.backup();
        lab.notion().faults().killToken(false);
        lab.backup();

        assertThat(hook.posts())
                .filteredOn(post -> post.path().startsWith("/services"))
                .extracting(
                        post -> Json.MAPPER.readTree(post.body()).path("text").asText())
                .containsExactly("acme: Backup failed: Notion refuses the token", "acme: Recovered: backup complete");
        assertThat(hook.posts())
                .filteredOn(post -> post.path().startsWith("/hook"))
                .extracting(
                        post -> Json.MAPPER.readTree(post.body()).path("topic").asText())
                .containsExactly("run", "run", "recovered");
        assertThat(hook.posts())
                .filteredOn(post -> post.path().startsWith("/beat"))
                .hasSize(2);
        for (Path file : everything(lab.state())) {
            assertThat(file)
                    .content(java.nio.charset.StandardCharsets.ISO_8859_1)
                    .doesNotContain("SECRET-PART");
        }
    }

    private static List<Path> everything(Path state) throws Exception {
        try (var files = Files.walk(state)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static String text(Part part) throws Exception {
        return part.getContent().toString();
    }
}
