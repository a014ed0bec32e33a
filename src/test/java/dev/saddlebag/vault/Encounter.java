package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * A vault in the state in which runs and prunes can hurt each other most: what a run is about to use again belongs to
 * snapshots that expire, nothing can be had back, and no data is too young to be deleted.
 */
final class Encounter implements AutoCloseable {
    /** Who meets whom. */
    enum Cast {
        RUN_PRUNE(2),
        RUN_RUN_PRUNE(3),
        RUN_PRUNE_PRUNE(3),
        COPY_PRUNE(2);

        final int processes;

        Cast(int processes) {
            this.processes = processes;
        }
    }

    /** How they work; production has {@link #RIGHT}. */
    record Rules(BiFunction<Store, RunId, List<Shipment.Step>> ship, List<Pruning.Step> prune, Set<Root> roots) {}

    static final Rules RIGHT = new Rules((store, run) -> Shipment.STEPS, Pruning.STEPS, EnumSet.allOf(Root.class));

    private static final Retention LAST_ONE = new Retention(1, Duration.ZERO, 0, 0, 0, 0);
    private static final PruneLimits IMPATIENT = new PruneLimits(
            Duration.ZERO, Duration.ofDays(7), Duration.ZERO, Duration.ofHours(1), Duration.ofDays(7), 100);

    private final Workshop workshop = new Workshop();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Cast cast;
    private final Rules rules;
    private final Spool spool;
    private final MemoryStore before = new MemoryStore();
    private final List<Sealed> runs = new ArrayList<>();

    /** Every stored file that a snapshot needs, as it was written. */
    private final Map<String, byte[]> written = new HashMap<>();

    /** How many runs came through. */
    final AtomicInteger commits = new AtomicInteger();

    /** How many data files the prunes deleted. */
    final AtomicInteger deletions = new AtomicInteger();

    /** How often a run or a prune gave way. */
    final AtomicInteger stops = new AtomicInteger();

    private final Map<RunId, Set<String>> needs = new TreeMap<>();

    Encounter(Cast cast, Rules rules) throws IOException {
        this.cast = cast;
        this.rules = rules;
        this.spool = workshop.spool();
        var old = workshop.seal(tree("old"));
        if (cast == Cast.COPY_PRUNE) {
            workshop.now = workshop.now.plus(Duration.ofDays(30));
        }
        if (cast != Cast.COPY_PRUNE) {
            workshop.ship(old, before);
            remember(old);
        }
        // Two hosts or two processes: the overlapping runs all build upon the old snapshot.
        var forks = List.of(fork(tree("both"), 0), fork(tree("old"), 1));
        if (cast != Cast.COPY_PRUNE) {
            spool.clear(List.of("vault"));
        }
        var young = workshop.seal(tree("new"));
        workshop.ship(young, before);
        runs.addAll(
                switch (cast) {
                    case RUN_PRUNE, RUN_PRUNE_PRUNE -> forks.subList(0, 1);
                    case RUN_RUN_PRUNE -> forks;
                    case COPY_PRUNE -> List.of(old);
                });
        workshop.now = workshop.now.plus(Duration.ofMinutes(1));
        for (var sealed : runs) {
            remember(sealed);
        }
        remember(young);
    }

    /** Another process seals on the old snapshot before the younger one is there, and starts after it. */
    private Sealed fork(Map<String, byte[]> tree, int number) throws IOException {
        var home = workshop.home.resolve("fork" + number);
        copy(workshop.home.resolve("state/spool"), home);
        var id = RunId.parse("%s-%06x"
                .formatted(RunId.stamp(workshop.now.plus(Duration.ofDays(1).plusSeconds(number + 1))), number));
        return new Sealer(
                        Spool.open(home, "acme", workshop.clock(), new Random(1), workshop.disk),
                        workshop.key,
                        workshop.limits)
                .seal(id, workshop.stage(tree), Workshop.facts(), Notes.NONE);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target);
            }
        }
    }

    private static Map<String, byte[]> tree(String kind) {
        var files = new TreeMap<String, byte[]>();
        files.put("pages/shared.md", Workshop.text("shared by all"));
        files.put(
                "files/" + (kind.equals("new") ? "new.bin" : "old.bin"),
                Workshop.noise(4096, kind.equals("new") ? 2 : 1));
        if (kind.equals("both")) {
            files.put("files/both.bin", Workshop.noise(4096, 3));
        }
        return files;
    }

    private void remember(Sealed sealed) throws IOException {
        var names = new TreeSet<>(sealed.snapshot().list().hashes().keySet());
        names.add(Names.list(sealed.id()));
        names.add(Names.signature(sealed.id()));
        for (var name : names) {
            if (Files.exists(sealed.file(name))) {
                written.put(name, Files.readAllBytes(sealed.file(name)));
            }
        }
        needs.put(sealed.id(), names);
    }

    /** Plays one schedule, and gives what is broken afterwards: nothing, when the protocol holds. */
    List<String> play(Turns.Schedule schedule) throws Exception {
        var store = new MemoryStore();
        store.files.putAll(before.files);
        var processes = new ArrayList<Turns.Player>();
        for (var run : runs) {
            processes.add(parked -> ship(run, parked));
        }
        processes.add(this::prune);
        if (cast == Cast.RUN_PRUNE_PRUNE) {
            processes.add(this::prune);
        }
        try {
            new Turns(store, schedule).run(threads, processes);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        return broken(store);
    }

    /** Ships, and ships again as a process does that died before it could note its success. */
    private void ship(Sealed run, Store store) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                new Shipment(
                                run,
                                store,
                                List.of(),
                                spool,
                                workshop.key,
                                false,
                                rules.ship().apply(store, run.id()))
                        .ship();
                commits.incrementAndGet();
            } catch (IOException stopped) {
                stops.incrementAndGet();
            }
        }
    }

    private void prune(Store store) {
        try {
            var delivered = spool.delivered("vault");
            delivered.removeIf(run -> needs.get(run) == null || !before.files.containsKey(Names.signature(run)));
            var pruned = new Pruning(
                            new Brakes(workshop.vault(store), spool, "vault", delivered),
                            new PruneRules(LAST_ONE, Duration.ofDays(365), IMPATIENT, true),
                            rules.roots(),
                            rules.prune(),
                            new Random())
                    .run();
            deletions.addAndGet(pruned.files());
        } catch (IOException refused) {
            stops.incrementAndGet();
        }
    }

    private List<String> broken(MemoryStore store) {
        var broken = new ArrayList<String>();
        for (var run : needs.entrySet()) {
            var committed = store.files.containsKey(Names.signature(run.getKey()));
            var hidden = store.files.keySet().stream()
                    .anyMatch(name -> name.startsWith("meta/" + run.getKey() + ".pruned-"));
            if (committed && !hidden) {
                broken.addAll(run.getValue().stream()
                        .filter(name -> !Arrays.equals(store.files.get(name), written.get(name)))
                        .map(name -> run.getKey() + " lacks " + name)
                        .toList());
            }
        }
        return broken;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        workshop.close();
    }
}
