package dev.saddlebag.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationCheckTest {
    @TempDir
    Path state;

    @Test
    void a_destination_that_hangs_is_a_failure_and_not_waited_for() throws InterruptedException {
        Settings settings = Settings.of(
                state,
                Map.of(
                        "saddlebag.routes-directory",
                        Path.of("routes").toAbsolutePath().toString(),
                        "saddlebag.workspaces",
                        "acme",
                        "saddlebag.workspace.acme.token",
                        "x",
                        "saddlebag.workspace.acme.destinations",
                        "vault",
                        "saddlebag.destination.vault.kind",
                        "folder",
                        "saddlebag.destination.vault.directory",
                        "vault"));
        WorkspaceSettings workspace = settings.workspaces().get(0);
        DestinationSettings vault = settings.destinations().get(0);
        DestinationCheck check = new DestinationCheck(
                state,
                new Vaults(state, Clock.systemUTC()),
                new Destinations(List.of(vault)),
                new NeverRuns(),
                Duration.ofMillis(1));

        Finding finding = check.of(workspace, vault);

        assertThat(finding.level()).isEqualTo(Level.FAILED);
        assertThat(finding.found()).contains("does not answer within");
        assertThat(finding.remedy()).contains("saddlebag.destination.vault.");
    }

    /** Takes work and never does it: a share that hangs. */
    private static final class NeverRuns extends AbstractExecutorService {
        @Override
        public void execute(Runnable work) {}

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
