package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A host that backs up a changing workspace to one vault, and prunes it. */
final class Garden implements AutoCloseable {
    static final Retention LAST_TWO = new Retention(2, Duration.ZERO, 0, 0, 0, 0);
    static final Duration DAILY = Duration.ofDays(1);

    final Workshop workshop = new Workshop();
    final MemoryStore store = new MemoryStore();
    final Map<RunId, Map<String, byte[]>> grown = new HashMap<>();

    /** A day later: a new snapshot, of which one page and one file are new. */
    RunId grow() throws IOException {
        var sealed = seal();
        assertThat(workshop.ship(sealed, store).error()).isEmpty();
        workshop.spool().clear(List.of("vault"));
        return sealed.id();
    }

    RunId growAfterAWeek() throws IOException {
        later(Duration.ofDays(7));
        return grow();
    }

    Sealed seal() throws IOException {
        var tree = tree(grown.size());
        var sealed = workshop.seal(tree);
        grown.put(sealed.id(), tree);
        return sealed;
    }

    /** What the workspace holds on that day; every third day has what the third day before had, beside the new. */
    private static Map<String, byte[]> tree(int day) {
        var files = new TreeMap<String, byte[]>();
        files.put("workspace.json", Workshop.text("{}"));
        files.put("pages/daily.md", Workshop.text("day " + day));
        files.put("pages/recurring.md", Workshop.text("recurring " + day % 3));
        files.put("files/daily.bin", Workshop.noise(4096, day));
        files.put("files/constant.bin", Workshop.noise(5000, -1));
        return files;
    }

    Pruned prune() throws IOException {
        return prune(store);
    }

    Pruned prune(Store through) throws IOException {
        return pruner(through).prune(LAST_TWO, DAILY, true);
    }

    Pruner pruner(Store through) throws IOException {
        return new Pruner(workshop.vault(through), workshop.spool(), "vault");
    }

    Pruned prune(Store through, PruneLimits limits, List<Pruning.Step> steps, EnumSet<Root> reasons)
            throws IOException {
        var spool = workshop.spool();
        return new Pruning(
                        new Brakes(workshop.vault(through), spool, "vault", spool.delivered("vault")),
                        new PruneRules(LAST_TWO, DAILY, limits, true),
                        reasons,
                        steps,
                        workshop.random)
                .run();
    }

    void later(Duration length) {
        workshop.now = workshop.now.plus(length);
    }

    /** Every snapshot that is not hidden is whole. */
    void assertNothingLost() throws IOException {
        assertThat(workshop.vault(store)
                        .verify(Level.FULL, run -> true, workshop.spool().delivered("vault")))
                .noneMatch(Finding::isDamage);
    }

    /** Nothing is lost, and what comes out is what went in. */
    void assertSound() throws IOException {
        assertNothingLost();
        for (var snapshot : workshop.vault(store).snapshots()) {
            if (grown.containsKey(snapshot.id())) {
                assertThat(workshop.export(store, snapshot.id()))
                        .containsExactlyEntriesOf(new TreeMap<>(grown.get(snapshot.id())));
            }
        }
    }

    /** The stored files that no snapshot which is not hidden needs. */
    List<String> garbage() throws IOException {
        var snapshots = workshop.vault(store).snapshots();
        return store.files.keySet().stream()
                .filter(name -> name.indexOf('/') > 0)
                .filter(name -> snapshots.stream().noneMatch(snapshot -> snapshot.needs(name)))
                .toList();
    }

    @Override
    public void close() throws IOException {
        workshop.close();
    }
}
