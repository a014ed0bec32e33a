package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.Exports;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of a workspace that is collected by Notion's own export alone. */
class DoctorOfExportsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final NotionSimulator notion = NotionSimulator.start(SampleWorkspace.of(1, 20), Behaviour.standard());
    private final Exports exports = notion.exports();

    @AfterEach
    void close() {
        assertThat(exports.taskIds()).as("The doctor orders nothing").isEmpty();
        assertThat(notion.requests().total()).as("The API is not asked").isZero();
        notion.close();
    }

    private int doctor(String... more) throws Exception {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        Path configuration = folder.resolve("application.properties");
        Files.writeString(configuration, """
                notion.api.base-url = %s
                notion.export.base-urls = %s
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.source = export
                saddlebag.workspace.acme.token-v2 = %s
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                %s
                """.formatted(
                        notion.baseUrl(),
                        exports.apiUrls().stream().map(Object::toString).collect(Collectors.joining(",")),
                        Path.of("routes").toAbsolutePath(),
                        exports.tokenV2(),
                        String.join("\n", more)));
        PrintWriter printed = new PrintWriter(out, true);
        return Saddlebag.execute(printed, printed, "--config", configuration.toString(), "doctor");
    }

    private String line() {
        return out.toString()
                .lines()
                .filter(line -> line.contains("acme export"))
                .findFirst()
                .orElse("");
    }

    @Test
    void a_good_cookie_is_told_with_the_workspace_that_it_opens() throws Exception {
        doctor();

        assertThat(line()).startsWith("OK ").contains("token_v2 is accepted", exports.spaceId());
        assertThat(out.toString()).doesNotContain("acme token", "acme shared", exports.tokenV2());
    }

    @Test
    void a_session_that_is_over_is_a_matter_of_credentials() throws Exception {
        exports.play(ExportScenario.SESSION_OVER);

        assertThat(doctor()).as(out.toString()).isEqualTo(6);

        assertThat(line()).startsWith("FAILED").contains("credentials", "token_v2");
        assertThat(out.toString()).doesNotContain(exports.tokenV2());
    }

    @Test
    void a_workspace_that_the_cookie_does_not_open_is_named() throws Exception {
        assertThat(doctor("saddlebag.workspace.acme.space-id = 0f1e2d3c4b5a69788796a5b4c3d2e1f0"))
                .isNotZero();

        assertThat(line()).startsWith("FAILED").contains("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", exports.spaceId());
    }

    @Test
    void a_workspace_that_forbids_exports_says_so() throws Exception {
        exports.play(ExportScenario.EXPORT_DISABLED);

        assertThat(doctor()).isNotZero();

        assertThat(line()).startsWith("FAILED").contains("forbid exports");
    }

    @Test
    void a_blocked_machine_is_not_told_to_renew_its_cookie() throws Exception {
        exports.play(ExportScenario.BOT_BLOCK);

        assertThat(doctor()).isNotZero();

        assertThat(line()).startsWith("FAILED").contains("Cloudflare");
    }
}
