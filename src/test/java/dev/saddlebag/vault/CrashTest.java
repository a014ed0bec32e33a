package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.FaultyStore.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever it stops, nothing half is ever a snapshot, and going on ends well (facts/vault-study.md §5). */
class CrashTest {
    private final Workshop workshop = new Workshop();

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shipping_goes_on_after_a_fault_at_any_operation(Fault fault) throws Exception {
        workshop.seal(Workshop.sample());
        var changed = changed();
        var second = workshop.seal(changed);
        var operation = 0;
        boolean failed;
        do {
            operation++;
            var truth = new MemoryStore();
            var faulty = new FaultyStore(truth, fault, operation);
            Receipt receipt = null;
            try {
                receipt = workshop.ship(second, faulty);
            } catch (Crash expected) {
                assertThat(fault.name()).startsWith("CRASH");
            }
            failed = faulty.failed();
            if (receipt != null && failed) {
                assertThat(receipt.delivered())
                        .as("no false success at %s", operation)
                        .isFalse();
                assertThat(receipt.error())
                        .contains("connection")
                        .contains("vault")
                        .contains("safe in the spool");
            }
            for (var snapshot : workshop.vault(truth).snapshots()) {
                assertThat(workshop.vault(truth).verify(Level.FULL, snapshot.id()::equals, List.of()))
                        .as("what is committed at %s is whole", operation)
                        .noneMatch(finding -> finding.file().startsWith("data/"));
            }
            var again = workshop.ship(second, truth);
            assertThat(again.error()).as("resume at %s", operation).isEmpty();
            assertThat(damage(truth)).as("after resume at %s", operation).isEmpty();
            assertThat(workshop.ship(second, truth).outcome()).isEqualTo(Receipt.Outcome.ALREADY_COMMITTED);
        } while (failed);
        assertThat(operation).as("operations of a shipment").isGreaterThan(20);
    }

    /** How the second run of a host is sealed. */
    enum Reading {
        EVERYTHING {
            @Override
            Sealed seal(Workshop host, Map<String, byte[]> tree) throws IOException {
                return host.seal(tree);
            }
        },
        CHANGES {
            @Override
            Sealed seal(Workshop host, Map<String, byte[]> tree) throws IOException {
                return host.sealChanges(tree);
            }
        };

