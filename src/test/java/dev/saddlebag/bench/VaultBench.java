package dev.saddlebag.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what happens to collected files until they are safe at a destination, beside restic doing the same: the same
 * files, the same targets, in turns, each step a process of its own. Prints a table in Markdown; each figure is the median
 * of the rounds. {@code bench/vault} starts it.
 */
@Command(name = "bench/vault", description = "Measures the vault beside restic.", mixinStandardHelpOptions = true)
public final class VaultBench implements Callable<Integer> {
    private static final String PASSWORD = "bench";

    @Option(names = "--pages", defaultValue = "10000", description = "How many small files.")
    private int pages;

    @Option(names = "--attachments", defaultValue = "1024", description = "MiB of files that do not compress.")
    private int attachments;

    @Option(
            names = "--targets",
            defaultValue = "folder,s3,sftp",
            split = ",",
            description = "folder, s3 (an S3Proxy in this process), sftp (the OpenSSH of this machine).")
    private List<String> targets;

    @Option(names = "--rounds", defaultValue = "3", description = "How often all of it is done anew.")
    private int rounds;

    @Option(names = "--heap", defaultValue = "128m", description = "The heap of Saddlebag's processes.")
    private String heap;

    @Option(names = "--plain", description = "Vaults without encryption; restic always encrypts.")
    private boolean plain;

    private final Path home = Files.createTempDirectory("bench-vault");
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    /** What one step of one tool took. */
    private record Sample(double seconds, long kibibytes, long requests, long stored) {}

    /** One of the two, with a place for its state and one target. */
    private interface Tool {
        MeasuredProcess backup(Path tree, Path changed, long unchanged) throws Exception;

        MeasuredProcess verify() throws Exception;

        MeasuredProcess restore(Path to) throws Exception;
    }

