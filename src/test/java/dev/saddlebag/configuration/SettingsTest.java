package dev.saddlebag.configuration;

import static dev.saddlebag.configuration.ConfigurationFolder.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    private ConfigurationFolder configuration;

    @BeforeEach
    void prepare() throws IOException {
        configuration = ConfigurationFolder.in(folder);
    }

    @Test
    void theSmallestConfigurationHasAllDefaults() throws IOException {
        Settings settings = configuration.load(SMALLEST);

        assertThat(settings.notion())
                .isEqualTo(new NotionSettings(
                        URI.create("https://api.notion.com"),
                        Duration.ofSeconds(60),
                        List.of(URI.create("https://app.notion.com"), URI.create("https://www.notion.so")),
                        List.of("file.notion.so", "file.notion.com"),
                        URI.create("https://api.notion.com/admin"),
                        "/v1/exports",
                        Duration.ofSeconds(5)));
        assertThat(settings.stateDirectory()).isEqualTo(folder.resolve("data/state"));
        assertThat(settings.routesDirectory()).isEqualTo(folder.resolve("routes"));
        assertThat(settings.simulator()).isEqualTo(new SimulatorSettings(0, 1));

        WorkspaceSettings acme = settings.workspace("acme").orElseThrow();
        assertThat(acme.sources()).containsExactly(Source.API);
        assertThat(acme.token()).contains(new Secret("ntn_0123456789"));
        assertThat(acme.tokenV2()).isEmpty();
        assertThat(acme.schedule()).isEqualTo("0 0 2 * * ?");
        assertThat(acme.sweepSchedule()).isEqualTo("0 0 4 ? * SUN");
        assertThat(acme.quickSchedule()).isEmpty();
        assertThat(acme.timeZone()).isEqualTo(ZoneId.systemDefault());
        assertThat(acme.depth()).isEqualTo(Depth.CHANGED);
        assertThat(acme.comments()).isEqualTo(Comments.PAGE);
        assertThat(acme.pageMarkdown()).isFalse();
        assertThat(acme.externalMedia()).isEqualTo(ExternalMedia.NONE);
        assertThat(acme.requestsPerMinute()).isEqualTo(OptionalInt.of(180));
        assertThat(acme.destinations()).containsExactly("vault");
        assertThat(acme.keep()).isEqualTo(new KeepSettings(3, Duration.ofDays(14), 7, 5, 12, 3));
        assertThat(acme.alarmAfter()).isEqualTo(Duration.ofHours(36));
        assertThat(acme.gate()).hasSize(9).containsEntry("maximum-drop-percent", BigDecimal.valueOf(20));

        assertThat(settings.destinations())
                .containsExactly(new DestinationSettings(
                        "vault",
                        "folder",
                        Map.of("directory", folder.resolve("data/vault").toString())));
    }

    @Test
    void every_credential_of_a_workspace_is_known_as_a_secret() throws IOException {
        Settings settings = configuration.load(SMALLEST + """
                saddlebag.workspace.acme.token-v2 = v02-cookie
                saddlebag.workspace.acme.file-token = file-cookie
                saddlebag.workspace.acme.export.admin-token = adm_of_the_organisation
                saddlebag.workspace.acme.heartbeat-url = https://watch.example.org/secret
                """);

        assertThat(settings.secrets())
                .contains(
                        "ntn_0123456789",
                        "v02-cookie",
                        "file-cookie",
                        "adm_of_the_organisation",
                        "https://watch.example.org/secret");
    }

    @Test
    void every_option_that_its_kind_calls_a_path_starts_at_the_folder_of_the_configuration() throws IOException {
        Settings settings = configuration.load(SMALLEST + """
                saddlebag.destination.far.kind = s3
                saddlebag.destination.far.bucketName = vaults
                saddlebag.destination.far.prefix = ~back/../ups
                saddlebag.destination.far.caFile = certificates/../authorities.pem
                saddlebag.destination.odd.kind = folder
                saddlebag.destination.odd.directory = ./~odd
                """);

        assertThat(settings.destinations())
                .extracting(DestinationSettings::options)
                .contains(
                        Map.of(
                                "bucketName",
                                "vaults",
                                "prefix",
                                "~back/../ups",
                                "caFile",
                                folder.resolve("authorities.pem").toString()),
                        Map.of("directory", folder.resolve("~odd").toString()));
    }

    @Test
    void the_kinds_that_come_with_saddlebag_call_their_paths_so() throws IOException {
        Settings settings =
                configuration.load(SMALLEST + """
                saddlebag.routes-directory = %s
                saddlebag.destination.far.kind = sftp
                saddlebag.destination.far.host = backup.example.org
                saddlebag.destination.far.user = saddlebag
                saddlebag.destination.far.path = vaults
                saddlebag.destination.far.known-hosts = known_hosts
                saddlebag.destination.far.key-file = keys/id_ed25519
                """.formatted(Path.of("routes").toAbsolutePath()));

        assertThat(settings.destinations().get(0).options())
                .containsEntry("path", "vaults")
                .containsEntry("known-hosts", folder.resolve("known_hosts").toString())
                .containsEntry("key-file", folder.resolve("keys/id_ed25519").toString());
        assertThat(settings.destinations().get(1).options())
                .containsEntry("directory", folder.resolve("data/vault").toString());
    }

    @Test
    void a_path_that_only_camel_can_look_up_is_left_alone() throws IOException {
        Settings settings = configuration.load(SMALLEST.replace("data/vault", "{{aws:place}}"));

        assertThat(settings.destinations().get(0).options()).containsEntry("directory", "{{aws:place}}");
    }

    @Test
    void everySettingOfAWorkspaceIsRead() throws IOException {
        Settings settings = configuration.load(SMALLEST + """
                saddlebag.workspace.acme.source = api, export
                saddlebag.workspace.acme.token-v2 = v02
                saddlebag.workspace.acme.file-token = ft
                saddlebag.workspace.acme.space-id = 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                saddlebag.workspace.acme.schedule = 0 30 1 * * ?
                saddlebag.workspace.acme.quick-schedule = 0 0/10 * * * ?
                saddlebag.workspace.acme.time-zone = Europe/Vienna
                saddlebag.workspace.acme.depth = quick
                saddlebag.workspace.acme.comments = none
                saddlebag.workspace.acme.page-markdown = true
                saddlebag.workspace.acme.external-media = public
                saddlebag.workspace.acme.requests-per-minute = auto
                saddlebag.workspace.acme.keep-last = 4
                saddlebag.workspace.acme.keep-within = 30d
                saddlebag.workspace.acme.keep-daily = 8
                saddlebag.workspace.acme.keep-weekly = 6
                saddlebag.workspace.acme.keep-monthly = 24
                saddlebag.workspace.acme.keep-yearly = 0
                saddlebag.workspace.acme.alarm-after = 1d 12h
                saddlebag.workspace.acme.gate.maximum-drop-percent = 12.5
                """);

        WorkspaceSettings acme = settings.workspaces().get(0);
        assertThat(acme.sources()).containsExactly(Source.API, Source.EXPORT);
        assertThat(acme.tokenV2()).contains(new Secret("v02"));
        assertThat(acme.fileToken()).contains(new Secret("ft"));
        assertThat(acme.spaceId()).contains("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
        assertThat(acme.schedule()).isEqualTo("0 30 1 * * ?");
        assertThat(acme.quickSchedule()).contains("0 0/10 * * * ?");
        assertThat(acme.timeZone()).isEqualTo(ZoneId.of("Europe/Vienna"));
        assertThat(acme.depth()).isEqualTo(Depth.QUICK);
        assertThat(acme.comments()).isEqualTo(Comments.NONE);
        assertThat(acme.pageMarkdown()).isTrue();
        assertThat(acme.externalMedia()).isEqualTo(ExternalMedia.PUBLIC);
        assertThat(acme.requestsPerMinute()).isEmpty();
        assertThat(acme.keep()).isEqualTo(new KeepSettings(4, Duration.ofDays(30), 8, 6, 24, 0));
        assertThat(acme.alarmAfter()).isEqualTo(Duration.ofHours(36));
        assertThat(acme.gate()).containsEntry("maximum-drop-percent", new BigDecimal("12.5"));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        String file = SMALLEST + "notion.api.base-url = http://file.example\n";
        var environment = Map.of(
                "NOTION_API_BASE_URL", "http://environment.example", "SADDLEBAG_WORKSPACE_ACME_TOKEN", "from-env");
        var overrides = Map.of("notion.api.base-url", "http://line.example");

        assertThat(configuration.load(file).notion().baseUrl()).hasToString("http://file.example");
        assertThat(configuration.load(file, environment, Map.of()).notion().baseUrl())
                .hasToString("http://environment.example");
        Settings settings = configuration.load(file, environment, overrides);
        assertThat(settings.notion().baseUrl()).hasToString("http://line.example");
        assertThat(settings.workspaces().get(0).token()).contains(new Secret("from-env"));
    }

    @Test
    void aWorkspaceAndItsDestinationCanLiveInTheEnvironmentAlone() throws IOException {
        var environment = Map.of(
                "SADDLEBAG_WORKSPACES", "acme-corp",
                "SADDLEBAG_WORKSPACE_ACME_CORP_TOKEN", "secret",
                "SADDLEBAG_WORKSPACE_ACME_CORP_DESTINATIONS", "offsite",
                "SADDLEBAG_DESTINATION_OFFSITE_KIND", "s3",
                "SADDLEBAG_DESTINATION_OFFSITE_BUCKET_NAME", "backups");

        Settings settings = configuration.load("", environment, Map.of());

        assertThat(settings.workspace("acme-corp").orElseThrow().token()).contains(new Secret("secret"));
        assertThat(settings.destination("offsite").orElseThrow().options()).containsEntry("bucketName", "backups");
    }

    @Test
    void placeholdersAreResolvedAsCamelDoes() throws IOException {
        Settings settings = configuration.load("""
                base = ${ignored}
                company = acme
                saddlebag.workspaces = {{company}}
                saddlebag.workspace.acme.token = {{env:TOKEN}}
                saddlebag.workspace.acme.space-id = {{?nobody}}
                saddlebag.workspace.acme.depth = {{env:DEPTH:quick}}
                saddlebag.workspace.acme.comments = {{nothing:block}}
                saddlebag.workspace.acme.destinations = {{{{which}}}}
                which = list
                list = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = {{saddlebag.state-directory}}/../{{sys:file.separator}}vault
                """, Map.of("TOKEN", "abc"), Map.of());

        WorkspaceSettings acme = settings.workspace("acme").orElseThrow();
        assertThat(acme.token()).contains(new Secret("abc"));
        assertThat(acme.spaceId()).isEmpty();
        assertThat(acme.depth()).isEqualTo(Depth.QUICK);
        assertThat(acme.comments()).isEqualTo(Comments.BLOCK);
        assertThat(acme.destinations()).containsExactly("vault");
        assertThat(settings.destinations().get(0).options())
                .containsEntry("directory", folder.resolve("data/vault").toString());
    }

    @Test
    void functionsOfCamelAreLeftToItUnlessSomebodyResolvesThem() throws IOException {
        String file = SMALLEST
                + "saddlebag.workspace.acme.token-v2 = {{aws:notion#token}}\n"
                + "saddlebag.workspace.acme.depth = {{aws:notion#depth}}\n";

        WorkspaceSettings left = configuration.load(file).workspaces().get(0);
        assertThat(left.tokenV2()).contains(new Secret("{{aws:notion#token}}"));
        assertThat(left.depth()).isEqualTo(Depth.CHANGED);

        WorkspaceSettings resolved = Settings.load(
                        configuration.file(),
                        Map.of(),
                        Map.of(),
                        function -> function.equals("{{aws:notion#depth}}") ? "sweep" : "v02")
                .workspaces()
                .get(0);
        assertThat(resolved.tokenV2()).contains(new Secret("v02"));
        assertThat(resolved.depth()).isEqualTo(Depth.SWEEP);
    }

    @Test
    void routesFindEverySettingThatIsNoSecret() throws IOException {
        Settings settings = configuration.load(SMALLEST + "saddlebag.workspace.acme.depth = sweep\n");

        assertThat(settings.placeholders())
                .containsEntry("notion.api.base-url", "https://api.notion.com")
                .containsEntry(
                        "saddlebag.state-directory",
                        folder.resolve("data/state").toString())
                .containsEntry("saddlebag.workspace.acme.schedule", "0 0 2 * * ?")
                .containsEntry("saddlebag.workspace.acme.depth", "sweep")
                .containsKey("saddlebag.workspace.acme.time-zone")
                .doesNotContainKey("saddlebag.workspace.acme.token")
                .doesNotContainValue("ntn_0123456789");
    }

    @Test
    void secretsDoNotPrint() throws IOException {
        Settings settings = configuration.load(SMALLEST + """
                saddlebag.workspace.acme.token-v2 = v02-cookie
                saddlebag.destination.offsite.kind = s3
                saddlebag.destination.offsite.bucketName = backups
                saddlebag.destination.offsite.secretKey = s3-secret
                """);

        assertThat(settings.toString()).doesNotContain("ntn_0123456789", "v02-cookie", "s3-secret");
    }

    @Test
    void settingsNeedNoFile() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Settings settings = Settings.of(
                folder,
                Map.of(
                        "saddlebag.workspaces", "demo",
                        "saddlebag.workspace.demo.token", "secret",
                        "saddlebag.workspace.demo.destinations", "vault",
                        "saddlebag.destination.vault.kind", "folder",
                        "saddlebag.destination.vault.directory", "data/vault"));

        assertThat(settings.workspaces()).hasSize(1);
        assertThat(settings.destinations().get(0).options())
                .containsEntry("directory", folder.resolve("data/vault").toString());
    }
}
