package dev.saddlebag.configuration;

import static dev.saddlebag.configuration.ConfigurationFolder.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsMistakesTest {
    @TempDir
    private Path folder;

    private ConfigurationFolder configuration;

    @BeforeEach
    void prepare() throws IOException {
        configuration = ConfigurationFolder.in(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                    saddlebag.workspace.acme.tokn = x              | saddlebag.workspace.acme.tokn is not a setting; did you mean saddlebag.workspace.acme.token?
                    saddlebag.workspce.acme.depth = quick          | saddlebag.workspce.acme.depth is not a setting; did you mean saddlebag.workspace.acme.depth?
                    saddlebag.destinaton.vault.sync = true         | saddlebag.destinaton.vault.sync is not a setting; did you mean saddlebag.destination.vault.sync?
                    saddlebag.state-dir = x                        | saddlebag.state-dir is not a setting; did you mean saddlebag.state-directory?
                    saddlebag.state-directry = x                   | saddlebag.state-directry is not a setting; did you mean saddlebag.state-directory?
                    notion.api.window-second = 60                  | notion.api.window-second is not a setting; did you mean notion.api.window-seconds?
                    saddlebag.workspace.acme.gate.maximum-gap = 1  | saddlebag.workspace.acme.gate.maximum-gap is not a setting; did you mean saddlebag.workspace.acme.gate.maximum-gaps?
                    saddlebag.workspace.acme.colour = red          | saddlebag.workspace.acme.colour is not a setting
                    saddlebag.workspace.acem.depth = quick         | saddlebag.workspace.acem.depth sets up the workspace acem, which saddlebag.workspaces does not list; did you mean acme?
                    saddlebag.workspace.acme.depth = chnged        | saddlebag.workspace.acme.depth must be one of sweep, changed, quick, but is "chnged"; did you mean changed?
                    saddlebag.workspace.acme.source = api,exprot   | saddlebag.workspace.acme.source must be one of api, export, but is "exprot"; did you mean export?
                    saddlebag.workspace.acme.schedule = 99 99 * * * ?   | saddlebag.workspace.acme.schedule must be a cron expression, but in "99 99 * * * ?" the second is 99 and can only be 0 to 59
                    saddlebag.workspace.acme.schedule = 0 2 * * *  | saddlebag.workspace.acme.schedule must be a cron expression of six fields (second minute hour day month weekday), such as "0 0 2 * * ?", but "0 2 * * *" has 5
                    saddlebag.workspace.acme.quick-schedule = 0/10 * * * *  | saddlebag.workspace.acme.quick-schedule must be a cron expression of six fields (second minute hour day month weekday), such as "0 0 2 * * ?", but "0/10 * * * *" has 5
                    saddlebag.workspace.acme.page-markdown = yes   | saddlebag.workspace.acme.page-markdown must be true or false, but is "yes"
                    saddlebag.workspace.acme.external-media = publc | saddlebag.workspace.acme.external-media must be one of none, public, any, but is "publc"; did you mean public?
                    saddlebag.workspace.acme.sweep-schedule = 0 0 2 30 2 ? | saddlebag.workspace.acme.sweep-schedule must be a cron expression that fires, but "0 0 2 30 2 ?" never will
                    saddlebag.workspace.acme.time-zone = Europe/Viena   | saddlebag.workspace.acme.time-zone must be a time zone such as Europe/Vienna, but is "Europe/Viena"; did you mean Europe/Vienna?
                    saddlebag.workspace.acme.requests-per-minute = 0    | saddlebag.workspace.acme.requests-per-minute must be auto or a whole number from 1 to 100000, but is "0"
                    saddlebag.workspace.acme.alarm-after = 36      | saddlebag.workspace.acme.alarm-after must be a length of time such as 36h, 2d or 90m, but is "36"
                    saddlebag.workspace.acme.gate.maximum-drop-percent = 101 | saddlebag.workspace.acme.gate.maximum-drop-percent must be a number from 0 to 100, but is "101"
                    saddlebag.workspace.acme.gate.minimum-pages = many  | saddlebag.workspace.acme.gate.minimum-pages must be a number of 0 or more, but is "many"
                    notion.api.retry-delay = 99999                 | notion.api.retry-delay must be a whole number from 1 to 60000, but is "99999"
                    notion.api.base-url = api.notion.com           | notion.api.base-url must be a web address such as https://api.notion.com, but is "api.notion.com"
                    notion.export.file-hosts = https://file.notion.so | notion.export.file-hosts must be the name of a host such as file.notion.so, but is "https://file.notion.so"
                    saddlebag.workspace.acme.space-id =            | saddlebag.workspace.acme.space-id has no value; give it one or take it out
                    saddlebag.workspace.acme.space-id = {{env:SPACE}}   | saddlebag.workspace.acme.space-id needs the environment variable SPACE, which is not set; did you mean SPACES?
                    saddlebag.workspace.acme.space-id = {{spce}}   | saddlebag.workspace.acme.space-id refers to {{spce}}, which is not set; did you mean space?
                    saddlebag.workspace.acme.space-id = {{env:SPACES   | saddlebag.workspace.acme.space-id has {{ without }} after it
                    saddlebag.workspace.acme.token = other         | saddlebag.workspace.acme.token is set already in line 2
                    saddlebag.destination.vault.snc = true         | saddlebag.destination.vault.snc is not a setting of the kind folder; did you mean saddlebag.destination.vault.sync?
                    saddlebag.destination.vault.colour = red       | saddlebag.destination.vault.colour is not a setting of the kind folder; it has directory, sync
                    saddlebag.destination.vault.sync = yes         | saddlebag.destination.vault.sync must be true or false
                    saddlebag.destination.Nas_1.kind = folder      | saddlebag.destination.Nas_1.kind has a name that is not made of small letters, digits and hyphens: "Nas_1"
                    saddlebag.destination.nas.kind = foldr         | saddlebag.destination.nas.kind is "foldr", but there is no such kind; did you mean folder?
                    saddlebag.destination.nas.kind = tape          | saddlebag.destination.nas.kind is "tape", but there is no such kind; the kinds are folder, s3
                    saddlebag.destination.nas.directory = nas      | saddlebag.destination.nas.kind is missing; the kinds are folder, s3
                    saddlebag.destination.vault.prune-wth = nas    | saddlebag.destination.vault.prune-wth is not a setting of the kind folder; did you mean saddlebag.destination.vault.prune-with?
                    saddlebag.destination.vault.prune-with = valt  | saddlebag.destination.vault.prune-with names the destination valt, which is not defined; did you mean vault?
                    saddlebag.destination.vault.prune-with = vault | saddlebag.destination.vault.prune-with names the destination itself; leave it out
                    saddlebag.workspace.acme.verify-days = -1      | saddlebag.workspace.acme.verify-days must be a whole number from 0 to 3650, but is "-1"
                    saddlebag.workspace.acme.prune-schedule = 0    | saddlebag.workspace.acme.prune-schedule must be a cron expression of six fields (second minute hour day month weekday), such as "0 0 2 * * ?", but "0" has 1
                    saddlebag.destination.nas.kind = s3            | saddlebag.destination.nas.bucketName is missing; the kind s3 needs it
                    """)
    void aMistakeInOneLineIsReportedWithThatLine(String line, String sentence) throws IOException {
        var environment = Map.of("SPACES", "1");

        assertThat(configuration.mistakes(SMALLEST + "\n\n" + line + "\nspace = 1\n", environment, Map.of()))
                .containsExactly("8: " + sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "~/vault", "~saddle/vault"})
    void a_home_that_only_a_shell_knows_is_refused(String path) throws IOException {
        assertThat(configuration.mistakes(SMALLEST.replace("data/vault", path)))
                .containsExactly(
                        "5: saddlebag.destination.vault.directory begins with ~, which stands for no home here:"
                                + " write {{env:HOME}} or the whole path, or ./~ if the name begins so");
    }

    @Test
    void what_cannot_be_a_path_is_refused() throws IOException {
        assertThat(configuration.mistakes(SMALLEST.replace("data/vault", "data\0vault")))
                .containsExactly("5: saddlebag.destination.vault.directory must be a path, but is \"data\0vault\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    token       | 1: saddlebag.workspace.acme.token is missing; the source api needs the token of a Notion integration
                    destinations| 1: saddlebag.workspace.acme.destinations is missing; name at least one destination there
                    .kind       | 5: saddlebag.destination.vault.kind is missing; the kinds are folder, s3
                    directory   | 4: saddlebag.destination.vault.directory is missing; the kind folder needs it
                    """)
    void whatIsMissingIsReportedWhereItIsAskedFor(String without, String sentence) throws IOException {
        String properties = SMALLEST.replaceAll("(?m)^.*" + without + " = .*$", "");

        assertThat(configuration.mistakes(properties)).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    saddlebag.destination.janitor.kind = s3 | saddlebag.destination.vault.prune-with names janitor, which is of the kind s3; it must be the same place, with other credentials
                    saddlebag.workspace.acme.destinations = vault, janitor | saddlebag.destination.vault.prune-with names janitor, to which a workspace delivers; name one to which none does
                    saddlebag.destination.janitor.prune-with = third | saddlebag.destination.vault.prune-with names janitor, which has a prune-with of its own
                    """)
    void whoPrunesMustHaveTheSamePlaceAndDeliverNothing(String line, String sentence) throws IOException {
        var properties = SMALLEST.replace("saddlebag.workspace.acme.destinations = vault\n", "") + """
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.prune-with = janitor
                saddlebag.destination.janitor.kind = folder
                saddlebag.destination.janitor.directory = data/vault
                saddlebag.destination.third.kind = folder
                saddlebag.destination.third.directory = data/vault
                """;
        var key = line.substring(0, line.indexOf(" ="));
        var overrides = Map.of(key, line.substring(line.indexOf("= ") + 2));
        assertThat(configuration.mistakes(properties)).isEmpty();

        assertThat(configuration.mistakes(properties, Map.of(), overrides))
                .anyMatch(mistake -> mistake.endsWith(": " + sentence));
    }

    @Test
    void theSourceExportNeedsTheCookie() throws IOException {
        assertThat(configuration.mistakes(SMALLEST + "saddlebag.workspace.acme.source = export\n"))
                .containsExactly("1: saddlebag.workspace.acme.token-v2 is missing; "
                        + "the source export needs the cookie token_v2 of a member");
    }

    @Test
    void aTokenWhoseVariableIsMissingIsReportedOnce() throws IOException {
        assertThat(configuration.mistakes(SMALLEST.replace("ntn_0123456789", "{{env:NOTION_TOKEN}}")))
                .containsExactly("2: saddlebag.workspace.acme.token needs the environment variable NOTION_TOKEN, "
                        + "which is not set");
    }

    @Test
    void aCircleIsReported() throws IOException {
        assertThat(configuration.mistakes(SMALLEST + """
                        saddlebag.workspace.acme.space-id = {{a}}
                        a = {{b}}
                        b = {{a}}
                        """))
                .containsExactly("7: a refers to itself: saddlebag.workspace.acme.space-id -> a -> b -> a");
    }

    @Test
    void aDestinationThatIsNotDefinedIsReportedWhereItIsUsed() throws IOException {
        String properties = SMALLEST.replace("destinations = vault", "destinations = vualt, vault, tape");

        assertThat(configuration.mistakes(properties))
                .containsExactly(
                        "3: saddlebag.workspace.acme.destinations names the destination tape, which is not defined; "
                                + "set saddlebag.destination.tape.kind",
                        "3: saddlebag.workspace.acme.destinations names the destination vualt, which is not defined; "
                                + "did you mean vault?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    acme, acme | saddlebag.workspaces names acme twice
                    Acme       | saddlebag.workspaces must have names of small letters, digits and hyphens only, but has "Acme"
                    acme,,lab  | saddlebag.workspaces has an empty place between its commas: "acme,,lab"
                    """)
    void namesOfWorkspacesAreChecked(String names, String sentence) throws IOException {
        assertThat(configuration.mistakes(SMALLEST.replace("workspaces = acme", "workspaces = " + names)))
                .containsExactly("1: " + sentence);
    }

    @Test
    void allMistakesAreReportedAtOnceInReadingOrder() throws IOException {
        String properties = SMALLEST.replace("token", "tokn") + """
                saddlebag.workspace.acme.depth = 5
                saddlebag.colour = red
                """;

        assertThat(configuration.mistakes(properties))
                .containsExactly(
                        "1: saddlebag.workspace.acme.token is missing; the source api needs the token of a Notion integration",
                        "2: saddlebag.workspace.acme.tokn is not a setting; did you mean saddlebag.workspace.acme.token?",
                        "6: saddlebag.workspace.acme.depth must be one of sweep, changed, quick, but is \"5\"",
                        "7: saddlebag.colour is not a setting");
    }

    @Test
    void mistakesOfTheCommandLineAndTheEnvironmentNameTheirPlace() throws IOException {
        var environment = Map.of("NOTION_API_BASE_URL", "nowhere", "SADDLEBAG_WORKSPACE_ACME_TOKN", "x");
        var overrides = Map.of("saddlebag.workspace.acme.depth", "5", "saddlebag.colour", "red");

        assertThat(configuration.mistakes(SMALLEST, environment, overrides))
                .containsExactly(
                        "-D: saddlebag.colour is not a setting",
                        "-D: saddlebag.workspace.acme.depth must be one of sweep, changed, quick, but is \"5\"",
                        "environment NOTION_API_BASE_URL: notion.api.base-url must be a web address "
                                + "such as https://api.notion.com, but is \"nowhere\"",
                        "environment SADDLEBAG_WORKSPACE_ACME_TOKN: SADDLEBAG_WORKSPACE_ACME_TOKN is not a setting; "
                                + "did you mean SADDLEBAG_WORKSPACE_ACME_TOKEN?");
    }

    @Test
    void settingsOfCamelAndOfTheRoutesAreNotOurs() throws IOException {
        assertThat(configuration.mistakes(
                        SMALLEST + "camel.main.log-name = ${routeId}\nbackup.colour = red\nempty =\n"))
                .isEmpty();
    }

    @Test
    void anUnreadableKindDoesNotHideTheRest() throws IOException {
        Files.writeString(folder.resolve("routes/destinations/nas.kamelet.yaml"), "spec: [");

        assertThat(configuration.mistakes(
                        SMALLEST + "saddlebag.destination.nas.kind = nas\nsaddlebag.destination.nas.anything = 1\n"))
                .isEmpty();
    }

    @Test
    void theExceptionHasOneLineForEachMistake() {
        assertThatThrownBy(() -> configuration.load(SMALLEST + "saddlebag.a = 1\nsaddlebag.b = 2\n"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(Mistake::key)
                                .containsExactly("saddlebag.a", "saddlebag.b"))
                .hasMessage(configuration.file() + ":6: saddlebag.a is not a setting\n" + configuration.file()
                        + ":7: saddlebag.b is not a setting");
    }

    @Test
    void aMissingFileIsOneMistake() {
        assertThatThrownBy(() -> Settings.load(Path.of("nowhere.properties"), Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("nowhere.properties: the configuration file does not exist; saddlebag init writes one");
    }

    @Test
    void oneKeyAloneIsAMistakeUnlessItIsMeant() throws IOException {
        String one = SMALLEST
                + "saddlebag.workspace.acme.recipients = age1m3ufsquz6alteaujew3gltmsqz30a5963ftjaw3wfkz3rffx5qgszadqah\n";

        assertThat(configuration.mistakes(one))
                .singleElement()
                .asString()
                .startsWith("6: saddlebag.workspace.acme.recipients names one key only")
                .contains("saddlebag.workspace.acme.encryption.allow-single-recipient=true");
        assertThat(configuration.mistakes(one + "saddlebag.workspace.acme.encryption.allow-single-recipient = true\n"))
                .isEmpty();
    }

    @Test
    void aKeyWithASlipOfTheHandIsAMistakeAndASecretKeyIsNotShown() throws IOException {
        String keys = SMALLEST + "saddlebag.workspace.acme.recipients = ";

        assertThat(configuration.mistakes(
                        keys + "age1m3ufsquz6alteaujew3gltmsqz30a5963ftjaw3wfkz3rffx5qgszadqah, age1nonsense\n"))
                .containsExactly(
                        "6: saddlebag.workspace.acme.recipients must be public keys of age such as age1… with 62"
                                + " characters, without a slip of the hand, but is \"age1nonsense\"");
        assertThat(configuration.mistakes(keys + "AGE-SECRET-KEY-1QQQQ\n"))
                .singleElement()
                .asString()
                .contains("holds a secret key")
                .doesNotContain("1QQQQ");
    }

    @Test
    void noMistakeShowsASecret() throws IOException {
        assertThat(configuration.mistakes(SMALLEST.replace("token = ntn_0123456789", "tokn = ntn_0123456789") + """
                        saddlebag.workspace.acme.token-v2 = {{env:MISSING:ntn_0123456789}}}}
                        saddlebag.destination.offsite.kind = s3
                        saddlebag.destination.offsite.secretKy = ntn_0123456789
                        """))
                .hasSizeGreaterThan(3)
                .noneMatch(sentence -> sentence.contains("ntn_0123456789"));
    }
}
