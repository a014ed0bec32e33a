package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link KillTest} at 200 moments; takes minutes. */
@Tag("scale")
@EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
class KillScaleTest {
    private static final int KILLS = 50;

    @TempDir
    Path home;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2, 3, 4, 5})
    void a_host_that_is_killed_while_it_seals_ships_and_prunes_loses_nothing_and_leaves_nothing(long seed)
            throws Exception {
        var host = new KilledHost(home, seed);

        host.kill(KILLS);
        host.recover();

        assertThat(host.kills()).isEqualTo(KILLS);
    }
}
