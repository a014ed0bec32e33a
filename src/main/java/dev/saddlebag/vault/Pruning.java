package dev.saddlebag.vault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * One prune of one vault by the protocol of facts/vault-study.md §4.7. It needs no lock: a run that has put its intent
 * before the prune looks again is spared, and one that has not sees the announcement.
 */
final class Pruning {
    /** A step, after which another process may come in. */
    @FunctionalInterface
    interface Step {
        void take(Pruning pruning) throws IOException;
    }

    static final List<Step> STEPS = List.of(
            Pruning::survey,
            Pruning::learn,
            Pruning::expire,
            Pruning::hide,
            Pruning::sweepAnnouncements,
            Pruning::choose,
            Pruning::announce,
            Pruning::lookAgain,
            Pruning::deleteData,
            Pruning::deleteDescriptions,
            Pruning::withdraw);

    /** The steps that change nothing; they tell what the others would do. */
    static final List<Step> LOOK = List.of(Pruning::survey, Pruning::expire, Pruning::choose, Pruning::foresee);

    /** Runs that follow each other within a second get ids a few seconds ahead, which tells of no wrong clock. */
    static final Duration SOON = Duration.ofMinutes(1);

    private final Store store;
    private final Spool spool;
    private final String destination;
    private final PruneRules rules;
    private final Brakes brakes;
    private final Roots roots;
    private final List<Step> steps;
    private final RandomGenerator random;
    private final Instant now;

    private Listing listing;
    private List<Snapshot> snapshots = List.of();
    private NavigableSet<RunId> expired = new TreeSet<>();
    private Set<RunId> wanted = Set.of();
    private SortedMap<String, Long> chosen = new TreeMap<>();
    private SortedMap<RunId, Traces> dead = new TreeMap<>();
    private Instant announced;
    private String announcement;
    private boolean deleting;
    private int spared;
    private int files;
    private long bytes;
    private final List<RunId> removed = new ArrayList<>();

    Pruning(Brakes brakes, PruneRules rules, Set<Root> reasons, List<Step> steps, RandomGenerator random) {
        this.brakes = brakes;
        this.store = brakes.vault().store();
        this.spool = brakes.spool();
        this.destination = brakes.destination();
        this.rules = rules;
        this.roots = new Roots(store, reasons, rules.limits());
        this.steps = List.copyOf(steps);
        this.random = random;
        this.now = spool.clock().instant();
    }

    Pruned run() throws IOException {
        try {
            for (var step : steps) {
                step.take(this);
            }
        } catch (IOException e) {
            withdrawAfter(e);
            throw e;
        }
        return new Pruned(
                snapshots.size() - expired.size(),
                List.copyOf(expired),
                removed,
                files,
                bytes,
                spared,
                snapshots.stream()
                        .map(Snapshot::id)
                        .filter(run -> run.started().isAfter(now.plus(SOON)))
                        .toList(),
                chosen.size() + dead.size());
    }

    /** Believes no listing before it has shown what must be there. */
    void survey() throws IOException {
        listing = Listing.read(store);
        brakes.checkListing(listing, Traces.of(listing));
        snapshots = brakes.sound(listing);
        brakes.checkGrowing(snapshots, rules.interval(), now);
    }

    /** What was seen to be there must be there the next time, even if this host did not bring it. */
    void learn() throws IOException {
        for (var snapshot : snapshots) {
            if (!brakes.delivered().contains(snapshot.id())) {
                spool.delivered(destination, snapshot.id());
            }
        }
    }

    void expire() throws IOException {
        for (var snapshot : snapshots) {
            expired.add(snapshot.id());
        }
        expired.removeAll(kept(snapshots));
        var hidden = Traces.of(listing).values().stream()
                .filter(traces -> traces.isCommitted() && traces.isHidden())
                .map(Traces::run)
                .toList();
        var all = new ArrayList<>(snapshots);
        all.addAll(brakes.vault().survey(new TreeSet<>(hidden)).snapshots());
        wanted = kept(all);
        wanted.retainAll(hidden);
    }

    void hide() throws IOException {
        for (var run : expired) {
            putText(Traces.pruned(run, now), run + "\n");
            spool.forgetAlive(run);
        }
    }

