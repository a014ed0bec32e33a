package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A listing that is wrong is the one thing that could make a prune delete what is alive: cut at Camel's and S3's limit of
 * 1,000 names, or that of an earlier day ({@link PruneTest} has every shorter cut).
 */
class WrongListingTest {

    @Test
    void more_than_a_thousand_names_of_which_a_thousand_are_shown() throws Exception {
        try (var host = new Workshop(new Limits(1, 1, 4096, 8192, 50))) {
            var store = new MemoryStore();
            var tree = new TreeMap<String, byte[]>();
            for (int i = 0; i < 1_050; i++) {
                tree.put("files/%04d.bin".formatted(i), Workshop.noise(8, i));
            }
            assertThat(host.ship(host.seal(tree), store).error()).isEmpty();
            tree.put("files/new.bin", Workshop.noise(8, -1));
            assertThat(host.ship(host.seal(tree), store).error()).isEmpty();
            assertThat(store.list("data")).hasSize(1_051);
            var before = new TreeMap<>(store.files);
            var cut = new CutListing(store, "data", 1_000);

            assertThatThrownBy(() -> new Pruner(host.vault(cut), host.spool(), "vault")
                            .prune(new Retention(1, Duration.ZERO, 0, 0, 0, 0), Garden.DAILY, true))
                    .isInstanceOf(PruneRefusedException.class)
                    .hasMessageContaining("Nothing was deleted");

            assertThat(store.files).isEqualTo(before);
            tree.put("files/newer.bin", Workshop.noise(8, -2));
            assertThat(host.ship(host.seal(tree), cut).error()).contains("the listing does not show");
        }
    }

    @Test
    void one_listing_of_an_earlier_day_at_any_moment_of_a_prune_costs_nothing_alive() throws Exception {
        try (var garden = new Garden()) {
            var days = new ArrayList<MemoryStore>();
            for (int day = 0; day < 5; day++) {
                garden.grow();
                garden.prune();
                days.add(garden.store.copy());
            }
            garden.growAfterAWeek();
            var today = garden.store.copy();
            var ledger = garden.workshop.home.resolve("state/spool/ledger.json");
            var remembered = java.nio.file.Files.readAllBytes(ledger);
            var now = garden.workshop.now;
            var refused = 0;
            for (var day : days) {
                StaleOnce stale;
                var listing = 0;
                do {
                    listing++;
                    garden.store.files.clear();
                    garden.store.files.putAll(today.files);
                    java.nio.file.Files.write(ledger, remembered);
                    garden.workshop.now = now;
                    stale = new StaleOnce(garden.store, day, listing);
                    try {
                        garden.prune(stale);
                    } catch (PruneRefusedException e) {
                        refused++;
                    }
                    garden.assertSound();
                } while (stale.listings >= listing);
                assertThat(listing).isGreaterThan(5);
            }
            assertThat(refused).isGreaterThanOrEqualTo(days.size());
        }
    }

    /** A store that, the n-th time that it is asked, lists what it held some days ago. */
    private static final class StaleOnce implements Store {
        private final MemoryStore store;
        private final MemoryStore earlier;
        private final int at;
        private int listings;

        StaleOnce(MemoryStore store, MemoryStore earlier, int at) {
            this.store = store;
            this.earlier = earlier;
            this.at = at;
        }

        @Override
        public void put(String name, Path file) throws IOException {
            store.put(name, file);
        }

        @Override
        public InputStream get(String name) throws IOException {
            return store.get(name);
        }

        @Override
        public List<Stored> list(String folder) {
            listings++;
            return (listings == at ? earlier : store).list(folder);
        }

        @Override
        public void delete(String name) {
            store.delete(name);
        }
    }
}
