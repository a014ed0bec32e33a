package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportHost;
import dev.saddlebag.simulator.Exports;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two backups of a workspace that people edit in between, and what diff says of it. */
class DiffCommandTest {
    private static final String TOKEN = "ntn_secret-of-the-tests";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SampleWorkspace workspace = SampleWorkspace.of(5, 30);
    private final String home = workspace.standalonePages().get(0);
    private NotionSimulator notion;

    @BeforeEach
    void begin() throws IOException {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        notion = NotionSimulator.start(workspace, Behaviour.standard().withToken(TOKEN));
        Exports exports = notion.exports();
        Files.writeString(folder.resolve("application.properties"), """
                notion.api.base-url = %s
                notion.api.retry-delay = 1
                notion.export.base-urls = %s
                notion.export.file-hosts = %s
                notion.export.poll-interval = PT0.01S
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = %s
                saddlebag.workspace.acme.token-v2 = %s
                saddlebag.workspace.acme.requests-per-minute = 100000
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(
                        notion.baseUrl(),
                        exports.apiUrls().stream().map(Object::toString).collect(Collectors.joining(",")),
                        exports.url(ExportHost.FILES).getAuthority(),
                        Path.of("routes").toAbsolutePath(),
                        TOKEN,
                        exports.tokenV2()));
    }

    @AfterEach
    void end() {
        notion.close();
    }

    @Test
    void every_kind_of_change_is_told_with_its_text() throws Exception {
        String first = backup();
        edit();
        String second = backup();

        assertThat(run("diff", first)).as(err.toString()).isZero();
        assertThat(out.toString().replace(first, "FIRST").replace(second, "SECOND"))
                .isEqualTo(golden("everything.txt"));
        assertThat(run("diff", first, second, "--json")).isZero();
        assertThat(out.toString().replace(first, "FIRST").replace(second, "SECOND"))
                .isEqualTo(golden("everything.json"));

        assertThat(run("diff", first, "--stat")).isZero();
        assertThat(out.toString()).contains("  Home  (+7 −1)\n").doesNotContain("@@", "Other words");
        System.setProperty("saddlebag.colour", "true");
        try {
            assertThat(run("diff", first)).isZero();
        } finally {
            System.clearProperty("saddlebag.colour");
        }
        assertThat(out.toString()).contains("\u001b[32m+Other words\u001b[0m", "\u001b[1mAdded (2)\u001b[0m");

        assertThat(run("diff", first, "--only", "Home/Database 0")).isZero();
        assertThat(out.toString()).contains("A new row", "Colour").doesNotContain("A new page", "Annual review 3");
        assertThat(run("diff", first, "--only", home.replace("-", ""))).isZero();
        assertThat(out.toString())
                .contains("A new page", "A new row", "Public checklist 4")
                .doesNotContain("Annual review 3");
        assertThat(run("diff", first, "--only", "No such page")).isEqualTo(2);
        assertThat(err.toString()).contains("Neither snapshot has a page or database of this id or path");
        assertThat(run("diff")).isEqualTo(2);
        assertThat(run("diff", "1999")).isEqualTo(2);

        assertThat(run("diff", second, first)).isZero();
        assertThat(out.toString())
                .contains("1 added, 2 removed, 1 moved, 1 renamed")
                .contains("-Other words", "property removed: Colour (rich_text)");
    }

    @Test
    void an_unchanged_workspace_has_no_differences() throws Exception {
        String first = backup();
        backup();

        assertThat(run("diff", first)).as(err.toString()).isZero();
        assertThat(out.toString()).endsWith("\nNo differences.\n");
        assertThat(json("diff", first).path("changes")).isEmpty();
    }

    @Test
    void an_encrypted_vault_is_compared_with_an_identity_and_refused_without() throws Exception {
        Path key = folder.resolve("key.txt");
        Identity identity = Identity.create();
        IdentityFile.write(key, identity, Clock.systemUTC());
        String recipient =
                "saddlebag.workspace.acme.recipients=" + identity.recipient().text() + ","
                        + Identity.create().recipient().text();
        String first = backup("-D", recipient);
        edit();
        backup("-D", recipient);

        assertThat(run("diff", first)).isEqualTo(2);
        assertThat(err.toString()).contains("is encrypted", "--identity");
        assertThat(run("diff", first, "--identity", key.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("+Other words", "2 added, 1 removed, 1 moved, 1 renamed, 4 changed");
    }

    @Test
    void exports_are_compared_by_their_lines_and_with_the_api_by_titles_and_places_alone() throws Exception {
        String[] export = {"-D", "saddlebag.workspace.acme.source=export"};
        String api = backup();
        String first = backup(export);
        assertThat(run("diff", api, first)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("only titles and places can be compared");
        edit();
        backup(export);

        assertThat(run("diff", first)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("-after new after moves.", "+Other words", "A new page", "A new row")
                .contains("Another title", "Regional interview 12");
    }

    private void edit() {
        String source = workspace.dataSources().get(0);
        workspace.addParagraph(home, "A wholly new paragraph.", Touch.MOVES_LAST_EDITED_TIME);
        workspace.editParagraph(workspace.paragraphs(home).get(0), "Other words", Touch.MOVES_LAST_EDITED_TIME);
        workspace.addPage(home, "A new page");
        workspace.addRow(source, "A new row");
        workspace.editTitle(workspace.standalonePages().get(3), "Another title", Touch.MOVES_LAST_EDITED_TIME);
        workspace.movePage(workspace.standalonePages().get(4), home, Touch.MOVES_LAST_EDITED_TIME);
        workspace.deletePage(workspace.rows(workspace.dataSources().get(1)).get(0));
        workspace.editSchema(source, "Colour", Touch.MOVES_LAST_EDITED_TIME);
        workspace.editProperty(
                workspace.rows(source).get(1),
                "Amount",
                JsonNodeFactory.instance.numberNode(4711),
                Touch.MOVES_LAST_EDITED_TIME);
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/difference", name));
    }

    private String backup(String... options) throws Exception {
        String[] arguments = Stream.concat(Stream.of(options), Stream.of("backup", "--depth", "sweep", "--json"))
                .toArray(String[]::new);
        assertThat(run(arguments)).as(err + "" + out).isZero();
        assertThat(run("snapshots", "--json")).isZero();
        JsonNode all = Json.MAPPER.readTree(out.toString());
        List<String> ids = new ArrayList<>();
        all.forEach(one -> ids.add(one.path("snapshot").asText(one.path("id").asText())));
        return ids.stream().max(String::compareTo).orElseThrow();
    }

    private JsonNode json(String... arguments) throws Exception {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        assertThat(run(all)).as(err.toString()).isZero();
        return Json.MAPPER.readTree(out.toString());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(arguments));
        return Saddlebag.execute(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }
}
