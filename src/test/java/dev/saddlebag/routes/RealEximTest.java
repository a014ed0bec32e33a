package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.RealServers;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.report.Telling;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Hashes;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kind {@code email} with a server that takes nothing in the clear and nothing of strangers. */
class RealEximTest {
    private static final String USER = "Debian-exim";
    private static final String PASSWORD = "exim-Secret+#%20";

    @TempDir
    Path folder;

    private Process exim;
    private int plain;
    private int tls;
    private ToldBy told;

    @BeforeEach
    void start() throws Exception {
        RealServers.require("exim4");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "exim delivers for root only");
        told = new ToldBy(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        plain = RealServers.freePort();
        tls = RealServers.freePort();
        ToldBy.certificate(folder.resolve("keys.p12"), folder.resolve("ca.pem"));
        RealServers.run(
                folder.resolve("openssl.log"),
                "openssl",
                "pkcs12",
                "-in",
                folder + "/keys.p12",
                "-passin",
                "pass:changeit",
                "-nodes",
                "-nocerts",
                "-out",
                folder + "/key.pem");
        Path home = Files.createDirectories(folder.resolve("exim"));
        Files.createDirectories(home.resolve("spool"));
        Files.createDirectories(home.resolve("mail"));
        Files.writeString(home.resolve("exim.conf"), configuration(home));
        RealServers.run(
                folder.resolve("chown.log"),
                "chown",
                "-R",
                USER,
                home + "/spool",
                home + "/mail",
                folder + "/key.pem",
                folder + "/ca.pem");
        exim = new ProcessBuilder(RealServers.path("exim4"), "-C", home + "/exim.conf", "-bdf", "-q1m")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("exim.log").toFile())
                .start();
        RealServers.awaitPort(exim, plain, folder.resolve("exim.log"));
    }

    private String configuration(Path home) {
        return """
                primary_hostname = localhost
                spool_directory = %1$s/spool
                log_file_path = %1$s/spool/%%slog
                pid_file_path = %1$s/spool/pid
                local_interfaces = 127.0.0.1
                daemon_smtp_ports = %2$d : %3$d
                tls_on_connect_ports = %3$d
                tls_advertise_hosts = *
                tls_certificate = %4$s/ca.pem
                tls_privatekey = %4$s/key.pem
                auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
                keep_environment =
                acl_smtp_mail = who
                acl_smtp_rcpt = whom
                begin acl
                who:
                  require message = only encrypted
                          encrypted = *
                  require message = only known senders
                          authenticated = *
                  accept
                whom:
                  require domains = example.org
                  accept
                begin routers
                all:
                  driver = accept
                  transport = box
                begin transports
                box:
                  driver = appendfile
                  maildir_format
                  directory = %1$s/mail
                  user = %5$s
                begin authenticators
                plain:
                  driver = plaintext
                  public_name = PLAIN
                  server_prompts = :
                  server_condition = ${if and{{eq{$auth2}{ops}}{eq{$auth3}{%6$s}}}}
                  server_set_id = $auth2
                """.formatted(home, plain, tls, folder, USER, PASSWORD);
    }

    @AfterEach
    void stop() throws Exception {
        if (exim != null) {
            exim.destroy();
            assertThat(exim.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void it_takes_a_message_by_starttls_and_by_tls() throws Exception {
        assertThat(told.tell("email", options(plain, "starttls")).error()).isEmpty();
        assertThat(told.tell("email", options(tls, "tls")).error()).isEmpty();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> arrived().size() == 2);
        assertThat(Files.readString(arrived().get(0)))
                .contains("multipart/alternative", "Subject: [Saddlebag] acme: Test message", "To: ops@example.org");
    }

    @Test
    void nothing_goes_out_without_encryption_or_a_certificate_that_is_vouched_for() throws Exception {
        assertThat(told.tell("email", options(plain, "none")).error()).contains("only encrypted");
        Map<String, String> strangers = options(plain, "starttls");
        strangers.remove("ca-file");
        Telling untrusted = told.tell("email", strangers);
        assertThat(untrusted.sent()).isFalse();
        assertThat(untrusted.error()).contains("certification path");
        Map<String, String> wrong = options(plain, "starttls");
        wrong.put("password", "WRONG-ONE");
        assertThat(told.tell("email", wrong).error()).contains("535").doesNotContain("WRONG-ONE");
        assertThat(arrived()).isEmpty();
    }

    @Test
    void it_takes_a_snapshot_by_starttls_and_nothing_of_it_otherwise() throws Exception {
        try (Lab lab = new Lab(folder.resolve("lab"), SampleWorkspace.of(5, 20), Behaviour.standard())
                .with("saddlebag.workspace.acme.destinations", "vault, post")
                .with("saddlebag.destination.post.kind", "email")
                .with("saddlebag.destination.post.attach", "archive")
                .with("saddlebag.destination.post.allow-plain", "true")) {
            options(plain, "starttls")
                    .forEach((option, value) -> lab.with("saddlebag.destination.post." + option, value));
            lab.with("saddlebag.destination.post.ca-file", folder + "/ca.pem");
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.deliveries().get(1).note()).contains("The server answered: 250 OK id=");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> arrived().size() == 1);
            Path archive = folder.resolve("mailed.zip");
            try (InputStream in = Files.newInputStream(arrived().get(0))) {
                Multipart mixed = (Multipart) new MimeMessage((Session) null, in).getContent();
                Files.copy(mixed.getBodyPart(1).getInputStream(), archive);
            }
            assertThat(summary.deliveries().get(1).note()).contains("SHA-256 " + Hashes.of(archive));
            lab.restart("saddlebag.destination.post.security", "none");
            RunSummary refused = lab.backup("sweep");
            assertThat(refused.exitCode()).isEqualTo(5);
            assertThat(refused.deliveries().get(1).error())
                    .contains("refused it: ")
                    .doesNotContain(PASSWORD);
            assertThat(arrived()).hasSize(1);
        }
    }

    private List<Path> arrived() throws IOException {
        Path inbox = folder.resolve("exim/mail/new");
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.toList();
        }
    }

    private static Map<String, String> options(int port, String security) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "host", "localhost",
                "port", String.valueOf(port),
                "security", security,
                "ca-file", "ca.pem",
                "from", "saddlebag@example.org",
                "to", "ops@example.org"));
        if (!security.equals("none")) {
            options.put("user", "ops");
            options.put("password", PASSWORD);
        }
        return options;
    }
}