    private VaultBench() throws IOException {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        System.exit(new CommandLine(new VaultBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        countRequests();
        try {
            System.out.printf(
                    "Java %s, %d processors, heap %s, %s, %s%n%n",
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors(),
                    heap,
                    plain ? "vaults in plain" : "vaults encrypted to two keys",
                    MeasuredProcess.run(List.of("restic", "version"), Map.of(), home.resolve("version"))
                            .output()
                            .strip());
            for (int round = 0; round < rounds; round++) {
                for (String target : targets) {
                    measure(target, home.resolve(target + round));
                }
            }
            print();
            return 0;
        } finally {
            delete(home);
        }
    }

    private void measure(String target, Path folder) throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        long files = grow(tree);
        try (BenchTarget where = BenchTarget.of(target, folder)) {
            Map<String, Tool> tools = new LinkedHashMap<>();
            tools.put("Saddlebag", saddlebag(where, Files.createDirectories(folder.resolve("state of saddlebag"))));
            tools.put("restic", restic(where, Files.createDirectories(folder.resolve("state of restic"))));
            Path nothing = Files.createDirectories(folder.resolve("nothing"));
            step(target, where, "first", tools, tool -> tool.backup(tree, tree, 0));
            step(target, where, "unchanged", tools, tool -> tool.backup(tree, nothing, files));
            touch(tree);
            step(target, where, "unchanged, all read again", tools, tool -> tool.backup(tree, tree, 0));
            Path changed = folder.resolve("changed");
            long count = change(tree, changed);
            step(target, where, "1 % changed", tools, tool -> tool.backup(tree, changed, files - count));
            step(target, where, "verify with data", tools, Tool::verify);
            Path restored = folder.resolve("restored");
            step(target, where, "restore", tools, tool -> {
                delete(restored);
                return tool.restore(restored);
            });
        } finally {
            delete(folder);
        }
    }

    /** What a tool does in one row of the table. */
    @FunctionalInterface
    private interface Step {
        MeasuredProcess take(Tool tool) throws Exception;
    }

    private void step(String target, BenchTarget where, String row, Map<String, Tool> tools, Step step)
            throws Exception {
        for (Map.Entry<String, Tool> tool : tools.entrySet()) {
            long before = requests.get();
            MeasuredProcess process = step.take(tool.getValue());
            if (process.exit() != 0) {
                throw new IOException(
                        tool.getKey() + " failed at \"" + row + "\" (" + target + "): " + process.output());
            }
            samples.computeIfAbsent(target + "|" + row + "|" + tool.getKey(), key -> new ArrayList<>())
                    .add(new Sample(
                            process.seconds(),
                            process.peakKibibytes(),
                            requests.get() - before,
                            where.stored().containsKey(tool.getKey())
                                    ? size(where.stored().get(tool.getKey()))
                                    : 0));
        }
    }

    private Tool saddlebag(BenchTarget where, Path folder) throws IOException {
        List<String> settings = new ArrayList<>(where.settings());
        settings.add("state=" + folder);
        if (!plain) {
            Identity ops = Identity.create();
            Path identity = folder.resolve("identity.txt");
            IdentityFile.write(identity, ops, Clock.systemUTC());
            settings.add("identity=" + identity);
            settings.add("recipients=" + ops.recipient().text() + ","
                    + Identity.create().recipient().text());
        }
        Path file = Files.write(folder.resolve("settings"), settings);
        return new Tool() {
            @Override
            public MeasuredProcess backup(Path tree, Path changed, long unchanged) throws Exception {
                return run("backup", changed.toString(), String.valueOf(unchanged));
            }

            @Override
            public MeasuredProcess verify() throws Exception {
                return run("verify");
            }

            @Override
            public MeasuredProcess restore(Path to) throws Exception {
                return run("restore", to.toString());
            }

            private MeasuredProcess run(String... arguments) throws Exception {
                List<String> all = new ArrayList<>(List.of(file.toString()));
                all.addAll(List.of(arguments));
                return MeasuredProcess.run(
                        MeasuredProcess.java(heap, VaultWork.class.getName(), all), Map.of(), folder.resolve("log"));
            }
        };
    }

    private Tool restic(BenchTarget where, Path folder) throws Exception {
        Map<String, String> environment = new LinkedHashMap<>(where.environment());
        environment.put("RESTIC_PASSWORD", PASSWORD);
        environment.put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
        Tool tool = new Tool() {
            @Override
            public MeasuredProcess backup(Path tree, Path changed, long unchanged) throws Exception {
                return run("backup", "-q", tree.toString());
            }

            @Override
            public MeasuredProcess verify() throws Exception {
                return run("check", "-q", "--read-data");
            }

            @Override
            public MeasuredProcess restore(Path to) throws Exception {
                return run("restore", "-q", "latest", "--target", to.toString());
            }

            private MeasuredProcess run(String... arguments) throws Exception {
                List<String> all = new ArrayList<>(List.of("restic"));
                all.addAll(where.restic());
                all.addAll(List.of(arguments));
                return MeasuredProcess.run(all, environment, folder.resolve("log"));
            }
        };
        List<String> init = new ArrayList<>(List.of("restic", "init", "--repository-version", "2"));
        init.addAll(where.restic());
        MeasuredProcess made = MeasuredProcess.run(init, environment, folder.resolve("log"));
        if (made.exit() != 0) {
            throw new IOException("restic init: " + Files.readString(folder.resolve("log")));
        }
        return tool;
    }

    // --- the files

    /** Pages as Notion's API gives them, with words that compress as text does, and attachments that do not compress. */
    private long grow(Path tree) throws IOException {
        Random random = new Random(1);
        List<String> words = Stream.generate(() -> word(random)).limit(6000).toList();
        Path objects = Files.createDirectories(tree.resolve("objects/pages"));
        for (int page = 0; page < pages; page++) {
            write(objects.resolve("%08x-0000-4000-8000-%012x.json".formatted(page, page * 77L)), random, words);
        }
        long files = pages;
        Path folder = Files.createDirectories(tree.resolve("files"));
        long left = (long) attachments << 20;
        for (int size = 0; left > 0; size++) {
            // From a picture to a film: the sizes repeat.
            long length = Math.min(
                    left,
                    List.of(200L << 10, 800L << 10, 3L << 20, 12L << 20, 90L << 20)
                            .get(size % 5));
            noise(folder.resolve("%05d.bin".formatted(size)), length, random);
            left -= length;
            files++;
        }
        return files;
    }

    private static String word(Random random) {
        return random.ints(3 + random.nextInt(8), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void write(Path file, Random random, List<String> words) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"page\":{\"object\":\"page\",\"id\":\"" + file.getFileName() + "\"},\"blocks\":[");
            for (int block = 0; block < 4 + random.nextInt(12); block++) {
                StringBuilder text = new StringBuilder();
                for (int word = 0; word < 5 + random.nextInt(40); word++) {
                    text.append(words.get(random.nextInt(words.size()))).append(' ');
                }
                out.write(
                        "%s{\"object\":\"block\",\"id\":\"%08x-%04x-4000-8000-%012x\",\"type\":\"paragraph\",\"has_children\":false,"
                                        .formatted(
                                                block == 0 ? "" : ",",
                                                random.nextInt(),
                                                random.nextInt(1 << 16),
                                                random.nextLong() & 0xffffffffffffL)
                                + "\"archived\":false,\"paragraph\":{\"rich_text\":[{\"type\":\"text\",\"text\":{\"content\":\""
                                + text
                                + "\",\"link\":null},\"annotations\":{\"bold\":false,\"italic\":false,\"code\":false,"
                                + "\"color\":\"default\"},\"plain_text\":\"" + text + "\"}],\"color\":\"default\"}}");
            }
            out.write("]}");
        }
    }

