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

    private List<Finding> copy(Store from, Store to) throws Exception {
        var workshop = garden.workshop;
        return new Copier(workshop.spool(), workshop.key, true)
                .copy(workshop.vault(from), "other", workshop.vault(to), receipts::add);
    }
}
