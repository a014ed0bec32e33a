package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.saddlebag.destination.GitTool;
import dev.saddlebag.report.Delivery;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with two destinations: a vault in a folder, and a branch of a git repository. */
class GitBackupTest {
    @TempDir
    Path folder;

    @Test
    void each_run_is_a_commit_and_a_commit_shows_what_was_edited() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 60);
        GitTool remote = GitTool.bare(folder.resolve("remote.git"));
        try (Lab lab = lab(workspace)) {
            RunSummary first = lab.backup();
            String page = workspace.standalonePages().get(0);
            workspace.editParagraph(workspace.paragraphs(page).get(0), "Another thing", Touch.MOVES_LAST_EDITED_TIME);
            RunSummary second = lab.backup();

            assertThat(first.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(remote.lines("log", "--format=%(trailers:key=Saddlebag-Snapshot,valueonly,separator=)", "acme"))
                    .containsExactly(second.run(), first.run());
            assertThat(remote.lines("diff", "--numstat", "acme~1", "acme"))
                    .singleElement(STRING)
                    .matches("1\t1\t.*\\.md");
            assertThat(remote.git("diff", "acme~1", "acme").lines()).contains("+Another thing");
            assertThat(remote.git("log", "-1", "--format=%s", "acme"))
                    .isEqualTo("acme, %s %s UTC: %d pages, 1 changed"
                            .formatted(
                                    second.started().substring(0, 10),
                                    second.started().substring(11, 16),
                                    second.counts().pages()));
            assertThat(code(second).verified()).isEqualTo("read_back");
            assertThat(code(second).objects()).isEqualTo(1);
            assertThat(code(second).note()).isEmpty();
            assertThat(hashes(checkout(remote))).isEqualTo(readable(hashes(lab.export("export"))));
        }
        assertThat(remote.lines("fsck", "--full", "--strict", "--no-progress"))
                .allMatch(line -> line.startsWith("notice: "));
    }

    @Test
    void a_workspace_that_nobody_edited_makes_a_commit_without_a_difference() throws Exception {
        GitTool remote = GitTool.bare(folder.resolve("remote.git"));
        try (Lab lab = lab(SampleWorkspace.of(5, 60))) {
            lab.backup();
            lab.backup("sweep");
            lab.backup("changed");

            assertThat(remote.lines("log", "--format=%h", "acme")).hasSize(3);
            assertThat(remote.git("diff", "acme~2", "acme")).isEmpty();
        }
    }

    @Test
    void the_objects_are_committed_by_choice_and_where_there_are_no_readable_pages() throws Exception {
        GitTool remote = GitTool.bare(folder.resolve("remote.git"));
        try (Lab lab = lab(SampleWorkspace.of(5, 5)).with("saddlebag.destination.code.content", "all")) {
            lab.backup();
            assertThat(hashes(checkout(remote))).isEqualTo(hashes(lab.export("all")));
        }
        GitTool other = GitTool.bare(folder.resolve("other.git"));
        try (Lab lab = lab(SampleWorkspace.of(5, 5))
                .with("saddlebag.workspace.acme.formats", "none")
                .with(
                        "saddlebag.destination.code.remote",
                        folder.resolve("other.git").toString())) {
            lab.backup();
            assertThat(other.lines("ls-tree", "--name-only", "acme")).contains("objects", "workspace.json");
        }
    }

    @Test
    void a_remote_that_is_away_stops_nothing_and_gets_every_run_in_order_later() throws Exception {
        try (Lab lab = lab(SampleWorkspace.of(5, 5))) {
            List<String> runs = new ArrayList<>();
            for (int i = 0; i < 29; i++) {
                RunSummary summary = lab.backup("sweep");
                assertThat(summary.outcome()).isEqualTo(Outcome.UNDELIVERED);
                assertThat(summary.deliveries())
                        .filteredOn(delivery -> delivery.destination().equals("vault"))
                        .allMatch(Delivery::delivered);
                assertThat(code(summary).snapshot()).isEqualTo(i == 0 ? summary.run() : runs.get(0));
                assertThat(code(summary).error())
                        .contains("git init --bare", "safe in the spool", "the next run tries again");
                runs.add(summary.run());
            }
            GitTool remote = GitTool.bare(folder.resolve("remote.git"));

            RunSummary last = lab.backup("sweep");

            runs.add(last.run());
            assertThat(last.outcome()).as(last.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(remote.lines(
                            "log",
                            "--reverse",
                            "--format=%(trailers:key=Saddlebag-Snapshot,valueonly,separator=)",
                            "acme"))
                    .containsExactlyElementsOf(runs);
            assertThat(lab.state().resolve("acme/spool/sealed")).isEmptyDirectory();
        }
    }

    @Test
    void what_is_left_out_is_in_the_receipt() throws Exception {
        GitTool.bare(folder.resolve("remote.git"));
        try (Lab lab = lab(SampleWorkspace.of(3, 240)).with("saddlebag.destination.code.largest-file", "1")) {
            RunSummary summary = lab.backup();
            List<Path> large = new ArrayList<>();
            try (var files = Files.list(lab.export("export").resolve("files"))) {
                files.filter(file -> file.toFile().length() > 1 << 20).forEach(large::add);
            }
            assertThat(large).isNotEmpty();

            assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(code(summary).note())
                    .contains("left out of the tree", large.size() + " file", "larger than the 1 MiB of largest-file");
        }
    }

    private Lab lab(SampleWorkspace workspace) throws Exception {
        return new Lab(folder, workspace, Behaviour.standard())
                .readable()
                .with("saddlebag.workspace.acme.destinations", "vault, code")
                .with("saddlebag.destination.code.kind", "git")
                .with("saddlebag.destination.code.remote", "remote.git");
    }

    private static Delivery code(RunSummary summary) {
        return summary.deliveries().stream()
                .filter(delivery -> delivery.destination().equals("code"))
                .findFirst()
                .orElseThrow();
    }

    private Path checkout(GitTool remote) throws Exception {
        Path tree = folder.resolve("checkout");
        remote.git("worktree", "add", "-q", "--detach", tree.toString(), "acme");
        Files.delete(tree.resolve(".git"));
        return tree;
    }

    private static Map<String, String> readable(Map<String, String> hashes) {
        Map<String, String> readable = new TreeMap<>(hashes);
        readable.keySet().removeIf(path -> !path.startsWith("pages/") && !path.startsWith("files/"));
        return readable;
    }

    private static Map<String, String> hashes(Path tree) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        try (var files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(tree.relativize(file).toString(), dev.saddlebag.vault.Hashes.of(file));
            }
        }
        return hashes;
    }
}
