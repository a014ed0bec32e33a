package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does when a run was held. */
class GateCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configuration() throws IOException {
        Path home = Path.of("").toAbsolutePath();
        System.setProperty("saddlebag.home", home.toString());
        DemoCommand.writeConfiguration(folder.resolve("application.properties"));
    }

    @Test
    void a_held_run_is_shown_with_names_and_numbers_and_accepted() throws Exception {
        assertThat(run("gate", "show")).isZero();
        assertThat(out.toString()).contains("The gate has judged no run yet.");
        assertThat(run("-D", "notion.simulator.pages=30", "backup"))
                .as(err.toString())
                .isZero();
        String good = shown().path("run").asText();

        // The same workspace once more, with 60 % of its pages gone.
        assertThat(run("-D", "notion.simulator.pages=12", "backup", "--depth", "sweep"))
                .isEqualTo(4);
        assertThat(out.toString()).contains("held:", "BROKEN maximum-drop-percent:", "saddlebag gate accept 20");

        assertThat(run("gate", "show")).isZero();
        assertThat(out.toString())
                .contains("is held.", "compared with   " + good)
                .contains("BROKEN          maximum-drop-percent: ")
                .contains("over the limit  maximum-drop-percent: pages that are gone, in percent = ")
                .contains("kept            minimum-pages: pages = ", ", limit 1")
                .contains("gate accept 20", "saddlebag.workspace.sample.gate.maximum-drop-percent");
        JsonNode held = shown();
        assertThat(held.at("/verdict/held").asBoolean()).isTrue();
        assertThat(Path.of(held.path("tree").asText()).resolve("catalogue.jsonl"))
                .exists();
        String id = held.path("run").asText();

        assertThat(run("gate", "show", "--all")).isZero();
        assertThat(out.toString()).contains(id + "  sample  held", good + "  sample  accepted");

        assertThat(run(
                        "-D",
                        "notion.simulator.pages=12",
                        "gate",
                        "accept",
                        id.substring(0, id.length() - 2),
                        "--because",
                        "We moved out."))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(id + " is complete and delivered to vault", "accepted by hand");
        assertThat(run("gate", "show", id)).isZero();
        assertThat(out.toString()).contains("is accepted by hand.", "because: We moved out.");
        assertThat(run("snapshots")).isZero();
        assertThat(out.toString()).contains(id);

        assertThat(run("-D", "notion.simulator.pages=12", "backup", "--depth", "sweep"))
                .isZero();
    }

    @Test
    void a_run_that_is_sealed_is_not_called_held_whatever_a_killed_command_left() throws Exception {
        assertThat(run("-D", "notion.simulator.pages=30", "backup")).isZero();
        assertThat(run("-D", "notion.simulator.pages=12", "backup", "--depth", "sweep"))
                .isEqualTo(4);
        JsonNode held = shown();
        String id = held.path("run").asText();
        Path aside = Path.of(held.path("tree").asText()).getParent();
        Path copy = folder.resolve("copy");
        PathUtils.copyDirectory(aside, copy);
        assertThat(run("-D", "notion.simulator.pages=12", "gate", "accept", id)).isZero();
        // As if the command had been killed between the seal and clearing up.
        PathUtils.copyDirectory(copy, aside);

        assertThat(run("gate", "show", id)).isZero();
        assertThat(out.toString())
                .contains("is accepted by hand.", "was broken off. Say it again", "gate accept " + id)
                .doesNotContain("is held.");
        assertThat(run("gate", "show", "--all")).isZero();
        assertThat(out.toString()).contains(id + "  sample  accepted by hand").doesNotContain("held");

        for (int again = 0; again < 2; again++) {
            assertThat(run("gate", "accept", id)).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("The run " + id + " is accepted already, by hand at ")
                    .contains(id + " is complete and delivered to vault");
            assertThat(aside).doesNotExist();
        }
        assertThat(run("gate", "show", id)).isZero();
        assertThat(out.toString()).contains("is accepted by hand.").doesNotContain("broken off");
    }

    @Test
    void what_is_not_held_cannot_be_accepted() throws Exception {
        assertThat(run("-D", "notion.simulator.pages=30", "backup")).isZero();
        String good = shown().path("run").asText();

        assertThat(run("gate", "accept", good)).isEqualTo(2);
        assertThat(err.toString()).contains("The run " + good + " is not held: it is accepted", "Held: none");
        assertThat(run("gate", "accept", "1999")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no such run: \"1999\". There is none");
        assertThat(run("gate", "show", "1999")).isEqualTo(2);
        assertThat(err.toString()).contains("There is " + good);
    }

    private JsonNode shown() throws IOException {
        assertThat(run("gate", "show", "--json")).isZero();
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
