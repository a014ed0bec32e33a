package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.destination.GitTool;
import dev.saddlebag.notion.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands at a destination that holds a readable tree. */
class GitCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private GitTool remote;

    @BeforeEach
    void backUpTwice() throws Exception {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        DemoCommand.writeConfiguration(folder.resolve("application.properties"));
        remote = GitTool.bare(folder.resolve("remote.git"));
        assertThat(run("backup")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("delivered   code: ", "read back and compared");
        assertThat(run("backup")).as(err.toString()).isZero();
    }

    @Test
    void commands_that_need_a_vault_use_one_or_refuse_with_a_sentence() throws Exception {
        for (List<String> command : List.of(
                List.of("snapshots"),
                List.of("ls"),
                List.of("cat", "latest", "workspace.json"),
                List.of("export", "latest", "--to", folder.resolve("out").toString()),
                List.of("prune", "--dry-run"),
                List.of("keys", "check"))) {
            assertThat(run(command.toArray(String[]::new)))
                    .as(command + err.toString())
                    .isZero();
            assertRefused(command, "--destination", "code");
        }
        assertRefused(List.of("undelete", "2026"), "--destination", "code");
        assertRefused(List.of("repair"), "--destination", "code");
        assertRefused(List.of("sync", "vault"), "code");
        assertRefused(List.of("sync", "code"), "vault");
        assertThat(run("repair")).as(err.toString()).isZero();
    }

    private void assertRefused(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        assertThat(run(all.toArray(String[]::new))).as(all + out.toString()).isEqualTo(2);
        assertThat(err.toString())
                .as(all.toString())
                .contains("The destination code holds a readable tree and no vault", "verify does")
                .doesNotContain("\tat ");
    }

    @Test
    void verify_compares_every_file_and_damage_exits_with_7() throws Exception {
        assertThat(run("verify", "--destination", "code")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("sample at code, quick: all is as it was written.");
        assertThat(run("verify", "--destination", "code", "--level", "full"))
                .as(err.toString())
                .isZero();
        assertThat(run("verify", "--destination", "code", "--level", "full", "latest"))
                .isZero();

        String newest = remote.git("rev-parse", "sample");
        remote.git("update-ref", "refs/heads/sample", "sample~1");
        assertThat(run("verify", "--destination", "code", "--json")).isEqualTo(7);
        JsonNode findings = Json.MAPPER.readTree(out.toString());
        assertThat(findings).hasSize(1);
        assertThat(findings.at("/0/what").asText()).contains("is not there any more, though it was delivered");
        assertThat(run("backup")).isZero();
        assertThat(run("verify", "--destination", "code", "--level", "full")).isZero();
        assertThat(remote.lines("rev-list", "sample")).hasSize(3).contains(newest);

        String foreign = remote.git("commit-tree", "-p", "sample", "-m", "Tidy up", remote.git("mktree"));
        remote.git("update-ref", "refs/heads/sample", foreign);
        assertThat(run("verify", "--destination", "code")).isEqualTo(7);
        assertThat(out.toString()).contains("\"Tidy up\" by Mallory", "Saddlebag did not make");
        assertThat(run("backup")).isEqualTo(5);
        assertThat(out.toString()).contains("code: FAILED", "\"Tidy up\" by Mallory");
    }

    @Test
    void the_doctor_looks_at_it() throws Exception {
        assertThat(run("doctor")).as(out.toString()).isZero();
        assertThat(out.toString())
                .as("nothing verifies it by turns, so nothing can be overdue")
                .doesNotContainPattern("verification +\\S+ at code");
        assertThat(out.toString()).contains("sample at code: snapshots: 2, the newest 20", "nobody else wrote there");

        String foreign = remote.git("commit-tree", "-p", "sample", "-m", "Tidy up", remote.git("mktree"));
        remote.git("update-ref", "refs/heads/sample", foreign);
        assertThat(run("doctor")).isNotZero();
        assertThat(out.toString())
                .contains("FAILED", "sample at code: cannot be read: the branch sample of", "Tidy up");

        remote.git("update-ref", "refs/heads/sample", "sample~2");
        assertThat(run("doctor")).isNotZero();
        assertThat(out.toString()).contains("others were delivered there and are gone: 1");

        Files.move(remote.repository(), folder.resolve("elsewhere.git"));
        assertThat(run("doctor")).isNotZero();
        assertThat(out.toString()).contains("git init --bare " + remote.repository());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(
                "--config", folder.resolve("application.properties").toString(),
                "-D", "saddlebag.workspace.sample.destinations=code,vault",
                "-D", "saddlebag.destination.code.kind=git",
                "-D", "saddlebag.destination.code.remote=remote.git"));
        all.addAll(List.of(arguments));
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
