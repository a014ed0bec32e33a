package dev.saddlebag.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.RequestMinimum;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures whole backups of simulated workspaces: requests against the least number that is needed, seconds, and memory.
 * The simulated Notion runs here; Saddlebag runs as a process of its own, so that its memory is its own. Prints a table in
 * Markdown. {@code bench/collect} starts it.
 */
@Command(
        name = "bench/collect",
        description = "Measures backups of simulated workspaces.",
        mixinStandardHelpOptions = true)
public final class CollectBench implements Callable<Integer> {
    private static final int NO_BUDGET = 100_000;

    @Option(names = "--pages", defaultValue = "300,3300", split = ",", description = "Sizes of the workspaces.")
    private List<Integer> sizes;

    @Option(names = "--seed", defaultValue = "1", description = "Which workspace of that size.")
    private long seed;

    @Option(names = "--budget", defaultValue = "0", description = "Requests a minute; 0 for no limit.")
    private int budget;

    @Option(names = "--latency", defaultValue = "0", description = "Milliseconds that Notion takes to answer.")
    private int latency;

    @Option(names = "--heap", defaultValue = "256m", description = "The heap of Saddlebag's process.")
    private String heap;

    @Option(names = "--depths", defaultValue = "sweep,changed,quick", split = ",", description = "The runs, in turn.")
    private List<String> depths;

    /** One run, as it was measured. */
    private record Measured(MeasuredProcess process, JsonNode summary) {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CollectBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf(
                "Java %s, %d processors, heap %s, budget %s, latency %d ms%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                heap,
                budget == 0 ? "none" : budget + " a minute",
                latency);
        System.out.println(
                "| pages asked for | run | pages, data sources, blocks, files held | requests | minimum | requests a minute |"
                        + " seconds | peak memory | exit |");
        System.out.println("|---:|---|---|---:|---:|---:|---:|---:|---:|");
        for (int pages : sizes) {
            measure(pages);
        }
        return 0;
    }

    private void measure(int pages) throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(seed, pages);
        Behaviour behaviour = Behaviour.standard().withToken("ntn_bench").withLatency(Duration.ofMillis(latency));
        if (budget > 0) {
            behaviour = behaviour.withRateLimit(budget, Duration.ofMinutes(1), Duration.ofSeconds(17));
        }
        long minimum = RequestMinimum.of(workspace, behaviour, TruthOptions.complete());
        Path folder = Files.createTempDirectory("bench-collect");
        try (NotionSimulator notion = NotionSimulator.start(workspace, behaviour)) {
            Path configuration = configuration(folder, notion.baseUrl());
            for (String depth : depths) {
                Measured run = backup(configuration, depth);
                JsonNode counts = run.summary().path("counts");
                long requests = run.summary().path("requests").asLong();
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | %s | %,d, %,d, %,d, %,d | %,d | %s | %,.0f | %.1f | %,d MiB | %d |%n",
                        pages,
                        depth,
                        counts.path("pages").asLong(),
                        counts.path("data_sources").asLong(),
                        counts.path("blocks").asLong(),
                        counts.path("files").asLong(),
                        requests,
                        depth.equals("sweep") ? "%,d".formatted(minimum) : "",
                        requests / run.process().seconds() * 60,
                        run.process().seconds(),
                        run.process().peakKibibytes() / 1024,
                        run.process().exit());
                System.out.flush();
            }
        } finally {
            delete(folder);
        }
    }

    private Path configuration(Path folder, String baseUrl) throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(
                file, """
                notion.api.base-url = %s
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = bench
                saddlebag.workspace.bench.token = ntn_bench
                saddlebag.workspace.bench.requests-per-minute = %d
                saddlebag.workspace.bench.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(baseUrl, Path.of("routes").toAbsolutePath(), budget == 0 ? NO_BUDGET : budget));
        return file;
    }

    private Measured backup(Path configuration, String depth) throws Exception {
        Path log = configuration.resolveSibling("log-" + depth);
        MeasuredProcess process = MeasuredProcess.run(
                MeasuredProcess.java(
                        heap,
                        "dev.saddlebag.cli.Saddlebag",
                        List.of("--config", configuration.toString(), "backup", "--depth", depth, "--json")),
                Map.of(),
                log);
        if (!process.output().startsWith("[")) {
            throw new IOException("The backup ended with exit code " + process.exit() + " and said: " + process.output()
                    + Files.readString(log));
        }
        return new Measured(process, Json.MAPPER.readTree(process.output()).path(0));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
