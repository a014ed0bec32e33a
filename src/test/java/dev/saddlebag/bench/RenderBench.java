package dev.saddlebag.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.render.DocumentReader;
import dev.saddlebag.render.Links;
import dev.saddlebag.render.MarkdownRenderer;
import dev.saddlebag.render.Placeholders;
import dev.saddlebag.render.Rendered;
import dev.saddlebag.render.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how fast stored pages become Markdown: read from the disk, rendered, links filled in, written. The pages have
 * blocks of every type, in turn. Prints one line. {@code bench/render} starts it.
 */
@Command(name = "bench/render", description = "Measures rendering.", mixinStandardHelpOptions = true)
public final class RenderBench implements Callable<Integer> {
    private static final Path BLOCKS = Path.of("src", "test", "resources", "render", "blocks");

    @Option(names = "--pages", defaultValue = "10000", description = "How many pages.")
    private int pages;

    @Option(
            names = "--blocks",
            defaultValue = "30",
            description = "How many blocks a page has, besides those below them.")
    private int blocks;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RenderBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("render-bench");
        long bytes = makePages(folder);
        long start = System.nanoTime();
        long computing = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long written = 0;
        for (int page = 0; page < pages; page++) {
            JsonNode stored = Json.MAPPER.readTree(Files.readAllBytes(folder.resolve(page + ".json")));
            Rendered rendered = new MarkdownRenderer().render(new DocumentReader().read(stored));
            Links links = id -> Optional.of(new Target("A page", "../A page.md"));
            Path target = folder.resolve(page + ".md");
            Files.writeString(target, Placeholders.resolve(rendered.text(), links));
            written += Files.size(target);
            Files.delete(target);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double busy = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - computing) / 1e9;
        for (int page = 0; page < pages; page++) {
            Files.delete(folder.resolve(page + ".json"));
        }
        Files.delete(folder);
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%,d pages, %,d MB of JSON, %,d MB of Markdown: %.1f s, %.1f s of them computing, %,.0f pages/s, at most %,d MB of heap%n",
                pages,
                bytes / 1_000_000,
                written / 1_000_000,
                seconds,
                busy,
                pages / seconds,
                peak / 1_000_000);
        return 0;
    }

    private long makePages(Path folder) throws IOException {
        List<JsonNode> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(BLOCKS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                Json.MAPPER.readTree(Files.readAllBytes(file)).path("blocks").forEach(samples::add);
            }
        }
        long bytes = 0;
        for (int page = 0; page < pages; page++) {
            ObjectNode stored = Json.MAPPER.createObjectNode();
            stored.putObject("page").put("id", "page " + page).put("object", "page");
            ArrayNode content = stored.putArray("blocks");
            for (int block = 0; block < blocks; block++) {
                content.add(samples.get((page + block) % samples.size()));
            }
            byte[] json = Json.MAPPER.writeValueAsBytes(stored);
            Files.write(folder.resolve(page + ".json"), json);
            bytes += json.length;
        }
        return bytes;
    }
}
