package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.destination.S3Server;
import dev.saddlebag.destination.SftpServer;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Fault;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says about a simulated Notion and real folders, in words and in exit codes. */
class DoctorCommandTest {
    private static final String TOKEN = "ntn_secret-of-the-tests";

    @RegisterExtension
    final SftpServer sftp = new SftpServer();

    @RegisterExtension
    final S3Server s3 = new S3Server();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void homeIsTheProject() {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
    }

    @Test
    void where_all_is_well_each_thing_has_a_line_that_says_so() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "backup")).isZero();
            notion.requests().reset();

            assertThat(saddlebag(notion, "doctor")).as(out.toString()).isZero();

            assertThat(out.toString()).contains("All is well.").doesNotContain("WARNING", "FAILED", "do:");
            assertThat(out.toString().lines().filter(line -> line.startsWith("OK ")))
                    .hasSize(13);
            assertThat(out.toString())
                    .contains(
                            "accepted; the connection is \"Saddlebag sample connection\" of the Notion workspace "
                                    + "\"Sample workspace\"",
                            "acme comments: can be read",
                            "acme people: can be read, with e-mail addresses",
                            "acme at vault: snapshots: 1, the newest 20",
                            "acme at vault: was not verified yet; its turn comes",
                            "acme: the last successful run, 20");
            assertThat(notion.requests().total()).isEqualTo(4);
        }
    }

    @Test
    void findings_are_data_too() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "doctor", "acme", "--json")).isZero();
            JsonNode json = Json.MAPPER.readTree(out.toString());
            assertThat(json.path("exit_code").asInt()).isZero();
            assertThat(json.at("/findings/0/area").asText()).isEqualTo("configuration");
            assertThat(json.at("/findings/0/level").asText()).isEqualTo("OK");
            assertThat(json.path("findings"))
                    .allMatch(finding -> finding.has("subject") && finding.has("found") && finding.has("remedy"));
        }
    }

    @Test
    void a_token_that_notion_refuses_exits_with_6_and_stops_nothing_else() throws Exception {
        try (NotionSimulator notion = NotionSimulator.start(
                SampleWorkspace.of(1, 20), Behaviour.standard().withToken("ntn_another"))) {
            assertThat(saddlebag(notion, "doctor")).isEqualTo(6);
            assertThat(out.toString())
                    .contains("FAILED   credentials    acme token: Notion answered 401")
                    .contains("do: Make a new token")
                    .contains("acme shared: not asked: Notion refuses the token")
                    .contains("acme at vault")
                    .doesNotContain(TOKEN, "ntn_another");
            assertThat(notion.requests().total()).isEqualTo(1);
        }
    }

    @Test
    void capabilities_that_the_connection_lacks_are_warnings_that_say_what_will_be_missing() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard().withCapabilities(false, false))) {
            assertThat(saddlebag(notion, "doctor")).isZero();
            assertThat(out.toString())
                    .contains(
                            "WARNING  notion         acme comments: the connection may not read comments: they will be "
                                    + "missing in every snapshot")
                    .contains("acme people: the connection may not read user information", "without names")
                    .contains("Read comments");

            assertThat(saddlebag(notion, "-D", "saddlebag.workspace.acme.comments=none", "doctor"))
                    .isZero();
            assertThat(out.toString()).contains("OK       notion         acme comments: not wanted");
        }
    }

    @Test
    void a_workspace_that_shares_nothing_is_a_failure_that_says_how_to_share() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(1, 20);
        workspace.databases().forEach(workspace::deleteDatabase);
        workspace.hiddenPages().forEach(workspace::revokeSharing);
        workspace.standalonePages().forEach(workspace::revokeSharing);
        try (NotionSimulator notion =
                NotionSimulator.start(workspace, Behaviour.standard().withToken(TOKEN))) {
            assertThat(saddlebag(notion, "doctor")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED   notion         acme shared: nothing is shared with the connection")
                    .contains("choose \"Add connections\" in its menu", "pick \"Saddlebag sample connection\"")
                    .contains("acme comments: not asked: there is no page to ask about");
        }
    }

    @ParameterizedTest
    @CsvSource({"-20, OK, 0", "-90, WARNING, 0", "90, WARNING, 0", "3600, FAILED, 1", "-3600, FAILED, 1"})
    void a_clock_that_is_off_is_said(int seconds, String level, int exit) throws Exception {
        Clock off = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
        try (NotionSimulator notion = notion(Behaviour.standard().withClock(off))) {
            assertThat(saddlebag(notion, "doctor")).isEqualTo(exit);
            assertThat(out.toString().lines().filter(line -> line.contains("acme clock")))
                    .singleElement()
                    .asString()
                    .startsWith(level)
                    .contains(level.equals("OK") ? "agree" : seconds < 0 ? "ahead of Notion's" : "behind Notion's");
        }
    }

    @Test
    void an_order_to_wait_is_a_warning_and_is_obeyed() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            notion.faults().fail(call -> call.path().startsWith("/v1/search"), Fault.RATE_LIMITED, 1);
            assertThat(saddlebag(notion, "doctor")).isZero();
            assertThat(out.toString())
                    .contains("WARNING  notion         acme shared: Notion answered 429")
                    .contains("acme people: not asked: Notion says to wait")
                    .contains("acme budget: 100,000 requests a minute; Notion says to wait all the same");
            assertThat(notion.requests().total()).isEqualTo(2);
        }
    }

    @Test
    void a_notion_that_cannot_be_reached_stops_nothing_else() throws Exception {
        NotionSimulator notion = notion(Behaviour.standard());
        notion.close();
        assertThat(saddlebag(notion, "doctor")).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED   notion         acme token: Notion cannot be reached")
                .contains("acme at vault", "acme: there was no run yet");
    }

    @Test
    void a_state_directory_that_cannot_be_written_is_a_failure() throws Exception {
        Path file = Files.writeString(folder.resolve("occupied"), "");
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "-D", "saddlebag.state-directory=" + file.resolve("state"), "doctor"))
                    .isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED   state ", "cannot be written: " + file)
                    .contains("acme token: accepted", "acme at vault");
        }
    }

    @Test
    void a_destination_that_cannot_be_written_is_a_failure_and_stops_no_other() throws Exception {
        Path file = Files.writeString(folder.resolve("occupied"), "");
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(
                            notion,
                            "-D",
                            "saddlebag.workspace.acme.destinations=broken, vault",
                            "-D",
                            "saddlebag.destination.broken.kind=folder",
                            "-D",
                            "saddlebag.destination.broken.directory=" + file.resolve("vault"),
                            "doctor"))
                    .isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED   destination    acme at broken: cannot be written: " + file)
                    .contains("WARNING  destination    acme at vault: there is no folder");
        }
    }

    @Test
    void every_kind_of_destination_is_written_to_for_a_trial_that_leaves_nothing() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, withRemotes("backup"))).isZero();
            int keys = s3.keys().size();

            assertThat(saddlebag(notion, withRemotes("doctor")))
                    .as(out.toString())
                    .isZero();

            assertThat(out.toString().lines().filter(line -> line.endsWith("; can be written")))
                    .hasSize(3);
            assertThat(s3.keys()).hasSize(keys);
            assertThat(sftp.served().resolve("back/ups")).isDirectoryNotContaining("glob:**/.*");
            assertThat(folder.resolve("vault")).isDirectoryNotContaining("glob:**/.*");
        }
    }

    @Test
    void a_server_that_lets_nobody_write_is_a_failure() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, withRemotes("backup"))).isZero();
            Files.createDirectory(sftp.served().resolve("back/ups/.saddlebag-doctor"));

            assertThat(saddlebag(notion, withRemotes("doctor"))).isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED   destination    acme at cellar: cannot be written: .saddlebag-doctor")
                    .contains("OK       destination    acme at bucket")
                    .contains("do: Bring the destination back");
        }
    }

    private String[] withRemotes(String command) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("saddlebag.workspace.acme.destinations", "vault, bucket, cellar");
        settings.put("saddlebag.destination.bucket.kind", "s3");
        s3.options().forEach((option, value) -> settings.put("saddlebag.destination.bucket." + option, value));
        settings.put("saddlebag.destination.cellar.kind", "sftp");
        sftp.options().forEach((option, value) -> settings.put("saddlebag.destination.cellar." + option, value));
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
        arguments.add(command);
        return arguments.toArray(String[]::new);
    }

    @Test
    void a_vault_that_is_gone_is_a_failure_and_no_new_destination() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "backup")).isZero();
            Files.move(folder.resolve("vault"), folder.resolve("elsewhere"));

            assertThat(saddlebag(notion, "doctor")).isEqualTo(1);
            assertThat(out.toString())
                    .contains(
                            "FAILED   destination    acme at vault: there is no folder",
                            "though snapshots were delivered")
                    .contains("mounted");
            assertThat(folder.resolve("vault")).doesNotExist();

            Files.createDirectories(folder.resolve("vault"));
            assertThat(saddlebag(notion, "doctor")).isEqualTo(1);
            assertThat(out.toString()).contains("acme at vault: holds no snapshot, though snapshots were delivered");
        }
    }

    @Test
    void damage_at_a_destination_is_a_failure() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "backup")).isZero();
            Path list = meta("*.sha256").get(0);
            Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(list, Files.readString(list).replaceFirst("^.", "x"));

            assertThat(saddlebag(notion, "doctor")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED   destination", "damage: 1", "saddlebag verify --workspace acme");
        }
    }

    @Test
    void a_snapshot_that_was_delivered_and_is_gone_is_a_failure() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "backup")).isZero();
            assertThat(saddlebag(notion, "backup")).isZero();
            String oldest = meta("*.sig").get(0).getFileName().toString().substring(0, 23);
            for (Path file : meta(oldest + "*")) {
                Files.delete(file);
            }

            assertThat(saddlebag(notion, "doctor")).isEqualTo(1);
            assertThat(out.toString()).contains("FAILED   destination", "saddlebag verify --workspace acme");
        }
    }

    @Test
    void a_snapshot_that_a_prune_has_hidden_is_not_gone() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            for (int backup = 0; backup < 4; backup++) {
                assertThat(saddlebag(notion, "backup")).isZero();
            }
            List<String> prune = new ArrayList<>(List.of("-D", "saddlebag.workspace.acme.keep-within=PT0.001S"));
            for (String period : List.of("daily", "weekly", "monthly", "yearly")) {
                prune.addAll(List.of("-D", "saddlebag.workspace.acme.keep-" + period + "=0"));
            }
            prune.add("prune");
            assertThat(saddlebag(notion, prune.toArray(String[]::new))).isZero();
            assertThat(meta("*.pruned-*")).hasSize(1);

            assertThat(saddlebag(notion, "doctor")).as(out.toString()).isZero();
            assertThat(out.toString()).contains("OK       destination    acme at vault: snapshots: 3");
        }
    }

    private List<Path> meta(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("vault/acme/meta"), glob)) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    @Test
    void a_mistake_in_one_workspace_exits_with_2_and_the_others_are_looked_at() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(
                            notion,
                            "-D",
                            "saddlebag.workspaces=acme, other",
                            "-D",
                            "saddlebag.workspace.other.token=x",
                            "-D",
                            "saddlebag.workspace.other.destinations=vault",
                            "-D",
                            "saddlebag.workspace.other.shedule=never",
                            "doctor"))
                    .isEqualTo(2);
            assertThat(out.toString())
                    .contains("FAILED   configuration", "did you mean saddlebag.workspace.other.schedule")
                    .contains("WARNING  notion         other: not asked: its settings have a mistake")
                    .contains("OK       credentials    acme token: accepted");
        }
    }

    @Test
    void with_a_mistake_that_concerns_all_notion_is_not_asked() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "-D", "notion.api.base-ulr=http://127.0.0.1:1", "doctor"))
                    .isEqualTo(2);
            assertThat(out.toString())
                    .contains("FAILED   configuration", "did you mean notion.api.base-url")
                    .contains("WARNING  notion         acme: not asked: the routes do not start")
                    .contains("OK       state");
            assertThat(notion.requests().total()).isZero();
        }
    }

    @Test
    void a_missing_configuration_file_exits_with_2() {
        assertThat(run("--config", folder.resolve("nowhere.properties").toString(), "doctor"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("FAILED   configuration", "nowhere.properties", "saddlebag init");
    }

    @Test
    void a_workspace_that_there_is_not_exits_with_2() throws Exception {
        try (NotionSimulator notion = notion(Behaviour.standard())) {
            assertThat(saddlebag(notion, "doctor", "acne")).isEqualTo(2);
            assertThat(err.toString()).contains("There is no workspace \"acne\"");
        }
    }

    private static NotionSimulator notion(Behaviour behaviour) {
        return NotionSimulator.start(SampleWorkspace.of(1, 20), behaviour.withToken(TOKEN));
    }

    private int saddlebag(NotionSimulator notion, String... arguments) throws Exception {
        Path configuration = folder.resolve("application.properties");
        Files.writeString(
                configuration, """
                notion.api.base-url = %s
                notion.api.retry-delay = 1
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = %s
                saddlebag.workspace.acme.requests-per-minute = 100000
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(notion.baseUrl(), Path.of("routes").toAbsolutePath(), TOKEN));
        List<String> all = new ArrayList<>(List.of("--config", configuration.toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
