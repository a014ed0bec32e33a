package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.saddlebag.cli.Saddlebag;
import dev.saddlebag.report.Delivery;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import dev.saddlebag.vault.Tools;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with two destinations: a vault in a folder, and e-mail. */
class EmailDestinationTest {
    private static final String PASSWORD = "pw\"+&#{x}%20)Z";

    @TempDir
    Path folder;

    @Test
    void the_archive_arrives_whole_and_opens_with_the_key_and_nothing_else() throws Exception {
        Tools.require("age", "unzip");
        Identity key = Identity.create();
        IdentityFile.write(folder.resolve("key.txt"), key, Clock.systemUTC());
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("ops@example.org", "saddlebag", PASSWORD);
        mail.start();
        try (Lab lab = lab(mail.getSmtp().getPort())
                .with("saddlebag.destination.post.user", "saddlebag")
                .with("saddlebag.destination.post.password", PASSWORD)
                .with("saddlebag.destination.post.attach", "archive")
                .with("saddlebag.destination.post.recipients", key.recipient().text())) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            Delivery post = post(summary);
            assertThat(post.verified()).isEqualTo("answered");
            assertThat(post.objects()).isEqualTo(1);
            String name = "acme-" + summary.run() + ".zip.age";
            assertThat(post.note())
                    .contains("went to boss@example.org, ops@example.org. Attached is " + name, "encrypted")
                    .contains("The server answered: 250");
            MimeMessage message = mail.getReceivedMessages()[0];
            assertThat(message.getMessageID()).isEqualTo("<" + summary.run() + ".acme.post@example.org>");
            assertThat(message.getSubject())
                    .startsWith("[Saddlebag] acme: Snapshot of 20")
                    .endsWith(", with archive");
            Multipart mixed = (Multipart) message.getContent();
            Multipart texts = (Multipart) mixed.getBodyPart(0).getContent();
            assertThat(texts.getBodyPart(0).getContent().toString())
                    .contains(post.listSha256(), "vault: folder (directory", "saddlebag ls --vault " + name);
            assertThat(texts.getBodyPart(1).getContent().toString()).startsWith("<!DOCTYPE html>");
            Part archive = mixed.getBodyPart(1);
            assertThat(archive.getFileName()).isEqualTo(name);
            Path file = folder.resolve(name);
            try (InputStream in = archive.getInputStream()) {
                Files.copy(in, file);
            }
            assertThat(post.note()).contains("SHA-256 " + Hashes.of(file));

            assertThat(saddlebag("verify", "--vault", name, "--level", "full", "--identity", "key.txt"))
                    .isZero();
            assertThat(saddlebag("export", "--vault", name, "latest", "--to", "mailed", "--identity", "key.txt"))
                    .isZero();
            assertThat(hashes(folder.resolve("mailed"))).isEqualTo(hashes(lab.export("kept")));
            assertThat(saddlebag("verify", "--vault", name)).isNotZero();
            String byHand =
                    "age -d -i key.txt " + name + " > hand.zip && unzip -q hand.zip -d hand && cat hand/README.txt";
            assertThat(Tools.run(folder, null, "sh", "-c", byHand).exit()).isZero();
            assertThat(lab.state().resolve("acme/scratch")).isEmptyDirectory();
            assertThat(lab.state().resolve("acme/spool/sealed")).isEmptyDirectory();
        } finally {
            mail.stop();
        }
    }

    @Test
    void an_archive_of_an_encrypted_workspace_goes_to_its_keys() throws Exception {
        Identity key = Identity.create();
        IdentityFile.write(folder.resolve("key.txt"), key, Clock.systemUTC());
        try (FickleSmtp server = new FickleSmtp();
                Lab lab = lab(server.port())
                        .with(
                                "saddlebag.workspace.acme.recipients",
                                key.recipient().text())
                        .with("saddlebag.workspace.acme.encryption.allow-single-recipient", "true")
                        .with("saddlebag.destination.post.attach", "archive")) {
            lab.backup();
            RunSummary second = lab.backup("sweep");

            assertThat(second.outcome()).as(second.sentence()).isEqualTo(Outcome.COMPLETE);
            String name = "acme-" + second.run() + ".zip.age";
            Multipart mixed = (Multipart) parsed(server.taken().get(1)).getContent();
            Files.copy(mixed.getBodyPart(1).getInputStream(), folder.resolve(name));
            assertThat(saddlebag("export", "--vault", name, "latest", "--to", "mailed", "--identity", "key.txt"))
                    .isZero();
            assertThat(folder.resolve("mailed/workspace.json")).exists();
        }
    }

    @Test
    void an_archive_above_the_limit_stays_and_the_message_says_where() throws Exception {
        try (FickleSmtp server = new FickleSmtp();
                Lab lab = lab(server.port())
                        .with("saddlebag.destination.post.attach", "archive")
                        .with("saddlebag.destination.post.allow-plain", "true")
                        .with("saddlebag.destination.post.limit", "60000")) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(post(summary).objects()).isZero();
            assertThat(post(summary).note())
                    .contains("The archive is NOT attached: as e-mail it has", "limit is 60.0 kB");
            assertThat(server.taken()).hasSize(1);
            Multipart texts = (Multipart) parsed(server.taken().get(0)).getContent();
            assertThat(texts.getContentType()).startsWith("multipart/alternative");
            assertThat(texts.getBodyPart(0).getContent().toString())
                    .contains("NOT attached", folder.resolve("vault").toString())
                    .contains("saddlebag export " + summary.run()
                            + " --workspace acme --destination vault --to FILE.zip");
            assertThat(saddlebag(
                            "--config",
                            "application.properties",
                            "-D",
                            "saddlebag.workspace.acme.token=x",
                            "export",
                            summary.run(),
                            "--workspace",
                            "acme",
                            "--destination",
                            "vault",
                            "--to",
                            "FILE.zip"))
                    .isZero();
            assertThat(lab.state().resolve("acme/scratch")).isEmptyDirectory();
        }
    }

    @Test
    void the_limit_counts_the_message_as_it_is_sent() throws Exception {
        try (FickleSmtp server = new FickleSmtp();
                Lab lab = lab(server.port())
                        .with("saddlebag.destination.post.attach", "archive")
                        .with("saddlebag.destination.post.allow-plain", "true")) {
            RunSummary small = lab.backup("sweep");
            long bytes = post(small).bytes();
            assertThat(post(small).objects()).isEqualTo(1);
            // The server ends the message with a line of its own.
            assertThat((long) server.taken().get(0).length()).isBetween(bytes, bytes + 2);

            lab.restart("saddlebag.destination.post.limit", String.valueOf(bytes * 3 / 4));
            assertThat(post(lab.backup("sweep")).objects()).isZero();
            lab.restart("saddlebag.destination.post.limit", String.valueOf(bytes * 2));
            assertThat(post(lab.backup("sweep")).objects()).isEqualTo(1);
        }
    }

    @Test
    void a_server_that_refuses_fails_alone_and_gets_all_in_order_from_the_next_run() throws Exception {
        try (FickleSmtp server = new FickleSmtp();
                Lab lab = lab(server.port())) {
            server.mood(FickleSmtp.Mood.NO);
            RunSummary first = lab.backup("sweep");
            RunSummary second = lab.backup("sweep");

            assertThat(first.outcome()).isEqualTo(Outcome.UNDELIVERED);
            assertThat(first.exitCode()).isEqualTo(5);
            assertThat(first.deliveries())
                    .filteredOn(delivery -> delivery.destination().equals("vault"))
                    .allMatch(Delivery::delivered);
            assertThat(post(first).verified()).isEqualTo("not");
            assertThat(post(first).error())
                    .contains("refused it: 552 5.3.4 message size exceeds fixed limit", "The next run sends it")
                    .doesNotContain("not known");
            assertThat(post(second).snapshot()).isEqualTo(first.run());
            server.mood(FickleSmtp.Mood.YES);
            server.taken().clear();
            RunSummary third = lab.backup("sweep");

            assertThat(third.outcome()).as(third.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(post(third).note()).contains("The server answered: 250 OK id=1abc-0001");
            List<String> ids = new ArrayList<>();
            for (String taken : server.taken()) {
                assertThat(taken).doesNotContain("You may have this message");
                ids.add(parsed(taken).getMessageID());
            }
            assertThat(ids)
                    .containsExactly(
                            "<" + first.run() + ".acme.post@example.org>",
                            "<" + second.run() + ".acme.post@example.org>",
                            "<" + third.run() + ".acme.post@example.org>");
            assertThat(lab.state().resolve("acme/spool/sealed")).isEmptyDirectory();
        }
    }

    @Test
    void a_message_whose_answer_was_lost_is_sent_again_and_says_so() throws Exception {
        try (FickleSmtp server = new FickleSmtp();
                Lab lab = lab(server.port())) {
            server.mood(FickleSmtp.Mood.HANGS_UP);
            RunSummary first = lab.backup("sweep");

            assertThat(first.exitCode()).isEqualTo(5);
            assertThat(post(first).error())
                    .contains("Whether it has arrived is not known. The next run sends it again, and says so in it");
            server.mood(FickleSmtp.Mood.NO);
            // That the server refuses it now does not tell what became of the first.
            assertThat(post(lab.backup("sweep")).error()).contains("The next run sends it");
            server.mood(FickleSmtp.Mood.YES);
            RunSummary third = lab.backup("sweep");

            assertThat(third.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(server.taken()).hasSize(5);
            MimeMessage once = parsed(server.taken().get(0));
            MimeMessage again = parsed(server.taken().get(2));
            assertThat(again.getMessageID()).isEqualTo(once.getMessageID());
            assertThat(text(once)).doesNotContain("You may have this message");
            assertThat(text(again)).contains("You may have this message already: one was sent at");
            assertThat(text(parsed(server.taken().get(4)))).doesNotContain("You may have this message");
            try (var left = Files.walk(lab.state().resolve("acme/departures"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void a_server_that_is_not_there_is_named_and_the_password_is_not() throws Exception {
        FickleSmtp server = new FickleSmtp();
        server.close();
        try (Lab lab = lab(server.port())
                .with("saddlebag.destination.post.user", "saddlebag")
                .with("saddlebag.destination.post.password", "SECRET-ONE")) {
            RunSummary summary = lab.backup();

            assertThat(summary.exitCode()).isEqualTo(5);
            assertThat(post(summary).error())
                    .contains("127.0.0.1:" + server.port(), "refused", "The next run sends it")
                    .doesNotContain("SECRET-ONE", "not known");
        }
    }

    private Lab lab(int port) throws Exception {
        return new Lab(folder, SampleWorkspace.of(5, 20), Behaviour.standard())
                .with("saddlebag.workspace.acme.destinations", "vault, post")
                .with("saddlebag.destination.post.kind", "email")
                .with("saddlebag.destination.post.host", "127.0.0.1")
                .with("saddlebag.destination.post.port", String.valueOf(port))
                .with("saddlebag.destination.post.security", "none")
                .with("saddlebag.destination.post.from", "Saddlebag <saddlebag@example.org>")
                .with("saddlebag.destination.post.to", "boss@example.org, ops@example.org");
    }

    private static Delivery post(RunSummary summary) {
        return summary.deliveries().stream()
                .filter(delivery -> delivery.destination().equals("post"))
                .findFirst()
                .orElseThrow();
    }

    private static MimeMessage parsed(String message) throws Exception {
        return new MimeMessage((Session) null, new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String text(MimeMessage message) throws Exception {
        return ((Multipart) message.getContent()).getBodyPart(0).getContent().toString();
    }

    /** The command line, as whoever got the mail would type it. */
    private int saddlebag(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Saddlebag.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.log").toFile())
                .start();
        return process.waitFor();
    }

    private static Map<String, String> hashes(Path tree) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        try (var files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(tree.relativize(file).toString(), Hashes.of(file));
            }
        }
        return hashes;
    }
}
