package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.NotionDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which request budget a run gets. */
class RunsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    @TempDir
    Path folder;

    private final NotionDoor door = new NotionDoor();

    @Test
    void a_number_is_the_budget_whatever_was_learned() throws Exception {
        learned("acme", 60, "2026-11-21T01:00:00Z");

        assertThat(runs(Map.of("acme", "450"), Map.of())
                        .begin("acme", "sweep")
                        .connection()
                        .requestsPerMinute())
                .isEqualTo(450);
    }

    @Test
    void auto_begins_with_what_was_learned_and_with_the_largest_plan_when_nothing_was() throws Exception {
        learned("acme", 180, "2026-11-15T01:00:00Z");
        learned("old", 180, "2026-11-14T01:00:00Z");
        Runs runs = runs(Map.of("acme", "auto", "old", "auto", "new", "auto"), Map.of());

        assertThat(runs.begin("acme", "sweep").connection().requestsPerMinute()).isEqualTo(180);
        assertThat(runs.begin("old", "sweep").connection().requestsPerMinute()).isEqualTo(600);
        assertThat(runs.begin("new", "sweep").connection().requestsPerMinute()).isEqualTo(600);
    }

    @Test
    void what_was_learned_is_forgotten_in_a_process_that_lives_on() throws Exception {
        Runs runs = runs(Map.of("acme", "auto"), Map.of());
        learned("acme", 180, "2026-11-21T01:00:00Z");
        var run = runs.begin("acme", "sweep");
        assertThat(run.connection().requestsPerMinute()).isEqualTo(180);
        runs.end(run);

        learned("acme", 180, "2026-11-01T01:00:00Z");

        assertThat(runs.begin("acme", "sweep").connection().requestsPerMinute()).isEqualTo(600);
    }

    @Test
    void workspaces_with_tokens_of_their_own_have_budgets_of_their_own() throws Exception {
        Runs runs = runs(Map.of("acme", "1", "lab", "40"), Map.of());
        NotionConnection acme = runs.begin("acme", "sweep").connection();
        NotionConnection lab = runs.begin("lab", "sweep").connection();
        door.waitForTurn(acme);
        Thread waits = turn(acme);
        await().until(() -> waits.getState() == Thread.State.TIMED_WAITING);

        for (int i = 0; i < 40; i++) {
            door.waitForTurn(lab);
        }

        assertThat(acme.requests()).isEqualTo(1);
        waits.interrupt();
    }

    @Test
    void workspaces_with_one_token_share_the_smaller_budget_whichever_begins_first() throws Exception {
        Runs runs = runs(Map.of("acme", "40", "lab", "2"), Map.of("acme", "one", "lab", "one"));
        NotionConnection acme = runs.begin("acme", "sweep").connection();
        NotionConnection lab = runs.begin("lab", "sweep").connection();
        assertThat(acme.requestsPerMinute()).isEqualTo(2);
        assertThat(lab.requestsPerMinute()).isEqualTo(2);
        door.waitForTurn(acme);
        door.waitForTurn(acme);

        Thread waits = turn(lab);

        await().until(() -> waits.getState() == Thread.State.TIMED_WAITING);
        waits.interrupt();
    }

    private Thread turn(NotionConnection connection) {
        var thread = new Thread(() -> {
            try {
                door.waitForTurn(connection);
            } catch (Exception stopped) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** @param budgets the setting of each workspace, by name; one that has no token here has one of its own */
    private Runs runs(Map<String, String> budgets, Map<String, String> tokens) throws Exception {
        var settings = new TreeMap<String, String>();
        settings.put("saddlebag.state-directory", "state");
        settings.put("saddlebag.workspaces", String.join(", ", budgets.keySet()));
        settings.put("saddlebag.destination.vault.kind", "folder");
        settings.put("saddlebag.destination.vault.directory", "vault");
        settings.put(
                "saddlebag.routes-directory", Path.of("routes").toAbsolutePath().toString());
        budgets.forEach((name, budget) -> {
            String workspace = "saddlebag.workspace." + name;
            settings.put(workspace + ".token", "ntn_" + tokens.getOrDefault(name, name));
            settings.put(workspace + ".requests-per-minute", budget);
            settings.put(workspace + ".destinations", "vault");
        });
        Path configuration = Files.writeString(folder.resolve("application.properties"), "");
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Settings loaded = Settings.load(configuration, Map.of(), settings);
        Vaults vaults = new Vaults(folder.resolve("state"), clock);
        return new Runs(
                loaded,
                vaults,
                new Planner(loaded, vaults, clock),
                new Connections(loaded, clock),
                clock,
                new Random(1));
    }

    private void learned(String workspace, int limit, String when) throws IOException {
        Path file = folder.resolve("state").resolve(workspace).resolve("budget.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"limit\":%d,\"learned\":\"%s\"}".formatted(limit, when));
    }
}
