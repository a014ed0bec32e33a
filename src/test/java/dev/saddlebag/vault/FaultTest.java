package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.FickleStore.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong at whichever operation of a destination: nothing succeeds falsely, nothing is lost, and the next
 * try ends well (facts/vault-study.md §5 "faults").
 */
class FaultTest {
    private final Garden garden = new Garden();

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @ParameterizedTest
    @EnumSource
    void of_a_delivery(Trouble trouble) throws Exception {
        // Two hosts have signed here, and a dead prune has left an announcement.
        var first = garden.grow();
        garden.store.files.put("trash/20261120T000000Z-abcdef", Workshop.text("data/gone\n"));
        var workshop = garden.workshop;
        var other = SigningKey.at(workshop.home.resolve("other-host.pem"));
        workshop.now = workshop.now.plus(Duration.ofDays(1));
        var sealed = new Sealer(workshop.spool(), other, workshop.limits)
                .seal(
                        RunId.create(workshop.clock(), workshop.random),
                        workshop.stage(Workshop.sample()),
                        Workshop.facts(),
                        Notes.NONE);
        var now = workshop.now;
        FickleStore fickle;
        var operation = 0;
        do {
            operation++;
            workshop.now = now;
            var truth = garden.store.copy();
            fickle = new FickleStore(truth, trouble, operation, workshop);
            var receipt = new Shipper(workshop.spool(), other, true).ship(sealed, "vault", fickle, List.of());

            var when = trouble + " at " + operation;
            if (receipt.delivered()) {
                assertThat(committed(truth)).as(when).containsExactly(first, sealed.id());
                assertThat(receipt.verified()).as(when).isNotEqualTo(Receipt.Verified.NOT);
            } else {
                assertThat(receipt.error())
                        .as(when)
                        .contains("safe in the spool")
                        .contains(sealed.id().value());
            }
            assertThat(verify(truth)).as(when).noneMatch(Finding::isDamage);

            assertThat(new Shipper(workshop.spool(), other, true)
                            .ship(sealed, "vault", truth, List.of())
                            .error())
                    .as(when)
                    .isEmpty();
            assertThat(verify(truth)).as(when).noneMatch(Finding::isDamage);
            assertThat(workshop.export(truth, sealed.id())).containsExactlyEntriesOf(new TreeMap<>(Workshop.sample()));
        } while (fickle.came());
        assertThat(operation).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource
    void of_a_delivery_that_a_prune_is_about_to_harm(Trouble trouble) throws Exception {
        garden.grow();
        var sealed = garden.seal();
        var needed = sealed.snapshot().list().hashes().keySet().stream()
                .filter(name -> Names.isData(name) && !SnapshotRecord.isOwn(sealed.id(), name))
                .findFirst()
                .orElseThrow();
        garden.store.files.put("trash/20261121T000000Z-abcdef", Workshop.text("data/some\n".repeat(9) + needed + "\n"));
        FickleStore fickle;
        var operation = 0;
        do {
            operation++;
            var truth = garden.store.copy();
            fickle = new FickleStore(truth, trouble, operation, garden.workshop);

            var receipt = garden.workshop.ship(sealed, fickle);

            // A listing that hides the announcement itself is one that no destination may give.
            if (trouble != Trouble.SHORT_LIST) {
                assertThat(receipt.delivered())
                        .as("%s at %s", trouble, operation)
                        .isFalse();
            }
        } while (fickle.came());
    }

    @ParameterizedTest
    @EnumSource
    void of_a_prune(Trouble trouble) throws Exception {
        for (int day = 0; day < 4; day++) {
            garden.grow();
        }
        garden.prune();
        garden.growAfterAWeek();
        var before = garden.store.copy();
        var ledger = garden.workshop.home.resolve("state/spool/ledger.json");
        var remembered = Files.readAllBytes(ledger);
        var now = garden.workshop.now;
        FickleStore fickle;
        var operation = 0;
        do {
            operation++;
            garden.store.files.clear();
            garden.store.files.putAll(before.copy().files);
            Files.write(ledger, remembered);
            garden.workshop.now = now;
            fickle = new FickleStore(garden.store, trouble, operation, garden.workshop);
            try {
                garden.prune(fickle);
            } catch (IOException expected) {
                assertThat(trouble).isNotEqualTo(Trouble.SLOW);
            }

            garden.assertNothingLost();
            garden.later(Duration.ofDays(10));
            garden.pruner(garden.store).prune(Garden.LAST_TWO, Duration.ofDays(30), true);
            garden.assertNothingLost();
        } while (fickle.came());
        assertThat(operation).isGreaterThan(30);
    }

    @ParameterizedTest
    @EnumSource
    void of_an_export(Trouble trouble) throws Exception {
        garden.grow();
        var newest = garden.grow();
        FickleStore fickle;
        var operation = 0;
        do {
            operation++;
            fickle = new FickleStore(garden.store, trouble, operation, garden.workshop);
            Map<String, byte[]> exported;
            try {
                exported = garden.workshop.export(fickle, newest);
            } catch (IOException expected) {
                continue;
            }
            assertThat(exported)
                    .as("%s at %s", trouble, operation)
                    .containsExactlyEntriesOf(new TreeMap<>(garden.grown.get(newest)));
        } while (fickle.came());
        assertThat(operation).isGreaterThan(5);
    }

    private List<RunId> committed(Store store) throws IOException {
        return garden.workshop.vault(store).snapshots().stream()
                .map(Snapshot::id)
                .toList();
    }

    private List<Finding> verify(Store store) throws IOException {
        return garden.workshop.vault(store).verify(Level.FULL, run -> true, List.of());
    }
}