    /** What a prune that died has announced would make runs wait for ever. */
    void sweepAnnouncements() throws IOException {
        for (var stored : store.list(Names.TRASH)) {
            var time = stored.name().substring(Names.TRASH.length() + 1).split("-", 2)[0];
            if (RunId.stamped(time)
                    .filter(put -> put.plus(rules.limits().leftOver()).isBefore(now))
                    .isPresent()) {
                store.delete(stored.name());
            }
        }
    }

    /** Lists {@code data/} before {@code meta/}: the intent of whatever is listed was put before it. */
    void choose() throws IOException {
        var data = Listing.sizes(store, Names.DATA);
        var seen = roots.look(now, wanted);
        var youngest = now.minus(rules.limits().youngest());
        data.forEach((name, size) -> {
            var old = RunId.leading(name.substring(Names.DATA.length() + 1))
                    .filter(run -> !run.started().isAfter(youngest));
            if (Names.isData(name) && old.isPresent() && !seen.needed().contains(name)) {
                chosen.put(name, size);
            }
        });
        dead.putAll(seen.dead());
        // A reader takes what the newest snapshot testifies and a listing does not show for stolen.
        var newest = snapshots.get(snapshots.size() - 1);
        dead.keySet().removeAll(newest.record().previous().keySet());
        brakes.checkShare(chosen.size(), data.size(), rules.sharePercent());
    }

    void foresee() {
        files = chosen.size();
        bytes = chosen.values().stream().mapToLong(Long::longValue).sum();
        removed.addAll(dead.keySet());
        chosen.clear();
        dead.clear();
    }

    void announce() throws IOException {
        if (chosen.isEmpty() && dead.isEmpty()) {
            return;
        }
        var names = new StringBuilder();
        chosen.keySet().forEach(name -> names.append(name).append('\n'));
        dead.values()
                .forEach(traces ->
                        traces.files().forEach(name -> names.append(name).append('\n')));
        announced = spool.clock().instant();
        announcement = "trash/%s-%06x".formatted(RunId.stamp(announced), random.nextInt(1 << 24));
        putText(announcement, names.toString());
    }

    void lookAgain() throws IOException {
        if (chosen.isEmpty() && dead.isEmpty()) {
            return;
        }
        var seen = roots.look(now, wanted);
        var before = chosen.size();
        chosen.keySet().removeAll(seen.needed());
        spared = before - chosen.size();
        dead.keySet().retainAll(seen.dead().keySet());
    }

    void deleteData() throws IOException {
        deleting = true;
        for (var file : List.copyOf(chosen.entrySet())) {
            if (isTooLate()) {
                return;
            }
            store.delete(file.getKey());
            chosen.remove(file.getKey());
            files++;
            bytes += file.getValue();
        }
    }

    void deleteDescriptions() throws IOException {
        for (var traces : List.copyOf(dead.values())) {
            spool.forget(destination, traces.run());
            for (var name : traces.inOrderOfDeletion()) {
                if (isTooLate()) {
                    return;
                }
                store.delete(name);
            }
            dead.remove(traces.run());
            removed.add(traces.run());
        }
    }

    void withdraw() throws IOException {
        if (announcement != null) {
            store.delete(announcement);
            announcement = null;
        }
    }

    /** After this long, a run may have come to rely on what was announced. */
    private boolean isTooLate() {
        return announced != null
                && announced
                        .plus(rules.limits().announced())
                        .isBefore(spool.clock().instant());
    }

    /** A deletion that failed may come about later all the same; until then no run may rely on what was announced. */
    private void withdrawAfter(IOException failure) {
        if (deleting) {
            return;
        }
        try {
            withdraw();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private NavigableSet<RunId> kept(List<Snapshot> of) {
        var complete = new HashSet<RunId>();
        var partial = new HashSet<RunId>();
        for (var snapshot : of) {
            (snapshot.facts().complete() ? complete : partial).add(snapshot.id());
        }
        return rules.retention().kept(complete, partial, now.plus(SOON));
    }

    private void putText(String name, String text) throws IOException {
        try (var file = ScratchFile.of(spool.scratch(), text)) {
            store.put(name, file.path());
        }
    }
}
