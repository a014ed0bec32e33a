package dev.saddlebag.routes.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.routes.RoutesCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesCheckTest {
    @TempDir
    private Path directory;

    private RoutesFolder folder;

    @BeforeEach
    void prepare() {
        folder = new RoutesFolder(directory);
    }

    @Test
    void goodRoutesHaveNoMistakes() throws IOException {
        assertThat(folder.withGoodRoutes().sentences()).isEmpty();
    }

    @Test
    void severalMistakesInSeveralFilesAreReportedAtOnce() throws IOException {
        folder.withGoodRoutes()
                .with("a.camel.yaml", route("a", "- lgo: hello", "- to: log:a"))
                .with(
                        "b.camel.yaml",
                        route("b", "- to: direct:nobody", "- bean: { ref: gaet }", "- to: log:b?colour=red"))
                .with("c.camel.yaml", "- route:\n   id: c\n  description: C.\n")
                .with("destinations/nas.kamelet.yaml", "spec:\n  definition:\n    title: [\n");

        assertThat(folder.sentences())
                .containsExactly(
                        "a.camel.yaml:7: unknown step `lgo`; did you mean `log`?",
                        "b.camel.yaml:7: no route listens to direct:nobody",
                        "b.camel.yaml:8: there is no bean `gaet`; did you mean `gate`?",
                        "b.camel.yaml:9: `colour` is not an option of `log`",
                        "c.camel.yaml:1: the route has no `description`; say in a sentence what it does",
                        "c.camel.yaml:3: `description` stands beside `route`; indent it below, or begin it with a hyphen",
                        "destinations/nas.kamelet.yaml:4: no YAML: expected the node content, but found '<stream end>' (at column 1)");
    }

    @Test
    void aMistakeNamesItsRoute() throws IOException {
        folder.with("a.camel.yaml", route("a", "- to: direct:nobody"));

        assertThat(folder.mistakes())
                .containsExactly(new Mistake(
                        directory.resolve("a.camel.yaml").toString(), 7, "a", "no route listens to direct:nobody"));
    }

    @Test
    void nothingStarts() throws IOException {
        Path drop = Files.createDirectories(directory.resolve("drop"));
        Files.writeString(drop.resolve("export.zip"), "");
        folder.with("a.camel.yaml", """
                - route:
                    id: tick
                    description: Ticks.
                    from:
                      uri: timer:tick?delay=0&period=1
                      steps:
                        - to: file:%1$s/made
                - route:
                    id: every-second
                    description: Fires each second.
                    from:
                      uri: quartz:every-second?cron=* * * * * ?
                      steps:
                        - to: file:%1$s/made
                - route:
                    id: drop
                    description: Takes files.
                    from:
                      uri: file:%1$s/drop?delete=true&initialDelay=0
                      steps:
                        - to: file:%1$s/made
                """.formatted(directory));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        var context = new AtomicReference<CamelContext>();

        var check = new RoutesCheck(
                () -> {
                    context.set(RoutesFolder.context());
                    return context.get();
                },
                loaded -> List.of());

        assertThat(check.check(directory, Set.of())).isEmpty();
        assertThat(directory.resolve("made")).doesNotExist();
        assertThat(drop.resolve("export.zip")).exists();
        assertThat(context.get().getStatus()).isNotEqualTo(ServiceStatus.Started);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("Camel") || name.contains("Quartz"));
    }

    @Test
    void aFolderThatIsNotThereIsAMistake() {
        assertThat(new RoutesFolder(directory.resolve("nowhere")).mistakes())
                .extracting(Mistake::sentence)
                .singleElement()
                .asString()
                .startsWith("the routes cannot be read");
    }

    @Test
    void aContextThatCannotBeMadeIsAMistake() {
        var check = new RoutesCheck(
                () -> {
                    throw new IllegalStateException("no registry");
                },
                context -> List.of());

        assertThat(check.check(directory, Set.of()))
                .extracting(Mistake::sentence)
                .containsExactly("the routes cannot be checked: java.lang.IllegalStateException: no registry");
    }

    @Test
    void manyFilesAreCheckedInAMoment() throws IOException {
        folder.withGoodRoutes();
        for (int i = 0; i < 12; i++) {
            folder.with("route-" + i + ".camel.yaml", route("many-" + i, "- to: direct:backup", "- log: done"));
        }
        long start = System.nanoTime();

        List<String> sentences = folder.sentences();

        assertThat(sentences).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    static String route(String id, String... steps) {
        return """
                - route:
                    id: %s
                    description: Does something.
                    from:
                      uri: direct:%s
                      steps:
                """.formatted(id, id) + "        " + String.join("\n        ", steps) + "\n";
    }
}
