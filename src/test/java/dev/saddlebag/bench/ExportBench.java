package dev.saddlebag.bench;

import dev.saddlebag.export.archive.LargeExport;
import dev.saddlebag.export.archive.UnpackWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the unpacking of a large export beside Info-ZIP's unzip, which takes the wrapper off first and then unpacks
 * each part: the same download, in turns, each step a process of its own. Prints a table in Markdown; each figure is the
 * median of the rounds. {@code bench/export} starts it.
 */
@Command(
        name = "bench/export",
        description = "Measures the unpacking of an export beside unzip.",
        mixinStandardHelpOptions = true)
public final class ExportBench implements Callable<Integer> {
    @Option(names = "--gigabytes", defaultValue = "1", description = "GiB of media.")
    private long gigabytes;

    @Option(names = "--pages", defaultValue = "20000", description = "How many pages and tables.")
    private int pages;

    @Option(names = "--parts", defaultValue = "4", description = "In how many parts.")
    private int parts;

    @Option(names = "--sparse", description = "Media that deflate to a fiftieth, where the disk is small.")
    private boolean sparse;

    @Option(names = "--rounds", defaultValue = "3", description = "How often all of it is done anew.")
    private int rounds;

    @Option(names = "--heap", defaultValue = "64m", description = "The heap of Saddlebag's process.")
    private String heap;

    private final Path home = Files.createTempDirectory("bench-export");
    private final Map<String, List<MeasuredProcess>> samples = new LinkedHashMap<>();

    private ExportBench() throws IOException {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        System.exit(new CommandLine(new ExportBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try {
            LargeExport export = new LargeExport(gigabytes << 30, pages, parts, 0, sparse);
            Path download = home.resolve("download.zip");
            long files = export.write(download).files();
            System.out.printf(
                    Locale.ROOT,
                    "Java %s, %d processors, heap %s; %s, %,d files, download of %,d MiB%n%n",
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors(),
                    heap,
                    export,
                    files,
                    Files.size(download) >> 20);
            for (int round = 0; round < rounds; round++) {
                saddlebag(download);
                unzip(download, files);
            }
            print();
            return 0;
        } finally {
            PathUtils.deleteDirectory(home);
        }
    }

    private void saddlebag(Path download) throws Exception {
        Path folder = Files.createDirectory(home.resolve("saddlebag"));
        take(
                "Saddlebag",
                MeasuredProcess.java(
                        heap, UnpackWork.class.getName(), List.of(download.toString(), folder.toString())));
        PathUtils.deleteDirectory(folder);
        settle();
    }

    private void unzip(Path download, long files) throws Exception {
        Path folder = Files.createDirectory(home.resolve("unzip"));
        Path tree = folder.resolve("tree");
        take("unzip, wrapper", List.of("unzip", "-q", download.toString(), "-d", folder.toString()));
        List<Path> zips;
        try (Stream<Path> all = Files.list(folder)) {
            zips = all.sorted(Comparator.comparing(Path::toString)).toList();
        }
        List<String> commands = new ArrayList<>();
        for (Path zip : zips) {
            commands.add("unzip -q '" + zip + "' -d '" + tree + "' && rm '" + zip + "'");
        }
        take("unzip, parts", List.of("sh", "-c", String.join(" && ", commands)));
        try (Stream<Path> all = Files.walk(tree)) {
            long there = all.filter(Files::isRegularFile).count();
            if (there != files) {
                throw new IOException("unzip made " + there + " files of " + files);
            }
        }
        PathUtils.deleteDirectory(folder);
        settle();
    }

    private void take(String step, List<String> command) throws Exception {
        MeasuredProcess process = MeasuredProcess.run(command, Map.of(), home.resolve("log"));
        if (process.exit() != 0) {
            throw new IOException(step + " failed: " + process.output());
        }
        samples.computeIfAbsent(step, key -> new ArrayList<>()).add(process);
    }

    /** What one has written must not be written to the disk in the other's time. */
    private void settle() throws Exception {
        MeasuredProcess.run(List.of("sync"), Map.of(), home.resolve("log"));
    }

    private void print() {
        System.out.println("| step | seconds | of the rounds | of processors, s | peak memory |");
        System.out.println("|---|---:|---|---:|---:|");
        samples.forEach((step, processes) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %s | %.1f | %s |%n",
                step,
                median(processes, MeasuredProcess::seconds),
                processes.stream()
                        .map(process -> String.format(Locale.ROOT, "%.1f", process.seconds()))
                        .toList(),
                median(processes, MeasuredProcess::processorSeconds),
                step.startsWith("unzip, p")
                        ? ""
                        : "%d MiB"
                                .formatted(processes.stream()
                                                .mapToLong(MeasuredProcess::peakKibibytes)
                                                .max()
                                                .orElse(0)
                                        / 1024)));
        System.out.printf(
                Locale.ROOT,
                "| Saddlebag / unzip | %.2f | | %.2f | |%n",
                ratio(MeasuredProcess::seconds),
                ratio(MeasuredProcess::processorSeconds));
    }

    private double ratio(ToDoubleFunction<MeasuredProcess> figure) {
        return median(samples.get("Saddlebag"), figure)
                / (median(samples.get("unzip, wrapper"), figure) + median(samples.get("unzip, parts"), figure));
    }

    private static double median(List<MeasuredProcess> processes, ToDoubleFunction<MeasuredProcess> figure) {
        double[] sorted = processes.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
