package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A {@link HostProcess} that is killed again and again, and what must be true of its vault each time. */
final class KilledHost {
    /** More operations than three days have; some processes are killed in their first, some later. */
    private static final int OPERATIONS = 500;

    private static final int QUIET_DAYS = 20;

    private final Path home;
    private final Random random;
    private final Folder store;
    private final TreeSet<RunId> seen = new TreeSet<>();
    private int day;
    private int kills;

    KilledHost(Path home, long seed) throws IOException {
        this.home = home;
        this.random = new Random(seed);
        this.store = new Folder(HostProcess.vault(home));
        Files.createDirectories(home.resolve("scratch"));
    }

    /** Kills it that often, each time at another operation, and looks at the vault after each. */
    void kill(int times) throws Exception {
        while (kills < times) {
            var operation = 1 + random.nextInt(OPERATIONS);
            var moment = random.nextBoolean() ? HostProcess.Moment.GOES_ON : HostProcess.Moment.WAITS;
            try (var process = HostProcess.start(home, day + 1, 4, operation, moment)) {
                if (process.killAtOperation()) {
                    kills++;
                }
                day = process.day();
            }
            assertSound("kill " + kills + " at operation " + operation + ", day " + day);
        }
    }

    /** Lets it live undisturbed until what the dead ones left is old enough to go, and then everything must be well. */
    void recover() throws Exception {
        ageWhatWasLeft(HostProcess.vault(home));
        ageWhatWasLeft(HostProcess.state(home));
        try (var process = HostProcess.start(home, day + 1, QUIET_DAYS, 0, HostProcess.Moment.GOES_ON)) {
            assertThat(process.killAtOperation()).isFalse();
            day = process.day();
        }
        assertThat(vault().verify(Level.FULL, run -> true, spool().delivered("vault")))
                .isEmpty();
        var snapshots = vault().snapshots();
        assertThat(snapshots).hasSize(3);
        for (var snapshot : snapshots) {
            assertRestores(snapshot);
        }
        assertNoOrphans();
    }

    int kills() {
        return kills;
    }

    private void assertSound(String when) throws IOException {
        assertThat(vault().verify(Level.STORED, run -> true, spool().delivered("vault")))
                .as(when)
                .noneMatch(Finding::isDamage);
        var now = new TreeSet<RunId>();
        vault().snapshots().forEach(snapshot -> now.add(snapshot.id()));
        seen.addAll(now);
        assertThat(now)
                .as("the newest that were ever seen, %s", when)
                .containsAll(seen.descendingSet().stream().limit(3).toList());
    }

    private void assertRestores(Snapshot snapshot) throws IOException {
        var target = Files.createTempDirectory(home, "export-");
        vault().export(snapshot, target, entry -> true, Progress.NONE);
        assertThat(Workshop.read(target))
                .containsExactlyEntriesOf(new TreeMap<>(HostProcess.tree(HostProcess.day(snapshot.id()))));
    }

    /** Nothing lies about but snapshots, those that were hidden of late, and what they need. */
    private void assertNoOrphans() throws IOException {
        var meta = Traces.of(Listing.ofMeta(store)).values();
        assertThat(meta).allMatch(Traces::isCommitted);
        assertThat(meta).hasSizeLessThanOrEqualTo(3 + 9);
        var needed = new TreeSet<String>();
        for (var traces : meta) {
            try (var in = store.get(Names.list(traces.run()))) {
                needed.addAll(
                        SumList.parse(traces.run(), in.readAllBytes()).hashes().keySet());
            }
        }
        assertThat(listed("data").map(Store.Stored::name)).isSubsetOf(needed);
        assertThat(store.list("trash")).isEmpty();
        assertThat(HostProcess.state(home).toFile().list())
                .containsExactlyInAnyOrder("vault", "sealed", "kept", "ledger.json", "lock");
        try (var files = Files.walk(HostProcess.vault(home))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("."));
        }
    }

    /** Files are dated by the clock of this machine, which no test can turn. */
    private static void ageWhatWasLeft(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
        }
    }

    private Stream<Store.Stored> listed(String folder) {
        try {
            return store.list(folder).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Vault vault() {
        return new Vault(store, home.resolve("scratch"));
    }

    private Spool spool() throws IOException {
        return Spool.open(HostProcess.state(home), "acme", HostProcess.clock(day));
    }
}
