package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs and prunes need no lock: in whatever order their operations fall, no committed snapshot loses anything
 * (facts/vault-study.md §4.7 "why it is safe", §5).
 */
class InterleavingTest {
    /** More operations than any process of these has. */
    private static final int LENGTH = 16;

    @ParameterizedTest
    @EnumSource(Encounter.Cast.class)
    void no_order_of_runs_and_prunes_loses_anything(Encounter.Cast cast) throws Exception {
        try (var encounter = new Encounter(cast, Encounter.RIGHT)) {
            var schedules = new ArrayList<>(
                    cast.processes == 2
                            ? Schedules.twoChanges(2, LENGTH, 1)
                            : Schedules.twoChanges(cast.processes, LENGTH, 4));
            for (int seed = 0; seed < 80; seed++) {
                schedules.add(Schedules.random(seed));
            }
            var number = 0;
            for (var schedule : schedules) {
                assertThat(encounter.play(schedule)).as("schedule %s", number).isEmpty();
                number++;
            }
            assertThat(encounter.commits).as("most runs get through").hasValueGreaterThan(number / 2);
            assertThat(encounter.stops).as("and some give way").hasPositiveValue();
            assertThat(encounter.deletions).as("prunes do delete").hasValueGreaterThan(number / 10);
        }
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void each_rule_is_needed_and_the_checker_notices_when_it_is_broken(Broken broken) throws Exception {
        try (var encounter = new Encounter(broken.cast, broken.rules())) {
            List<String> found = List.of();
            var schedules = new ArrayList<Turns.Schedule>();
            for (int seed = 0; seed < 1000; seed++) {
                schedules.add(Schedules.random(seed));
            }
            schedules.addAll(Schedules.twoChanges(broken.cast.processes, LENGTH, 1));
            for (var schedule : schedules) {
                found = encounter.play(schedule);
                if (!found.isEmpty()) {
                    break;
                }
            }
            assertThat(found).as("what a vault loses without this rule").isNotEmpty();
        }
    }
}
