package dev.saddlebag.vault;

import dev.saddlebag.destination.Folder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A host in a process of its own that seals, ships and prunes on a real disk, day after day, and can be killed as the
 * system would kill it: around one of its operations on the disk or the destination, or held there until it is killed.
 */
final class HostProcess implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T02:00:00Z");

    /** Every day prunes, so that there is something to break off. */
    static final Retention LAST_THREE = new Retention(3, Duration.ZERO, 0, 0, 0, 0);

    /** What the operation at which a process is killed does meanwhile. */
    enum Moment {
        GOES_ON,
        WAITS
    }

    private static final String DAY = "day ";
    private static final String NOW = "now";
    private static final int LONGEST_SECONDS = 120;

    private final Process process;
    private final Path log;
    private int day;

    private HostProcess(Process process, Path log, int day) {
        this.process = process;
        this.log = log;
        this.day = day;
    }

    /**
     * Starts it.
     *
     * @param days how many days it goes on, beginning with {@code day}
     * @param operation the operation at which it says so; 0 for none
     */
    static HostProcess start(Path home, int day, int days, int operation, Moment moment) throws IOException {
        var log = home.resolve("process.log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostProcess.class.getName(),
                        home.toString(),
                        Integer.toString(day),
                        Integer.toString(days),
                        Integer.toString(operation),
                        moment.name())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new HostProcess(process, log, day - 1);
    }

    /** Waits for the operation and kills it there. Gives whether it came to that. */
    boolean killAtOperation() throws Exception {
        var reached = false;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(NOW)) {
                    reached = true;
                    process.toHandle().destroyForcibly();
                } else if (line.startsWith(DAY)) {
                    day = Integer.parseInt(line.substring(DAY.length()));
                }
            }
        }
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != (reached ? 128 + 9 : 0)) {
            throw new AssertionError("the process ended otherwise than it should: " + Files.readString(log));
        }
        return reached;
    }

    /** The last day that it began. */
    int day() {
        return day;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    // --- what both sides know

    static Path vault(Path home) {
        return home.resolve("vault");
    }

    static Path state(Path home) {
        return home.resolve("spool");
    }

    /** What the workspace holds on a day: some of it new, some as it was three days before, some always the same. */
    static Map<String, byte[]> tree(int day) {
        var files = new TreeMap<String, byte[]>();
        files.put("workspace.json", Workshop.text("{}"));
        for (int page = 0; page < 12; page++) {
            files.put("pages/" + page + ".md", Workshop.text("page " + page + " of day " + day / (1 + page) + "\n"));
        }
        files.put("files/daily.bin", Workshop.noise(40_000, day));
        files.put("files/recurring.bin", Workshop.noise(30_000, day % 3 - 5));
        files.put("files/constant.bin", Workshop.noise(20_000, -1));
        return files;
    }

    static int day(RunId run) {
        return (int) Duration.between(START, run.started()).toDays();
    }

    static Clock clock(int day) {
        return Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC);
    }

    // --- the process

    /** The process itself. */
    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]);
        var first = Integer.parseInt(arguments[1]);
        var days = Integer.parseInt(arguments[2]);
        var watch = new Watch(Integer.parseInt(arguments[3]), Moment.valueOf(arguments[4]));
        for (int day = first; day < first + days; day++) {
            System.out.println(DAY + day);
            System.out.flush();
            live(home, day, watch);
        }
    }

    private static void live(Path home, int day, Watch watch) throws IOException {
        var disk = new WatchedDisk(watch);
        var spool = Spool.open(state(home), "acme", clock(day), new Random(), disk);
        var key = SigningKey.at(home.resolve("key.pem"));
        var store = new WatchedStore(new Folder(vault(home)), watch);
        var staged = home.resolve("staged");
        Disk.LOCAL.delete(staged);
        for (var file : tree(day).entrySet()) {
            var path = staged.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        new Sealer(spool, key, new Limits(20_000, 40_000, 16_000, 64_000, 50))
                .seal(RunId.create(clock(day), new Random()), staged, Workshop.facts(), Notes.NONE);
        for (var waiting : spool.waiting()) {
            var receipt = new Shipper(spool, key, true).ship(waiting, "vault", store, List.of());
            if (!receipt.delivered()) {
                throw new IOException(receipt.error());
            }
        }
        spool.clear(List.of("vault"));
        new Pruner(new Vault(store, home), spool, "vault").prune(LAST_THREE, Duration.ofDays(30), true);
    }

    /** Counts operations, and calls for the executioner at one of them. */
    private static final class Watch {
        private final int at;
        private final Moment moment;
        private int operations;

        Watch(int at, Moment moment) {
            this.at = at;
            this.moment = moment;
        }

        void operation() {
            operations++;
            if (operations == at) {
                System.out.println(NOW);
                System.out.flush();
                while (moment == Moment.WAITS) {
                    java.util.concurrent.locks.LockSupport.park();
                }
            }
        }
    }

    private record WatchedStore(Store store, Watch watch) implements Store {
        @Override
        public void put(String name, Path file) throws IOException {
            watch.operation();
            store.put(name, file);
        }

        @Override
        public InputStream get(String name) throws IOException {
            watch.operation();
            return store.get(name);
        }

        @Override
        public List<Stored> list(String folder) throws IOException {
            watch.operation();
            return store.list(folder);
        }

        @Override
        public void delete(String name) throws IOException {
            watch.operation();
            store.delete(name);
        }
    }

    private record WatchedDisk(Watch watch) implements Disk {
        @Override
        public void createFolder(Path folder) throws IOException {
            watch.operation();
            LOCAL.createFolder(folder);
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            watch.operation();
            return LOCAL.create(file);
        }

        @Override
        public void sync(Path folder) throws IOException {
            watch.operation();
            LOCAL.sync(folder);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            watch.operation();
            LOCAL.rename(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            watch.operation();
            LOCAL.delete(path);
        }
    }
}
