package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands at a destination that sends messages. */
class EmailDestinationCommandsTest {
    private static final String TOKEN = "ntn_secret-of-the-tests";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private NotionSimulator notion;
    private GreenMail mail;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        notion = NotionSimulator.start(
                SampleWorkspace.of(1, 20), Behaviour.standard().withToken(TOKEN));
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("ops@example.org", "saddlebag", "right");
        mail.start();
        Files.writeString(folder.resolve("application.properties"), """
                notion.api.base-url = %s
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = %s
                saddlebag.workspace.acme.requests-per-minute = 100000
                saddlebag.workspace.acme.destinations = post, vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                saddlebag.destination.post.kind = email
                saddlebag.destination.post.host = 127.0.0.1
                saddlebag.destination.post.port = %d
                saddlebag.destination.post.security = none
                saddlebag.destination.post.user = saddlebag
                saddlebag.destination.post.password = right
                saddlebag.destination.post.from = saddlebag@example.org
                saddlebag.destination.post.to = ops@example.org
                """.formatted(
                        notion.baseUrl(),
                        Path.of("routes").toAbsolutePath(),
                        TOKEN,
                        mail.getSmtp().getPort()));
    }

    @AfterEach
    void stop() {
        mail.stop();
        notion.close();
    }

    @Test
    void the_doctor_asks_the_server_and_sends_nothing() {
        assertThat(saddlebag("doctor")).isZero();
        assertThat(out.toString())
                .contains("acme at post: 127.0.0.1:" + mail.getSmtp().getPort()
                        + " answers, NOT encrypted, and knows the user; messages sent: 0");
        assertThat(mail.getReceivedMessages()).isEmpty();

        assertThat(saddlebag("-D", "saddlebag.destination.post.password=WRONG-ONE", "doctor"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED", "acme at post: cannot be read: ", "535")
                .doesNotContain("WRONG-ONE");
    }

    @Test
    void commands_that_need_a_vault_use_one_or_refuse_with_a_sentence() {
        assertThat(saddlebag("backup")).as(out + err.toString()).isZero();
        assertThat(out.toString()).contains("post", "taken by its server", "went to ops@example.org", "250 OK");
        assertThat(mail.getReceivedMessages()).hasSize(1);
        for (String command : List.of("verify", "snapshots", "ls", "repair", "prune")) {
            assertThat(saddlebag(command)).as(command + out + err).isZero();
            assertThat(saddlebag(command, "--destination", "post")).as(command).isEqualTo(2);
            assertThat(err.toString())
                    .contains("The destination post sends messages and holds no vault")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_plain_archive_is_a_mistake_unless_somebody_has_decided_so() {
        String attach = "saddlebag.destination.post.attach=archive";
        assertThat(saddlebag("-D", attach, "routes", "check")).isEqualTo(2);
        assertThat(out + err.toString())
                .contains("saddlebag.destination.post.attach would send all of acme unencrypted: set"
                        + " saddlebag.destination.post.recipients to public keys of age");
        assertThat(saddlebag("-D", attach, "-D", "saddlebag.destination.post.allow-plain=true", "routes", "check"))
                .as(out + err.toString())
                .isZero();
        assertThat(saddlebag("-D", attach, "-D", "saddlebag.destination.post.recipients=age1", "routes", "check"))
                .isEqualTo(2);
        assertThat(saddlebag("-D", "saddlebag.workspace.acme.destinations=post", "routes", "check"))
                .isEqualTo(2);
        assertThat(out + err.toString()).contains("names no vault: post would get messages only");
    }

    private int saddlebag(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(arguments));
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