    private static void noise(Path file, long length, Random random) throws IOException {
        byte[] bytes = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = length; left > 0; left -= bytes.length) {
                random.nextBytes(bytes);
                out.write(bytes, 0, (int) Math.min(left, bytes.length));
            }
        }
    }

    /** What a collector does that reads everything: every file is written anew. */
    private static void touch(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
        }
    }

    /** Writes each hundredth file anew, and the same into {@code changed}; gives how many. */
    private static long change(Path tree, Path changed) throws IOException {
        Random random = new Random(2);
        List<String> words = Stream.generate(() -> word(random)).limit(6000).toList();
        List<Path> all;
        try (Stream<Path> files = Files.walk(tree)) {
            all = files.filter(Files::isRegularFile).sorted().toList();
        }
        long count = 0;
        for (int i = 50; i < all.size(); i += 100) {
            Path file = all.get(i);
            if (file.toString().endsWith(".json")) {
                write(file, random, words);
            } else {
                noise(file, Files.size(file), random);
            }
            Path copy = changed.resolve(tree.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            count++;
        }
        return count;
    }

    // --- counting and printing

    private void countRequests() {
        AppenderBase<ILoggingEvent> counter = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getMessage().startsWith("request: ")) {
                    requests.incrementAndGet();
                }
            }
        };
        counter.start();
        Logger logger = (Logger) LoggerFactory.getLogger("org.gaul.s3proxy.S3ProxyHandler");
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(counter);
    }

    private void print() {
        System.out.println("| target | step | Saddlebag, s | restic, s | ratio | Saddlebag, memory | restic, memory |"
                + " Saddlebag, requests | restic, requests | Saddlebag, stored | restic, stored |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        samples.keySet().stream()
                .map(key -> key.substring(0, key.lastIndexOf('|')))
                .distinct()
                .forEach(this::printRow);
    }

    private void printRow(String row) {
        List<Sample> ours = samples.get(row + "|Saddlebag");
        List<Sample> theirs = samples.get(row + "|restic");
        boolean counted = row.startsWith("s3");
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %d MiB | %d MiB | %s | %s | %s | %s |%n",
                row.replace("|", " | "),
                median(ours, Sample::seconds),
                median(theirs, Sample::seconds),
                median(ours, Sample::seconds) / median(theirs, Sample::seconds),
                (long) median(ours, sample -> sample.kibibytes()) / 1024,
                (long) median(theirs, sample -> sample.kibibytes()) / 1024,
                counted ? "%,d".formatted((long) median(ours, sample -> sample.requests())) : "",
                counted ? "%,d".formatted((long) median(theirs, sample -> sample.requests())) : "",
                counted ? "" : "%.1f MiB".formatted(median(ours, sample -> sample.stored()) / (1 << 20)),
                counted ? "" : "%.1f MiB".formatted(median(theirs, sample -> sample.stored()) / (1 << 20)));
    }

    private static double median(List<Sample> samples, java.util.function.ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static long size(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            long size = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
