package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.saddlebag.channel.HookServer;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Telling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of channel against a server that is kind, strict, silent or broken. */
class ChannelsTest {
    private static final String NTFY = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: ntfy
            spec:
              definition:
                title: ntfy
                description: A kind that an operator has added.
                required: [url]
                type: object
                properties:
                  url: { title: Address, description: Where to post., type: string, format: password }
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - removeHeaders: { pattern: "*" }
                    - setHeader: { name: CamelHttpUri, constant: "{{url}}" }
                    - setHeader: { name: Title, simple: "${body.subject}" }
                    - setBody: { simple: "${body.text}" }
                    - to: { uri: "https://ntfy" }
            """;

    @TempDir
    Path folder;

    private ToldBy told;

    @BeforeEach
    void configure() throws IOException {
        told = new ToldBy(folder);
    }

    @Test
    void a_web_hook_gets_json_with_a_signature_that_can_be_checked() throws Exception {
        try (HookServer hook = HookServer.start()) {
            Telling telling = tell("webhook", Map.of("url", hook.url("/in"), "secret", "sh\"ared #{x} %20+"));

            assertThat(telling.sent()).isTrue();
            HookServer.Post post = hook.posts().get(0);
            assertThat(post.headers().get("X-Saddlebag-Signature"))
                    .isEqualTo("sha256=" + hmac("sh\"ared #{x} %20+", post.body()));
            assertThat(post.headers()).doesNotContainKey("depth");
            JsonNode json = Json.MAPPER.readTree(post.body());
            assertThat(json.path("topic").asText()).isEqualTo("test");
            assertThat(json.path("workspace").asText()).isEqualTo("acme");
        }
    }

    @Test
    void a_web_hook_without_a_secret_is_not_signed() throws Exception {
        try (HookServer hook = HookServer.start()) {
            assertThat(tell("webhook", Map.of("url", hook.url("/in"))).sent()).isTrue();

            assertThat(hook.posts().get(0).headers()).doesNotContainKey("X-Saddlebag-Signature");
        }
    }

    @Test
    void a_folder_gets_each_report_as_a_page_of_its_own() throws Exception {
        Path reports = folder.resolve("shared/reports");
        assertThat(tell("file", Map.of("directory", reports.toString())).sent()).isTrue();
        assertThat(tell("file", Map.of("directory", reports.toString())).sent()).isTrue();

        try (Stream<Path> pages = Files.list(reports)) {
            assertThat(pages.toList()).hasSize(2).allSatisfy(page -> {
                assertThat(page.getFileName().toString()).matches("\\d{8}T\\d{6}Z-acme-test-.*\\.html");
                assertThat(Files.readString(page)).contains("<html", "acme", "</html>");
            });
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_an_error_like_any_other() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "in the way");

        Telling telling =
                tell("file", Map.of("directory", file.resolve("reports").toString()));

        assertThat(telling.sent()).isFalse();
        assertThat(telling.error()).contains("a file");
    }

    @Test
    void slack_that_says_no_is_not_asked_again_and_its_address_is_not_told() throws Exception {
        try (HookServer hook = HookServer.start()) {
            hook.answer(429, "rate_limited");
            hook.askToWait("30");
            Telling telling = tell("slack", Map.of("url", hook.url("/services/T0/SECRET")));

            assertThat(telling).isEqualTo(new Telling("one", false, "The server answered 429: rate_limited."));
            assertThat(hook.posts()).hasSize(1);
        }
    }

    @Test
    void a_server_in_trouble_is_asked_three_times() throws Exception {
        try (HookServer hook = HookServer.start()) {
            hook.answer(502, "");
            assertThat(tell("slack", Map.of("url", hook.url("/services/SECRET")))
                            .error())
                    .isEqualTo("The server answered 502.");
            assertThat(hook.posts())
                    .hasSize(3)
                    .allSatisfy(post -> assertThat(Json.MAPPER
                                    .readTree(post.body())
                                    .path("text")
                                    .asText())
                            .isEqualTo("acme: Test message"));
        }
    }

    @Test
    void a_server_that_never_answers_is_given_up() throws Exception {
        try (HookServer hook = HookServer.start()) {
            hook.fallSilent();
            Telling telling = tell("webhook", Map.of("url", hook.url("/SECRET"), "timeout", "1"));

            assertThat(telling.sent()).isFalse();
            assertThat(telling.error()).containsIgnoringCase("timed out").doesNotContain("SECRET");
        }
    }

    @Test
    void a_server_whose_name_nobody_knows_is_told_without_the_address() throws Exception {
        Telling telling = tell("slack", Map.of("url", "https://hooks.invalid/services/SECRET"));

        assertThat(telling.error()).contains("hooks.invalid").doesNotContain("SECRET");
    }

    @Test
    void a_wrong_password_is_refused_and_not_told() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("ops@example.org", "saddlebag", "right");
        mail.start();
        try {
            Telling telling = tell(
                    "email",
                    email(mail.getSmtp().getPort(), "security", "none", "user", "saddlebag", "password", "WRONG-ONE"));

            assertThat(telling.error()).contains("535").doesNotContain("WRONG-ONE");
            assertThat(mail.getReceivedMessages()).isEmpty();
        } finally {
            mail.stop();
        }
    }

    @Test
    void nothing_leaves_in_the_clear_where_the_server_cannot_encrypt() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            int port = mail.getSmtp().getPort();
            assertThat(tell("email", email(port)).error()).contains("STARTTLS");
            assertThat(mail.getReceivedMessages()).isEmpty();
            assertThat(tell("email", email(port, "security", "starttls-if-offered"))
                            .sent())
                    .isTrue();
            assertThat(mail.getReceivedMessages()).hasSize(1);
        } finally {
            mail.stop();
        }
    }

    @Test
    void a_server_with_tls_must_be_vouched_for() throws Exception {
        Path keys = folder.resolve("keys.p12");
        ToldBy.certificate(keys, folder.resolve("ca.pem"));
        System.setProperty("greenmail.tls.keystore.file", keys.toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        mail.start();
        try {
            int port = mail.getSmtps().getPort();
            assertThat(tell("email", email(port, "security", "tls")).sent()).isFalse();
            assertThat(mail.getReceivedMessages()).isEmpty();
            Telling telling = tell("email", email(port, "security", "tls", "ca-file", "ca.pem", "host", "localhost"));
            assertThat(telling.error()).isEmpty();
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(tell("email", email(port, "security", "tls", "ca-file", "gone.pem"))
                            .error())
                    .contains("gone.pem");
        } finally {
            mail.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void a_further_kind_of_channel_is_one_file() throws Exception {
        Path routes = folder.resolve("routes");
        copy(Path.of("routes"), routes);
        Files.writeString(routes.resolve("channels/ntfy.kamelet.yaml"), NTFY);
        Map<String, String> overrides = ToldBy.channel("ntfy", Map.of("url", "https://example.org"));
        overrides.put("saddlebag.routes-directory", routes.toString());
        assertThat(Checkup.of(told.configuration(), Map.of(), overrides).mistakes())
                .isEmpty();
        try (HookServer hook = HookServer.start()) {
            overrides.put("saddlebag.channel.one.url", hook.url("/topic"));
            assertThat(told.tell(overrides).sent()).isTrue();

            assertThat(hook.posts().get(0).headers().get("Title")).isEqualTo("[Saddlebag] acme: Test message");
            assertThat(hook.posts().get(0).body()).startsWith("Test message");
            // Its own way to fail names the address, as Camel does.
            hook.answer(500, "");
            overrides.put("saddlebag.channel.one.url", hook.url("/SECRET-TOPIC"));
            assertThat(told.tell(overrides).error()).contains("(secret)").doesNotContain("SECRET-TOPIC");
        }
    }

    private Telling tell(String kind, Map<String, String> options) throws Exception {
        return told.tell(kind, options);
    }

    private static Map<String, String> email(int port, String... more) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "host", "127.0.0.1", "port", String.valueOf(port), "from", "s@example.org", "to", "ops@example.org"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private static String hmac(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
