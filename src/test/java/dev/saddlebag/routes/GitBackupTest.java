package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final String BOOKS = "catalogue.jsonl|completeness.json|ledger.jsonl|trash.jsonl|workspace.json";

    @TempDir
    Path folder;

    @Test
    void each_run_is_a_commit_and_a_commit_shows_what_was_edited() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 60);
        GitTool remote = GitTool.bare(folder.resolve("remote.git"));
        try (Lab lab = lab(workspace)) {
            RunSummary first = lab.backup();
            String page = workspace.standalonePages().get(0);
            workspace.addParagraph(page, "One thing more", Touch.MOVES_LAST_EDITED_TIME);
            RunSummary second = lab.backup();

            assertThat(first.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(remote.lines("log", "--format=%(trailers:key=Saddlebag-Snapshot,valueonly,separator=)", "acme"))
                    .containsExactly(second.run(), first.run());
            List<String> changed = new ArrayList<>(remote.lines("diff", "--name-only", "acme~1", "acme"));
            changed.removeIf(path -> path.matches(BOOKS));
            assertThat(changed).hasSize(2).contains("objects/pages/" + page + ".json");
            assertThat(changed.get(1)).matches("pages/.*\\.md");
            assertThat(remote.git("diff", "acme~1", "acme", "--", changed.get(1))
                            .lines())
                    .contains("+One thing more")
                    .filteredOn(line -> line.startsWith("-") && !line.startsWith("---"))
                    .allMatch(line -> line.startsWith("-notion-edited"));
            assertThat(remote.git("log", "-1", "--format=%s", "acme"))
                    .isEqualTo("acme, %s %s UTC: %d pages, 1 changed"
                            .formatted(
                                    second.started().substring(0, 10),
                                    second.started().substring(11, 16),
                                    second.counts().pages()));
            assertThat(code(second).verified()).isEqualTo("read_back");
            assertThat(code(second).objects()).isLessThan(7);
            assertThat(code(second).note()).isEmpty();
            assertThat(hashes(checkout(remote))).isEqualTo(hashes(lab.export("export")));
        }
        assertThat(remote.lines("fsck", "--full", "--strict", "--no-progress"))
                .allMatch(line -> line.startsWith("notice: "));
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
