package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A destination that is new or was away gets all snapshots from another one (facts/vault-study.md §4.5). */
class CopierTest {
    private final Garden garden = new Garden();
    private final MemoryStore other = new MemoryStore();
    private final List<RunId> runs = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();

    @BeforeEach
    void threeDays() throws Exception {
        for (int day = 0; day < 3; day++) {
            runs.add(garden.grow());
        }
        garden.later(java.time.Duration.ofDays(30));
    }

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @Test
    void a_new_destination_gets_every_snapshot_with_the_same_bytes() throws Exception {
        assertThat(copy(garden.store, other)).isEmpty();

        assertThat(receipts).extracting(Receipt::run).containsExactlyElementsOf(runs);
        assertThat(receipts).allMatch(Receipt::delivered);
        assertThat(other.files).containsAllEntriesOf(garden.store.files);
        assertThat(other.files.keySet()).anyMatch(name -> name.startsWith("meta/" + runs.get(0) + ".copying-"));
        for (var run : runs) {
            assertThat(garden.workshop.export(other, run)).containsExactlyInAnyOrderEntriesOf(garden.grown.get(run));
        }
        assertThat(garden.workshop.spool().delivered("other")).containsExactlyElementsOf(runs);

        receipts.clear();
        copy(garden.store, other);
        assertThat(receipts).as("again there is nothing to do").isEmpty();
    }

    @Test
    void what_was_hidden_there_does_not_come_back() throws Exception {
        copy(garden.store, other);
        other.files.put("meta/" + runs.get(0) + ".pruned-20261201T000000Z", new byte[0]);
        receipts.clear();

        copy(garden.store, other);

        assertThat(receipts).isEmpty();
    }

    @Test
    void what_is_damaged_is_not_spread_and_stops_nothing_else() throws Exception {
        garden.store.files.computeIfPresent(Names.record(runs.get(0)), (name, content) -> Damage.FLIP.apply(content));
        var loose = garden.store.files.keySet().stream()
                .filter(name -> name.startsWith("data/" + runs.get(1)) && name.contains("-b"))
                .findFirst()
                .orElseThrow();
        garden.store.files.computeIfPresent(loose, (name, content) -> Damage.FLIP.apply(content));

        assertThat(copy(garden.store, other)).extracting(Finding::snapshot).containsExactly(runs.get(0));

        assertThat(receipts).extracting(Receipt::delivered).containsExactly(false, true);
        assertThat(receipts.get(0).error()).contains(loose).contains("not what was written");
        assertThat(garden.workshop.vault(other).snapshots())
                .extracting(Snapshot::id)
                .containsExactly(runs.get(2));
    }

    @Test
    void the_keys_of_older_snapshots_come_along_and_planted_ones_do_not() throws Exception {
        // A second host with a key of its own goes on with the same vault.
        var workshop = garden.workshop;
        var second = SigningKey.at(workshop.home.resolve("second.pem"));
        var sealed = new Sealer(workshop.spool(), second, workshop.limits)
                .seal(
                        RunId.create(workshop.clock(), workshop.random),
                        workshop.stage(Workshop.sample()),
                        Workshop.facts(),
                        Notes.NONE);
        assertThat(new Shipper(workshop.spool(), second, true)
                        .ship(sealed, "vault", garden.store, List.of())
                        .error())
                .isEmpty();
        var planted = SigningKey.at(workshop.home.resolve("planted.pem"));
        garden.store.files.put(
                SignerFiles.ofOne(planted.allowedSigner()), Workshop.text(planted.allowedSigner() + "\n"));
        var trusted = second.signers().and(workshop.key.signers());

        for (var target : List.of(other, begunBy(second))) {
            receipts.clear();
            new Copier(workshop.spool(), second, true)
                    .copy(
                            "vault",
                            new Vault(garden.store, trusted, workshop.scratch),
                            "other",
                            new Vault(target, trusted, workshop.scratch),
                            receipts::add);

            assertThat(receipts).allMatch(Receipt::delivered);
            var named = workshop.vault(target);
            assertThat(named.snapshots()).hasSize(4);
            assertThat(named.namedSigners().lines())
                    .containsExactlyInAnyOrder(second.allowedSigner(), workshop.key.allowedSigner());
            assertThat(named.verify(Level.FULL, run -> true, List.of())).isEmpty();
        }
        assertThat(other.files.get(Names.SIGNERS)).isEqualTo(garden.store.files.get(Names.SIGNERS));
    }

    /** A destination to which a host has delivered its newest snapshot, and nothing older. */
    private MemoryStore begunBy(SigningKey host) throws Exception {
        var begun = new MemoryStore();
        var newest = garden.workshop.spool().waiting().get(0);
        assertThat(new Shipper(garden.workshop.spool(), host, true)
                        .ship(newest, "begun", begun, List.of(garden.store))
                        .error())
                .isEmpty();
        assertThat(begun.files.get(Names.SIGNERS)).isNotEqualTo(garden.store.files.get(Names.SIGNERS));
        return begun;
    }

    @Test
    void another_vault_gets_no_keys() throws Exception {
        try (var elsewhere = new Workshop()) {
            elsewhere.random.nextInt();
            var foreign = new MemoryStore();
            var spool = Spool.open(
                    elsewhere.home.resolve("another"),
                    "lab",
                    elsewhere.clock(),
                    new java.util.Random(99),
                    elsewhere.disk);
            var sealed = new Sealer(spool, elsewhere.key, elsewhere.limits)
                    .seal(
                            RunId.create(elsewhere.clock(), elsewhere.random),
                            elsewhere.stage(Workshop.sample()),
                            Workshop.facts(),
                            Notes.NONE);
            new Shipper(spool, elsewhere.key, true).ship(sealed, "x", foreign, List.of());
            var before = foreign.files.size();

            copy(garden.store, foreign);

            assertThat(receipts).isNotEmpty().noneMatch(Receipt::delivered);
            assertThat(receipts.get(0).error()).contains("another vault");
            assertThat(foreign.files).hasSize(before);
        }
    }

    @Test
    void what_does_not_arrive_is_safe_where_it_comes_from_and_nowhere_else() throws Exception {
        var full = new FaultyStore(other, FaultyStore.Fault.ERROR_BEFORE, 25);
        copy(garden.store, full);
        assertThat(receipts.get(0).error()).contains("safe at \"vault\"").doesNotContain("spool");
        receipts.clear();
        other.files.put("trash/20261124T000000Z-abcdef", Workshop.text(Names.record(runs.get(0)) + "\n"));

        copy(garden.store, other);

        assertThat(receipts.get(0).outcome()).isEqualTo(Receipt.Outcome.CONFLICT);
        assertThat(receipts.get(0).error()).contains("safe at \"vault\"").doesNotContain("spool");
    }

    private List<Finding> copy(Store from, Store to) throws Exception {
        var workshop = garden.workshop;
        return new Copier(workshop.spool(), workshop.key, true)
                .copy("vault", workshop.vault(from), "other", workshop.vault(to), receipts::add);
    }
}
