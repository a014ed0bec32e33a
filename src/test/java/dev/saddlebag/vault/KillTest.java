package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link CrashTest} simulates at every operation, done to a real process at some (facts/vault-study.md §5). */
class KillTest {
    private static final int KILLS = 10;

    @TempDir
    Path home;

    @Test
    void a_host_that_is_killed_while_it_seals_ships_and_prunes_loses_nothing_and_leaves_nothing() throws Exception {
        var host = new KilledHost(home, 1);

        host.kill(KILLS);
        host.recover();

        assertThat(host.kills()).isEqualTo(KILLS);
    }
}
