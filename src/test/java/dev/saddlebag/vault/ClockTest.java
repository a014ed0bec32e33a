package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that sleep, and clocks that jump (facts/vault-study.md §4.7: clocks only decide what is garbage). */
class ClockTest {
    private final Garden garden = new Garden();

    @BeforeEach
    void twoDays() throws Exception {
        garden.grow();
        garden.grow();
    }

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 7, 8, 9})
    void a_delivery_that_slept_for_days_commits_nothing_and_comes_about_the_next_time(int step) throws Exception {
        var run = garden.seal();
        var steps = new ArrayList<>(Shipment.STEPS);
        steps.add(step, shipment -> garden.later(Duration.ofDays(5).plusSeconds(1)));

        assertThatThrownBy(() -> shipment(run, steps).ship()).hasMessageContaining("longer than 5 days");

        assertThat(garden.store.files).doesNotContainKey(Names.signature(run.id()));
        assertThat(garden.workshop.ship(run, garden.store).delivered()).isTrue();
        garden.assertSound();
    }

    @Test
    void a_delivery_may_take_days() throws Exception {
        var run = garden.seal();
        var steps = new ArrayList<>(Shipment.STEPS);
        steps.add(6, shipment -> garden.later(Duration.ofDays(4)));

        assertThat(shipment(run, steps).ship()).isEqualTo(Receipt.Outcome.COMMITTED);
    }

    @Test
    void one_that_slept_right_before_its_signature_while_a_prune_took_it_for_dead_is_noticed_and_made_whole()
            throws Exception {
        var run = garden.seal();
        var steps = new ArrayList<>(Shipment.STEPS);
        steps.add(10, shipment -> {
            garden.later(Duration.ofDays(8));
            var pruned = garden.pruner(garden.store).prune(Garden.LAST_TWO, Duration.ofDays(30), true);
            assertThat(pruned.removed()).contains(run.id());
        });

        assertThatThrownBy(() -> shipment(run, steps).ship()).hasMessageContaining("the listing does not show");

        assertThat(garden.store.files).as("too late").containsKey(Names.signature(run.id()));
        var again = garden.workshop.ship(run, garden.store);
        assertThat(again.outcome()).isEqualTo(Receipt.Outcome.COMMITTED);
        assertThat(garden.workshop.export(garden.store, run.id()))
                .containsExactlyEntriesOf(new TreeMap<>(garden.grown.get(run.id())));
        garden.assertSound();
        assertThat(garden.workshop.ship(run, garden.store).outcome()).isEqualTo(Receipt.Outcome.ALREADY_COMMITTED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void clocks_that_are_hours_off_lose_nothing(long seed) throws Exception {
        var random = new Random(seed);
        for (int day = 0; day < 30; day++) {
            var real = garden.workshop.now;
            garden.later(Duration.ofHours(random.nextInt(23) - 11));
            garden.grow();
            garden.workshop.now = real.plus(Duration.ofDays(1)).plus(Duration.ofHours(random.nextInt(13) - 6));
            try {
                garden.prune();
            } catch (PruneRefusedException cautious) {
                assertThat(cautious).hasMessageContaining("Nothing was deleted");
            }
            garden.workshop.now = real.plus(Duration.ofDays(1));
            garden.assertNothingLost();
        }
        garden.assertSound();
        assertThat(garden.workshop.vault(garden.store).snapshots()).hasSizeBetween(2, 4);
    }

    private Shipment shipment(Sealed run, List<Shipment.Step> steps) throws Exception {
        var workshop = garden.workshop;
        return new Shipment(run, garden.store, List.of(), workshop.spool(), workshop.key, true, steps);
    }
}
