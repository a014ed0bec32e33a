package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A process that is suspended for eight days, at any of its operations, and then goes on as if nothing had happened,
 * while others have backed up and pruned each day (facts/vault-study.md §5 "zombie").
 */
class ZombieTest {
    @Test
    void a_run_that_slept_gives_up_or_commits_what_is_whole() throws Exception {
        var gaveUp = 0;
        var operation = 0;
        boolean slept;
        do {
            operation++;
            try (var garden = fourDays()) {
                var sleeper = garden.seal();
                var suspended = new Suspended(garden.store, operation, () -> eightDaysOfOthers(garden));

                var receipt = garden.workshop.ship(sleeper, suspended);

                slept = suspended.slept;
                if (receipt.delivered()) {
                    garden.assertSound();
                } else {
                    gaveUp++;
                    assertThat(receipt.error()).contains("safe in the spool");
                    // The others knew of it, and a reader cannot tell what never came from what was taken away.
                    assertThat(garden.workshop
                                    .vault(garden.store)
                                    .verify(Level.FULL, run -> !run.equals(sleeper.id()), List.of()))
                            .noneMatch(Finding::isDamage);
                }
                assertThat(garden.workshop.ship(sleeper, garden.store).error())
                        .as("a second try, at %s", operation)
                        .isEmpty();
                garden.assertSound();
            }
        } while (slept);
        assertThat(operation).isGreaterThan(20);
        assertThat(gaveUp).as("runs that slept before their signature").isGreaterThan(operation / 2);
    }

    @Test
    void a_prune_that_slept_deletes_nothing_that_has_come_to_be_needed() throws Exception {
        var operation = 0;
        boolean slept;
        do {
            operation++;
            try (var garden = fourDays()) {
                garden.growAfterAWeek();
                var suspended = new Suspended(garden.store, operation, () -> eightDaysOfOthers(garden));
                try {
                    garden.prune(suspended);
                } catch (IOException gaveUp) {
                    assertThat(suspended.slept).isTrue();
                }
                slept = suspended.slept;
                garden.assertSound();
                garden.later(Duration.ofHours(1));
                garden.prune();
                garden.assertSound();
            }
        } while (slept);
        assertThat(operation).isGreaterThan(30);
    }

    private static Garden fourDays() throws IOException {
        var garden = new Garden();
        for (int day = 0; day < 4; day++) {
            garden.grow();
        }
        garden.prune();
        return garden;
    }

    private static void eightDaysOfOthers(Garden garden) throws IOException {
        for (int half = 0; half < 2; half++) {
            garden.later(Duration.ofDays(3));
            var others = garden.seal();
            assertThat(garden.workshop.ship(others, garden.store).outcome()).isNotNull();
            garden.prune();
        }
    }

    /** What other processes do meanwhile. */
    private interface Meanwhile {
        void happens() throws IOException;
    }

    /** A store before whose n-th operation the caller is suspended. */
    private static final class Suspended implements Store {
        private final Store store;
        private final int at;
        private final Meanwhile meanwhile;
        private boolean slept;
        private int operations;

        Suspended(Store store, int at, Meanwhile meanwhile) {
            this.store = store;
            this.at = at;
            this.meanwhile = meanwhile;
        }

        private void operation() throws IOException {
            operations++;
            if (operations == at) {
                slept = true;
                meanwhile.happens();
            }
        }

        @Override
        public void put(String name, Path file) throws IOException {
            operation();
            store.put(name, file);
        }

        @Override
        public InputStream get(String name) throws IOException {
            operation();
            return store.get(name);
        }

        @Override
        public List<Stored> list(String folder) throws IOException {
            operation();
            return store.list(folder);
        }

        @Override
        public void delete(String name) throws IOException {
            operation();
            store.delete(name);
        }
    }
}
