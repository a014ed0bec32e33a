package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.channel.HookServer;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon tells of verifications and prunes that its timers start. */
class UpkeepTellingTest {
    @TempDir
    Path folder;

    @Test
    void damage_and_a_refused_prune_are_told_once_and_their_end_too() throws Exception {
        try (HookServer hook = HookServer.start();
                Lab lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard())
                        .with("saddlebag.workspace.acme.verify-days", "0")
                        .with("saddlebag.workspace.acme.channels", "hook")
                        .with("saddlebag.channel.hook.kind", "webhook")
                        .with("saddlebag.channel.hook.url", hook.url("/"))) {
            lab.backup();
            lab.notion().faults().killToken(true);
            lab.backup();
            Path pack = pack();
            Path away = folder.resolve("away.zip");
            Files.move(pack, away);
            lab.with("saddlebag.workspace.acme.verify-schedule", "* * * * * ?")
                    .with("saddlebag.workspace.acme.prune-schedule", "* * * * * ?");
            lab.restartWithTimers();

            awaitHeadline(hook, "Damage found at vault");
            awaitHeadline(hook, "Nothing pruned at vault");
            assertThat(sentence(hook, "Damage found at vault"))
                    .contains(pack.getFileName().toString(), "saddlebag repair");
            assertThat(sentence(hook, "Nothing pruned at vault")).contains("ended with the outcome refused");
            Files.move(away, pack);
            lab.notion().faults().killToken(false);
            // The daemon takes up the run that was refused, and a workspace has one at a time.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(RunRefusedException.class)
                    .until(() -> lab.backup().outcome() == Outcome.COMPLETE);

            awaitHeadline(hook, "Recovered: no damage at vault");
            awaitHeadline(hook, "Recovered: vault is pruned again");
            for (String once : List.of("Damage found at vault", "Nothing pruned at vault")) {
                assertThat(headlines(hook)).containsOnlyOnce(once);
            }
        }
    }

    private static void awaitHeadline(HookServer hook, String headline) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(headlines(hook)).contains(headline));
    }

    private static List<String> headlines(HookServer hook) throws IOException {
        return hook.posts().stream().map(post -> field(post, "headline")).toList();
    }

    private static String sentence(HookServer hook, String headline) {
        return hook.posts().stream()
                .filter(post -> field(post, "headline").equals(headline))
                .map(post -> field(post, "sentence"))
                .findFirst()
                .orElseThrow();
    }

    private static String field(HookServer.Post post, String name) {
        try {
            return Json.MAPPER.readTree(post.body()).path(name).asText();
        } catch (IOException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private Path pack() throws IOException {
        try (Stream<Path> data = Files.list(folder.resolve("vault/acme/data"))) {
            return data.filter(file -> file.toString().endsWith("-p0001.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
