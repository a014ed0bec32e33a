package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as a person types them: what they print, and how they exit. */
class CommandLineTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void homeIsTheProject() {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
    }

    @Test
    void the_demo_backs_up_twice_verifies_and_leaves_a_vault_that_the_other_commands_can_look_into() throws Exception {
        assertThat(run("demo", "--directory", folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("First backup:", "Second backup", "All is as it was written.", "Where to look:")
                .contains("254 pages", "12 databases");

        assertThat(out.toString()).contains("No differences.");
        assertThat(folder.resolve("readable/pages/Home.md")).isRegularFile();
        assertThat(filesIn(folder.resolve("reports")))
                .hasSize(2)
                .allSatisfy(report -> assertThat(Files.readString(report)).contains("<html", "complete", "</html>"));

        assertThat(withConfig("backup", "--json")).isZero();
        JsonNode summary = Json.MAPPER.readTree(out.toString()).get(0);
        assertThat(summary.path("outcome").asText()).isEqualTo("complete");
        assertThat(summary.at("/counts/pages").asInt()).isGreaterThanOrEqualTo(200);
        assertThat(summary.at("/deliveries/0/bytes").asLong()).isLessThan(100_000);

        assertThat(withConfig("snapshots", "--json")).isZero();
        JsonNode snapshots = Json.MAPPER.readTree(out.toString());
        assertThat(snapshots).hasSize(3);
        assertThat(snapshots.get(2).path("verdict").asText()).isEqualTo("accepted");

        assertThat(withConfig("ls", "latest", "objects/databases")).isZero();
        assertThat(out.toString().lines()).hasSize(12).allMatch(line -> line.contains("objects/databases/"));

        assertThat(withConfig("ls", "--json", "latest", "workspace.json")).isZero();
        assertThat(Json.MAPPER.readTree(out.toString()).path("path").asText()).isEqualTo("workspace.json");

        assertThat(withConfig("verify", "--level", "full")).isZero();
        assertThat(out.toString()).contains("all is as it was written");

        Path export = folder.resolve("export");
        assertThat(withConfig("export", "latest", "--to", export.toString(), "--only", "objects/pages"))
                .isZero();
        assertThat(export.resolve("objects/pages")).isDirectory();
        assertThat(export.resolve("workspace.json")).doesNotExist();

        flipABit(pack());
        assertThat(withConfig("verify", "--level", "full")).isEqualTo(7);
        assertThat(out.toString()).contains("-p0001.zip").contains("DAMAGE");
    }

    /** The kinds that the configuration of the demo uses. */
    private static void copyKinds(Path routes) throws IOException {
        for (String kind : List.of("destinations/folder.kamelet.yaml", "channels/file.kamelet.yaml")) {
            Files.createDirectories(routes.resolve(kind).getParent());
            Files.copy(Path.of("routes").resolve(kind), routes.resolve(kind));
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void a_snapshot_that_does_not_exist_is_named_together_with_those_that_do() throws Exception {
        demoConfiguration();
        assertThat(withConfig("backup")).isZero();
        assertThat(withConfig("cat", "2020-01-01", "workspace.json")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no snapshot \"2020-01-01\"; there are: 20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            saddlebag.workspace.sample.token        |                   | saddlebag.workspace.sample.token
            saddlebag.workspace.sample.destinations | cellar            | cellar
            saddlebag.workspace.sample.schedule     | 99 99 * * * ?     | saddlebag.workspace.sample.schedule
            saddlebag.workspace.sample.shedule      | 0 0 2 * * ?       | did you mean saddlebag.workspace.sample.schedule
            saddlebag.destination.vault.kind        | flder             | folder
            """)
    void bad_configuration_is_one_sentence_that_names_the_key_and_exit_2(String key, String value, String named)
            throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", key + "=" + (value == null ? "" : value), "backup"))
                .isEqualTo(2);
        assertThat(err.toString()).contains(named).doesNotContain("\tat ");
        assertThat(err.toString().strip().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_missing_token_in_the_environment_is_named_with_file_and_line() throws Exception {
        demoConfiguration();
        Path file = folder.resolve("application.properties");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "saddlebag.workspace.sample.token = demo",
                                "saddlebag.workspace.sample.token = {{env:NO_SUCH_TOKEN}}"));
        assertThat(withConfig("backup")).isEqualTo(2);
        assertThat(err.toString()).contains("application.properties:").contains("NO_SUCH_TOKEN");
    }

    @Test
    void a_missing_configuration_file_says_what_to_do() {
        assertThat(run("--config", folder.resolve("nowhere.properties").toString(), "backup"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.properties").contains("saddlebag init");
    }

    @Test
    void an_unknown_command_or_option_exits_with_2() {
        assertThat(run("bakcup")).isEqualTo(2);
        assertThat(run("backup", "--jsno")).isEqualTo(2);
    }

    @Test
    void init_writes_a_configuration_that_has_no_mistakes_but_the_missing_token_and_never_overwrites()
            throws Exception {
        Path file = folder.resolve("mine.properties");
        assertThat(run("--config", file.toString(), "init", "--workspace", "wiki", "--directory", "vaults"))
                .isZero();
        assertThat(run("--config", file.toString(), "-D", "saddlebag.workspace.wiki.token=x", "routes", "check"))
                .as(out.toString())
                .isZero();

        assertThat(run(
                        "--config",
                        folder.resolve("told.properties").toString(),
                        "init",
                        "--workspace",
                        "wiki",
                        "--directory",
                        "vaults"))
                .isZero();
        assertThat(out.toString()).contains("who is told when a backup fails (channels)", "doctor --send-test");
        Path told = folder.resolve("told.properties");
        String asked = Files.readString(told)
                .replace("# saddlebag.channel.", "saddlebag.channel.")
                .replace("# saddlebag.workspace.wiki.channels", "saddlebag.workspace.wiki.channels")
                .replace("{{env:SMTP_PASSWORD}}", "pw");
        assertThat(asked).contains("\nsaddlebag.channel.ops-mail.kind = email");
        Files.writeString(told, asked);
        assertThat(run("--config", told.toString(), "-D", "saddlebag.workspace.wiki.token=x", "routes", "check"))
                .as(out.toString())
                .isZero();

        String before = Files.readString(file);
        assertThat(run("--config", file.toString(), "init", "--workspace", "other", "--directory", "x"))
                .isEqualTo(2);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void a_format_that_no_bean_writes_is_a_mistake_before_anything_runs() throws Exception {
        demoConfiguration();
        for (String command : List.of("backup sample", "routes check")) {
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            String[] words = ("-D saddlebag.workspace.sample.formats=markdwon,outline " + command).split(" ");
            assertThat(withConfig(words)).as(command).isEqualTo(2);
            assertThat(out.toString() + err)
                    .contains(
                            "saddlebag.workspace.sample.formats names markdwon, which is no format; did you mean markdown?")
                    .contains("names outline, which is no format; there are csv, markdown and none");
        }
    }

    @Test
    void routes_check_reports_mistakes_of_routes_and_configuration_together() throws Exception {
        demoConfiguration();
        Path routes = folder.resolve("routes");
        copyKinds(routes);
        Files.writeString(routes.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    description: Mine.
                    from:
                      uri: direct:mine
                      steps:
                        - lgo:
                            message: hello
                """);
        assertThat(withConfig(
                        "-D",
                        "saddlebag.routes-directory=" + routes,
                        "-D",
                        "saddlebag.workspace.sample.depht=sweep",
                        "routes",
                        "check"))
                .isEqualTo(2);
        assertThat(out.toString())
                .contains("mine.camel.yaml:7: unknown step `lgo`; did you mean `log`?")
                .contains("saddlebag.workspace.sample.depht");
    }

    @Test
    void routes_that_cannot_be_started_are_explained_with_file_and_line_and_exit_2() throws Exception {
        demoConfiguration();
        Path routes = folder.resolve("routes");
        copyKinds(routes);
        Files.writeString(routes.resolve("mine.camel.yaml"), "- route:\n    id: mine\n   from: nowhere\n");
        assertThat(withConfig("-D", "saddlebag.routes-directory=" + routes, "backup"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("mine.camel.yaml:3").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"sweep, sweep", "SWEEP, sweep", "changed, changed", "quick, quick"})
    void the_depth_of_a_backup_can_be_said(String word, String depth) throws Exception {
        demoConfiguration();
        assertThat(withConfig("backup")).isZero();
        assertThat(withConfig("backup", "--json", "--depth", word)).isZero();
        assertThat(Json.MAPPER.readTree(out.toString()).get(0).path("depth").asText())
                .isEqualTo(depth);
    }

    @Test
    void a_depth_that_there_is_not_exits_with_2_and_names_those_that_there_are() throws Exception {
        demoConfiguration();
        assertThat(withConfig("backup", "--depth", "deep")).isEqualTo(2);
        assertThat(err.toString()).contains("\"deep\" is no depth; it is sweep, changed or quick");
        assertThat(run("backup", "--help")).isZero();
        assertThat(out.toString()).contains("--depth", "sweep", "changed", "quick", "--dry-run");
    }

    @Test
    void a_dry_run_says_what_a_backup_would_ask_and_makes_none() throws Exception {
        demoConfiguration();
        assertThat(withConfig("backup", "--dry-run")).isZero();
        assertThat(out.toString())
                .contains("sample: a backup to the depth sweep would send about", "Nothing was backed up.")
                .contains("a look at search", "There is no snapshot yet", "in all", "180 requests a minute");
        assertThat(folder.resolve("state")).doesNotExist();
        assertThat(folder.resolve("vault")).doesNotExist();

        assertThat(withConfig("backup")).as(out.toString()).isZero();
        assertThat(withConfig("backup", "--dry-run", "--depth", "sweep")).isZero();
        assertThat(out.toString())
                .contains("the snapshot 20", "254 pages", "blocks and long properties of pages", "in that snapshot");

        assertThat(withConfig("backup", "--dry-run", "--json")).isZero();
        JsonNode forecast = Json.MAPPER.readTree(out.toString()).get(0);
        assertThat(forecast.path("depth").asText()).isEqualTo("changed");
        assertThat(forecast.at("/based_on/snapshot").asText()).startsWith("20");
        assertThat(forecast.path("total").asLong())
                .isEqualTo(forecast.path("requests").properties().stream()
                        .mapToLong(purpose -> purpose.getValue().asLong())
                        .sum());
        assertThat(forecast.at("/minutes/at_180").asDouble())
                .isEqualTo(forecast.path("total").asLong() / 180.0);
        assertThat(forecast.at("/other_depths/sweep/total").asLong())
                .isGreaterThan(forecast.path("total").asLong());
        assertThat(forecast.path("file_bytes").asLong()).isPositive();
    }

    @Test
    void a_dry_run_with_a_token_that_notion_refuses_exits_with_6() throws Exception {
        demoConfiguration();
        try (NotionSimulator notion = NotionSimulator.start(
                SampleWorkspace.of(1, 20), Behaviour.standard().withToken("ntn_another"))) {
            assertThat(withConfig(
                            "-D",
                            "notion.simulator.pages=0",
                            "-D",
                            "notion.api.base-url=" + notion.baseUrl(),
                            "backup",
                            "--dry-run"))
                    .isEqualTo(6);
        }
        assertThat(err.toString()).contains("sample: Notion answered 401");
    }

    @Test
    void version_names_what_it_stands_on() throws Exception {
        assertThat(run("version", "--json")).isZero();
        assertThat(Json.MAPPER.readTree(out.toString()).path("camel").asText()).isEqualTo("4.18.0");
    }

    @Test
    void a_destination_is_read_back_unless_its_word_is_to_be_trusted() throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup", "--json"))
                .isZero();
        assertThat(Json.MAPPER
                        .readTree(out.toString())
                        .at("/0/deliveries/0/verified")
                        .asText())
                .isEqualTo("read_back");

        String trusting = "saddlebag.destination.vault.read-back=false";
        assertThat(withConfig("-D", trusting, "-D", "notion.simulator.pages=12", "backup", "--json"))
                .isZero();
        assertThat(Json.MAPPER
                        .readTree(out.toString())
                        .at("/0/deliveries/0/verified")
                        .asText())
                .isEqualTo("listed");
    }

    @Test
    void prune_hides_what_has_expired_and_undelete_shows_it_again() throws Exception {
        demoConfiguration();
        for (int backup = 0; backup < 4; backup++) {
            assertThat(withConfig("-D", "notion.simulator.pages=12", "backup"))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(withConfig("snapshots", "--json")).isZero();
        String oldest = Json.MAPPER.readTree(out.toString()).at("/0/id").asText();

        assertThat(prune("--dry-run")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("would hide " + oldest, "Nothing was changed");
        assertThat(prune()).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("sample at vault: 3 snapshots stay; hid " + oldest, "removed for good none", "undelete");
        assertThat(prune("--json")).as(err.toString()).isZero();
        assertThat(Json.MAPPER.readTree(out.toString()).at("/0/hidden")).isEmpty();
        assertThat(withConfig("snapshots")).isZero();
        assertThat(out.toString()).doesNotContain(oldest);

        assertThat(withConfig("undelete", oldest)).isZero();
        assertThat(out.toString()).contains(oldest + " is back at vault");
        assertThat(withConfig("snapshots")).isZero();
        assertThat(out.toString()).contains(oldest);
        assertThat(withConfig("verify")).isZero();

        assertThat(withConfig("undelete", oldest)).isEqualTo(2);
        assertThat(err.toString()).contains("hidden are:");

        Files.delete(folder.resolve("vault/sample/meta/" + oldest + ".sha256.sig"));
        assertThat(prune()).isEqualTo(1);
        assertThat(err.toString())
                .contains("sample at vault: Nothing was deleted", "does not show the snapshot " + oldest);
    }

    @Test
    void a_snapshot_is_written_out_for_a_moment_and_judged_by_what_came_out() throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup")).isZero();

        assertThat(withConfig("verify", "--level", "restore"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("all is as it was written")
                .containsPattern("restore: [1-9][0-9]* files of snapshot \\S+ came out, and the gate says: No rule is");
        assertThat(withConfig(
                        "-D", "saddlebag.workspace.sample.gate.minimum-pages=1000", "verify", "--level", "restore"))
                .isEqualTo(7);
        assertThat(out.toString()).contains("pages were collected; 1000 is the least");
        try (var left = Files.list(folder.resolve("state/sample/scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void nothing_is_pruned_after_a_run_that_was_held_unless_somebody_insists() throws Exception {
        demoConfiguration();
        for (int backup = 0; backup < 4; backup++) {
            assertThat(withConfig("-D", "notion.simulator.pages=12", "backup")).isZero();
        }
        assertThat(withConfig(
                        "-D",
                        "notion.simulator.pages=12",
                        "-D",
                        "saddlebag.workspace.sample.gate.minimum-pages=1000",
                        "backup",
                        "--depth",
                        "sweep"))
                .isEqualTo(4);

        assertThat(prune("--dry-run")).isZero();
        assertThat(prune()).isEqualTo(1);
        assertThat(err.toString()).contains("Nothing was pruned", "ended with the outcome held", "--override-run");
        assertThat(prune("--override-run")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("3 snapshots stay");
    }

    @Test
    void sync_fills_a_new_destination_and_repair_takes_back_from_it_what_is_damaged() throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup"))
                .as(err.toString())
                .isZero();

        assertThat(withSecond("sync", "vault", "second")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("sample: 1 of 1 snapshots that second lacked were copied from vault.");
        assertThat(withSecond("verify", "--destination", "second", "--level", "full"))
                .isZero();
        assertThat(withSecond("sync", "vault", "second")).isZero();
        assertThat(out.toString()).contains("0 of 0 snapshots");
        assertThat(withSecond("sync", "vault", "vault")).isEqualTo(2);

        Path pack = pack();
        flipABit(pack);
        assertThat(withConfig("repair")).as("without the second").isEqualTo(7);
        assertThat(out.toString()).contains(pack.getFileName().toString(), "DAMAGE are left");
        assertThat(withSecond("repair")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(pack.getFileName() + ": brought back", "1 files were brought back; all is as it was written");
        assertThat(withConfig("verify", "--level", "full")).isZero();
    }

    @Test
    void a_snapshot_travels_as_one_file_is_read_without_settings_and_becomes_a_vault_again() throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup")).isZero();
        String file = folder.resolve("along.zip").toString();

        assertThat(withConfig("export", "latest", "--to", file))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("of snapshot 20", "verify --vault " + file);
        assertThat(withConfig("export", "latest", "--to", file)).isEqualTo(2);
        assertThat(err.toString()).contains(file + " is there already");

        Path nowhere = folder.resolve("nowhere.properties");
        assertThat(run("--config", nowhere.toString(), "verify", "--vault", file, "--level", "full"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(file + ", full: all is as it was written.");
        assertThat(run("--config", nowhere.toString(), "snapshots", "--vault", file, "--json"))
                .isZero();
        assertThat(Json.MAPPER.readTree(out.toString())).hasSize(1);
        assertThat(run("--config", nowhere.toString(), "ls", "--vault", file, "latest", "workspace.json"))
                .isZero();
        assertThat(out.toString()).contains("workspace.json");
        Path tree = folder.resolve("tree");
        assertThat(run("--config", nowhere.toString(), "export", "latest", "--vault", file, "--to", tree.toString()))
                .as(err.toString())
                .isZero();
        assertThat(tree.resolve("objects/pages")).isDirectory();

        Path elsewhere = folder.resolve("elsewhere");
        String[] onANewHost = {
            "-D",
            "saddlebag.state-directory=" + elsewhere.resolve("state"),
            "-D",
            "saddlebag.destination.vault.directory=" + elsewhere.resolve("vault")
        };
        assertThat(withConfig(onANewHost, "sync", file, "vault"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("sample: 1 of 1 snapshots that vault lacked were copied from " + file);
        assertThat(withConfig(onANewHost, "verify", "--level", "full")).isZero();
        assertThat(withConfig(onANewHost, "-D", "notion.simulator.pages=12", "backup", "--json"))
                .isZero();
        assertThat(Json.MAPPER
                        .readTree(out.toString())
                        .at("/0/deliveries/0/bytes")
                        .asLong())
                .as("the new host goes on where the file ends")
                .isLessThan(50_000);
        assertThat(run("--config", nowhere.toString(), "verify", "--vault", elsewhere + "/vault/sample"))
                .as(out.toString())
                .isZero();
        String ours = elsewhere.resolve("vault/sample/allowed_signers").toString();
        assertThat(run("--config", nowhere.toString(), "verify", "--vault", file, "--signers", ours))
                .isZero();
        Path other = folder.resolve("other_signers");
        try (var keys = Files.list(elsewhere.resolve("vault/sample"))) {
            Files.copy(
                    keys.filter(key -> key.getFileName().toString().startsWith("allowed_signers-"))
                            .findFirst()
                            .orElseThrow(),
                    other);
        }
        assertThat(run("--config", nowhere.toString(), "verify", "--vault", file, "--signers", other.toString()))
                .as("signed by a key that is not trusted")
                .isEqualTo(7);
        assertThat(withConfig("verify", "--vault", elsewhere + "/nothing")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no vault at");
        assertThat(withConfig("sync", elsewhere.resolve("vault/sample").toString(), "vault"))
                .isZero();
    }

    @Test
    void the_file_can_be_encrypted_hold_the_tree_and_hold_all_snapshots() throws Exception {
        demoConfiguration();
        for (int backup = 0; backup < 2; backup++) {
            assertThat(withConfig("-D", "notion.simulator.pages=12", "backup")).isZero();
        }
        Path key = folder.resolve("key.txt");
        Identity identity = Identity.create();
        IdentityFile.write(key, identity, Clock.systemUTC());
        String file = folder.resolve("all.zip.age").toString();

        assertThat(withConfig("export", "all", "--to", file)).isEqualTo(2);
        assertThat(err.toString()).contains("Who shall be able to open", "--recipient");
        assertThat(withConfig(
                        "export",
                        "all",
                        "--to",
                        file,
                        "--recipient",
                        identity.recipient().text()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("of 2 snapshots");
        assertThat(run("snapshots", "--vault", file)).isEqualTo(2);
        assertThat(err.toString()).contains(file + " is encrypted", "--identity");
        assertThat(run("snapshots", "--vault", file, "--identity", key.toString(), "--json"))
                .isZero();
        assertThat(Json.MAPPER.readTree(out.toString())).hasSize(2);

        Path tree = folder.resolve("tree.zip");
        assertThat(withConfig(
                        "export", "latest", "--format", "tree", "--only", "objects/pages", "--to", tree.toString()))
                .isZero();
        try (ZipFile zip = new ZipFile(tree.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains("SHA256SUMS")
                    .allMatch(name -> name.startsWith("objects/pages/") || name.equals("SHA256SUMS"))
                    .hasSizeGreaterThan(10);
        }

        assertThat(withConfig(
                        "export",
                        "latest",
                        "--format",
                        "vault",
                        "--to",
                        folder.resolve("dir").toString()))
                .isEqualTo(2);
        assertThat(withConfig("export", "all", "--to", folder.resolve("dir").toString()))
                .isEqualTo(2);
        assertThat(withConfig(
                        "export",
                        "latest",
                        "--only",
                        "x",
                        "--to",
                        folder.resolve("o.zip").toString()))
                .isEqualTo(2);
        flipABit(pack());
        assertThat(withConfig(
                        "export", "latest", "--to", folder.resolve("bad.zip").toString()))
                .isEqualTo(7);
        assertThat(err.toString()).contains("-p0001.zip", "not what was written");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("bad.zip"));
        }
    }

    private int withConfig(String[] options, String... arguments) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(arguments));
        return withConfig(all.toArray(String[]::new));
    }

    @Test
    void verify_by_turns_reads_a_share_of_each_destination_and_exits_with_7_when_it_finds_damage() throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup"))
                .as(err.toString())
                .isZero();
        assertThat(withSecond("sync", "vault", "second")).isZero();

        assertThat(withSecond("verify", "--share", "--json")).isZero();
        JsonNode reports = Json.MAPPER.readTree(out.toString());
        assertThat(reports).hasSize(2);
        assertThat(reports.get(1).path("destination").asText()).isEqualTo("second");
        assertThat(reports.get(1).path("files").asInt()).isPositive();
        assertThat(withSecond("verify", "--share", "--level", "full")).isEqualTo(2);

        Files.delete(pack());
        assertThat(withSecond("verify", "--share", "--destination", "vault")).isEqualTo(7);
        assertThat(out.toString()).contains("-p0001.zip: is missing", "DAMAGE", "saddlebag repair");
        assertThat(withSecond("doctor", "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("damage was found");
        assertThat(withSecond("repair")).isZero();
        assertThat(withSecond("verify", "--share")).isZero();
    }

    @Test
    void what_repair_cannot_bring_back_is_named_and_the_next_backup_stores_it_anew() throws Exception {
        demoConfiguration();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup"))
                .as(err.toString())
                .isZero();
        Path pack = pack();
        Files.delete(pack);
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup"))
                .as("a snapshot that needs it cannot be delivered")
                .isEqualTo(5);

        assertThat(withConfig("repair")).isEqualTo(7);
        assertThat(out.toString())
                .contains("No place has a good copy of data/" + pack.getFileName())
                .containsPattern("The snapshot \\S+ has lost [1-9][0-9]* paths")
                .contains("The next run reads everything");
        assertThat(Files.readString(folder.resolve("state/sample/lost/vault.tsv")))
                .contains("\tobjects/pages/", "\tworkspace.json");

        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup", "--json"))
                .as(out.toString() + err)
                .isZero();
        assertThat(Json.MAPPER.readTree(out.toString()).at("/0/depth").asText()).isEqualTo("sweep");
        assertThat(withConfig("verify", "--level", "full", "latest"))
                .as(out.toString())
                .isZero();
        assertThat(withConfig("export", "latest", "--to", folder.resolve("out").toString()))
                .isZero();
        assertThat(withConfig("-D", "notion.simulator.pages=12", "backup", "--json"))
                .isZero();
        assertThat(Json.MAPPER.readTree(out.toString()).at("/0/depth").asText()).isEqualTo("changed");
    }

    private int withSecond(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-D",
                "saddlebag.workspace.sample.destinations=vault,second",
                "-D",
                "saddlebag.destination.second.kind=folder",
                "-D",
                "saddlebag.destination.second.directory=" + folder.resolve("second")));
        all.addAll(List.of(arguments));
        return withConfig(all.toArray(String[]::new));
    }

    private int prune(String... options) {
        List<String> all = new ArrayList<>(List.of("-D", "saddlebag.workspace.sample.keep-within=PT0.001S"));
        for (String period : List.of("daily", "weekly", "monthly", "yearly")) {
            all.addAll(List.of("-D", "saddlebag.workspace.sample.keep-" + period + "=0"));
        }
        all.add("prune");
        all.addAll(List.of(options));
        return withConfig(all.toArray(String[]::new));
    }

    private void demoConfiguration() throws IOException {
        DemoCommand.writeConfiguration(folder.resolve("application.properties"));
    }

    private int withConfig(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Path pack() throws IOException {
        try (var files = Files.list(folder.resolve("vault/sample/data"))) {
            return files.filter(file -> file.toString().endsWith("-p0001.zip"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.write(file, bytes);
    }
}