        abstract Sealed seal(Workshop host, Map<String, byte[]> tree) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void sealing_starts_anew_after_a_crash_at_any_operation(Reading reading) throws Exception {
        for (int operation = 1; ; operation++) {
            try (var host = new Workshop()) {
                var store = new MemoryStore();
                var first = host.seal(Workshop.sample());
                host.ship(first, store);
                host.spool().clear(List.of("vault"));
                var disk = new FaultyDisk(operation, false);
                host.disk = disk;
                Sealed survived = null;
                try {
                    survived = reading.seal(host, changed());
                } catch (Crash expected) {
                    assertThat(disk.reached()).isTrue();
                }
                host.disk = new QuickDisk();
                for (var waiting : host.spool().waiting()) {
                    assertThat(host.ship(waiting, store).error()).isEmpty();
                    assertThat(host.export(store, waiting.id())).containsExactlyEntriesOf(changed());
                }
                var third = reading.seal(host, changed());
                assertThat(third.snapshot().parent())
                        .as("a crash costs no baseline")
                        .isPresent();
                assertThat(host.ship(third, store).error())
                        .as("at %s", operation)
                        .isEmpty();
                assertThat(host.export(store, third.id())).containsExactlyEntriesOf(changed());
                assertThat(host.vault(store).verify(Level.FULL, run -> true, List.of()))
                        .isEmpty();
                try (var left = Files.list(host.home.resolve("state/spool"))) {
                    assertThat(left)
                            .noneMatch(path -> path.getFileName().toString().startsWith("sealing-"));
                }
                if (survived != null) {
                    assertThat(operation).as("operations of a seal").isGreaterThan(30);
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void a_full_disk_is_said_and_leaves_nothing_behind(Reading reading) throws Exception {
        for (int operation = 1; ; operation++) {
            try (var host = new Workshop()) {
                host.seal(Workshop.sample());
                var disk = new FaultyDisk(operation, true);
                host.disk = disk;
                try {
                    reading.seal(host, changed());
                } catch (IOException e) {
                    assertThat(e).as("at %s", operation).hasStackTraceContaining("No space left on device");
                }
                try (var left = Files.list(host.home.resolve("state/spool"))) {
                    assertThat(left)
                            .as("at %s", operation)
                            .noneMatch(path -> path.getFileName().toString().startsWith("sealing-"));
                }
                host.disk = new QuickDisk();
                assertThat(reading.seal(host, changed()).snapshot().parent()).isPresent();
                if (!disk.reached()) {
                    assertThat(operation).as("writes of a seal").isGreaterThan(30);
                    return;
                }
            }
        }
    }

    @Test
    void two_runs_never_seal_into_one_spool_at_once() throws Exception {
        var spool = workshop.spool();
        assertThatThrownBy(() -> spool.exclusively(() -> workshop.seal(Workshop.sample())))
                .hasMessageContaining("another run is sealing");
    }

    @Test
    void a_prune_that_announced_what_a_run_needs_makes_it_wait() throws Exception {
        var store = new MemoryStore();
        var first = workshop.seal(Workshop.sample());
        workshop.ship(first, store);
        var second = workshop.seal(Workshop.sample());
        var needed = store.list("data").get(0).name();
        store.files.put("trash/20261122T000000Z-abcdef", Workshop.text(needed + "\n"));

        var receipt = workshop.ship(second, store);

        assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.CONFLICT);
        assertThat(receipt.error()).contains(needed).contains("again");
        assertThat(store.files).containsKey(Names.list(second.id())).doesNotContainKey(Names.signature(second.id()));
        assertThat(workshop.ship(first, store).outcome())
                .as("a committed run is never withdrawn")
                .isEqualTo(Receipt.Outcome.ALREADY_COMMITTED);
        store.files.remove("trash/20261122T000000Z-abcdef");
        assertThat(workshop.ship(second, store).delivered()).isTrue();
    }

    @Test
    void an_old_run_says_that_it_lives() throws Exception {
        var store = new MemoryStore();
        var run = workshop.seal(Workshop.sample());
        workshop.now = workshop.now.plus(java.time.Duration.ofDays(30));

        assertThat(workshop.ship(run, store).delivered()).isTrue();

        assertThat(store.files.keySet()).anyMatch(name -> name.startsWith("meta/" + run.id() + ".copying-20261221T"));
    }

    @Test
    void a_store_that_lacks_a_pack_of_the_parent_gets_it_from_the_spool_or_another_store() throws Exception {
        var one = new MemoryStore();
        var first = workshop.seal(Workshop.sample());
        workshop.ship(first, one);
        var second = workshop.seal(changed());
        var fromSpool = new MemoryStore();
        assertThat(workshop.ship(second, fromSpool).error()).isEmpty();
        workshop.ship(second, one);
        workshop.spool().clear(List.of("vault"));
        assertThat(workshop.spool().waiting()).isEmpty();

        var third = workshop.seal(changed());
        var fromOther = new MemoryStore();
        assertThat(workshop.ship(third, fromOther, new MemoryStore(), one).error())
                .isEmpty();
        assertThat(workshop.export(fromOther, third.id())).containsExactlyEntriesOf(changed());

        var alone = workshop.ship(third, new MemoryStore());
        assertThat(alone.outcome()).isEqualTo(Receipt.Outcome.FAILED);
        assertThat(alone.error())
                .contains(third.id().value())
                .contains("data/" + first.id())
                .contains("spool");

        var damaged = one.copy();
        damaged.files.replaceAll((name, content) -> name.startsWith("data/") ? Damage.FLIP.apply(content) : content);
        assertThat(workshop.ship(third, new MemoryStore(), damaged).error())
                .as("a bad copy is not spread")
                .contains("not what was written");
    }

    @Test
    void another_vault_is_refused() throws Exception {
        var store = new MemoryStore();
        try (var stranger = new Workshop()) {
            stranger.random.setSeed(99);
            var spool = Spool.open(stranger.home.resolve("x"), "other", stranger.clock());
            var run = new Sealer(spool, stranger.key)
                    .seal(
                            RunId.create(stranger.clock(), stranger.random),
                            stranger.stage(Workshop.sample()),
                            Workshop.facts(),
                            Notes.NONE);
            new Shipper(spool, stranger.key, true).ship(run, "vault", store, List.of());
        }
        var before = Map.copyOf(store.files);

        var receipt = workshop.ship(workshop.seal(Workshop.sample()), store);

        assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.FAILED);
        assertThat(receipt.error())
                .contains("another vault")
                .contains("\"other\"")
                .contains("\"acme\"");
        assertThat(store.files).isEqualTo(before);
    }

    @Test
    void after_the_state_was_lost_the_next_run_goes_on_from_a_destination() throws Exception {
        var store = new MemoryStore();
        var first = workshop.seal(Workshop.sample());
        workshop.ship(first, store);
        var data = store.list("data");
        Workshop.erase(workshop.home.resolve("state"));
        try (var newHost = new Workshop()) {
            newHost.now = workshop.now;

            assertThat(newHost.spool().recover(List.of(new MemoryStore(), store)))
                    .isTrue();
            var second = newHost.seal(Workshop.sample());
            assertThat(newHost.ship(second, store).error()).isEmpty();

            assertThat(second.snapshot().parent()).contains(first.id());
            assertThat(store.list("data")).isEqualTo(data);
            assertThat(newHost.vault(store).verify(Level.FULL, run -> true, List.of()))
                    .isEmpty();
            assertThat(newHost.vault(store).snapshots()).as("old and new key").hasSize(2);
        }
    }

    @Test
    void an_unreachable_destination_does_not_split_the_vault_in_two() throws Exception {
        Store unreachable = new FaultyStore(new MemoryStore(), Fault.ERROR_BEFORE, 1);
        var spool = workshop.spool();
        assertThatThrownBy(() -> spool.recover(List.of(unreachable)))
                .hasMessageContaining("does not know its vault")
                .hasMessageContaining("Try again");
    }

    static Map<String, byte[]> changed() {
        var changed = new TreeMap<>(Workshop.sample());
        changed.put("objects/pages/2.json", Workshop.text("{\"page\":{\"id\":\"2\",\"new\":true}}"));
        changed.put("objects/pages/3.json", Workshop.text("{\"page\":{\"id\":\"3\"}}"));
        changed.put("files/parts2.bin", Workshop.noise(9_000, 5));
        changed.remove("files/twin.png");
        return changed;
    }

    private List<Finding> damage(Store store) throws Exception {
        // The first snapshot was never shipped to these stores, which the second one testifies.
        return workshop.vault(store).verify(Level.FULL, run -> true, List.of()).stream()
                .filter(finding -> !finding.what().contains("testifies that it existed"))
                .filter(Finding::isDamage)
                .toList();
    }
}
