package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link InterleavingTest} with three changes, and many more random orders; takes minutes. */
@Tag("scale")
class InterleavingScaleTest {

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
    @EnumSource(Encounter.Cast.class)
    void no_order_of_runs_and_prunes_loses_anything(Encounter.Cast cast) throws Exception {
        try (var encounter = new Encounter(cast, Encounter.RIGHT)) {
            var schedules = new ArrayList<>(Schedules.threeChanges(cast.processes, 18, cast.processes == 2 ? 3 : 5));
            for (int seed = 0; seed < 1_000; seed++) {
                schedules.add(Schedules.random(seed));
            }
            for (var schedule : schedules) {
                assertThat(encounter.play(schedule)).isEmpty();
            }
        }
    }
}
