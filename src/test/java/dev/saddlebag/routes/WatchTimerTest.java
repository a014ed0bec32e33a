package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.channel.HookServer;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon does by the clock so that nobody misses a thing. */
class WatchTimerTest {
    @TempDir
    Path folder;

    @Test
    void the_alarm_goes_out_by_a_timer_and_is_tried_again_by_another() throws Exception {
        ToldBy told = new ToldBy(folder);
        Path routes = folder.resolve("routes");
        copy(Path.of("routes"), routes);
        Path report = routes.resolve("report.camel.yaml");
        Files.writeString(
                report,
                Files.readString(report)
                        .replace("0 0/5 * * * ?", "* * * * * ?")
                        .replace("30 * * * * ?", "* * * * * ?"));
        Path since =
                Files.createDirectories(folder.resolve("state/acme/alarms")).resolve("watched-since");
        Files.writeString(since, "2026-01-01T00:00:00Z\n");
        try (HookServer hook = HookServer.start()) {
            hook.answer(500, "");
            Map<String, String> given = ToldBy.channel("webhook", Map.of("url", hook.url("/")));
            given.put("saddlebag.routes-directory", routes.toString());
            Settings settings = Settings.load(told.configuration(), Map.of(), given);
            try (Flow flow = Flow.start(settings, told.configuration(), given, Flow.Timers.ON)) {
                await().until(() -> flow.outbox().all().size() == 1);
                assertThat(hook.posts()).hasSize(3);
                hook.answer(200, "");
                Path waiting = folder.resolve("state/outbox/one")
                        .resolve(flow.outbox().all().get(0).notice().id() + ".json");
                Files.writeString(
                        waiting,
                        Files.readString(waiting)
                                .replaceFirst("\"next\" : \"[^\"]*\"", "\"next\" : \"2026-01-01T00:00:00Z\""));
                await().until(() -> flow.outbox().all().isEmpty());

                assertThat(hook.posts()).hasSize(4);
                var late = Json.MAPPER.readTree(hook.posts().get(3).body());
                assertThat(late.path("topic").asText()).isEqualTo("stale");
                assertThat(late.path("delayed").asText()).startsWith("This comes late.");
            }
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
