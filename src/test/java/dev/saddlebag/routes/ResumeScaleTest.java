package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Faults;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ResumeTest} tries, with many more moments. It takes minutes, and runs when {@code saddlebag.scale} is true. */
@Tag("scale")
@EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
class ResumeScaleTest {
    private static final int KILLS = 14;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void a_run_may_be_killed_at_any_moment(long seed) throws Exception {
        Random random = new Random(seed);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(seed, 240), Behaviour.standard())) {
            KilledRun run = new KilledRun(lab);
            for (int kill = 0; kill < KILLS; kill++) {
                if (random.nextInt(4) == 0) {
                    run.killAt(Faults.Call::file, 1 + random.nextInt(3));
                } else {
                    run.killAt(call -> true, 1 + random.nextInt(60));
                }
            }

            run.complete();

            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
            assertThat(lab.vault().verify(Level.FULL, any -> true, List.of())).noneMatch(Finding::isDamage);
        }
    }
}
