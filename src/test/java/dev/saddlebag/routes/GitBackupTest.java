package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitBackupTest {
    @TempDir
    Path folder;

    @Test
    void a_backup_becomes_a_commit() throws Exception {
        Path remote = folder.resolve("remote.git");
        assertThat(new ProcessBuilder("git", "init", "-q", "--bare", remote.toString())
                        .start()
                        .waitFor())
                .isZero();
        try (Lab lab = new Lab(folder, SampleWorkspace.of(5, 30), Behaviour.standard())
                .with("saddlebag.workspace.acme.destinations", "vault, code")
                .with("saddlebag.destination.code.kind", "git")
                .with("saddlebag.destination.code.remote", remote.toString())) {
            RunSummary first = lab.backup();
            System.out.println(first.deliveries());
            assertThat(first.outcome()).isEqualTo(Outcome.COMPLETE);
            RunSummary second = lab.backup();
            System.out.println(second.deliveries());
            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
            new ProcessBuilder("git", "-C", remote.toString(), "log", "--stat", "acme")
                    .inheritIO()
                    .start()
                    .waitFor();
            new ProcessBuilder("git", "-C", remote.toString(), "fsck", "--full", "--strict")
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }
}
