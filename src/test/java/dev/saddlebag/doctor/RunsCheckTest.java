package dev.saddlebag.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path state;

    @Test
    void without_any_run_there_is_a_warning() {
        assertThat(check()).extracting(Finding::level).isEqualTo(Level.WARNING);
    }

    @Test
    void a_fresh_success_is_good_and_its_age_is_said() throws IOException {
        run("20261121T080000Z-000001", "complete", "2026-11-21T09:00:00Z");
        assertThat(check().level()).isEqualTo(Level.OK);
        assertThat(check().found()).contains("20261121T080000Z-000001", "3 hours ago");
    }

    @Test
    void a_quick_run_that_found_nothing_new_is_a_success() throws IOException {
        run("20261101T080000Z-000001", "complete", "2026-11-01T09:00:00Z");
        run("20261121T080000Z-000002", "unchanged", "2026-11-21T11:58:00Z");
        assertThat(check().level()).isEqualTo(Level.OK);
        assertThat(check().found()).contains("2 minutes ago (unchanged)");
    }

    @Test
    void a_success_that_is_too_old_is_a_warning() throws IOException {
        run("20261101T080000Z-000001", "complete", "2026-11-01T09:00:00Z");
        assertThat(check().level()).isEqualTo(Level.WARNING);
        assertThat(check().found()).contains("20 days ago", "alarm-after");
    }

    @Test
    void a_last_run_that_was_held_is_a_warning_that_says_where_to_read() throws IOException {
        run("20261121T080000Z-000001", "complete", "2026-11-21T09:00:00Z");
        run("20261121T100000Z-000002", "held", "2026-11-21T11:00:00Z");
        Files.createDirectories(state.resolve("acme/runs/20261121T110000Z-000003"));
        assertThat(check().level()).isEqualTo(Level.WARNING);
        assertThat(check().found()).contains("20261121T080000Z-000001", "20261121T100000Z-000002", "held");
        assertThat(check().remedy()).contains("acme/runs/20261121T100000Z-000002");
    }

    private Finding check() {
        Map<String, String> values = new HashMap<>();
        values.put(
                "saddlebag.routes-directory", Path.of("routes").toAbsolutePath().toString());
        values.put("saddlebag.workspaces", "acme");
        values.put("saddlebag.workspace.acme.token", "x");
        values.put("saddlebag.workspace.acme.destinations", "vault");
        values.put("saddlebag.destination.vault.kind", "folder");
        values.put("saddlebag.destination.vault.directory", "vault");
        WorkspaceSettings workspace = Settings.of(state, values).workspaces().get(0);
        return new RunsCheck(state, Clock.fixed(NOW, ZoneOffset.UTC)).of(workspace);
    }

    private void run(String id, String outcome, String finished) throws IOException {
        Path folder = Files.createDirectories(state.resolve("acme/runs").resolve(id));
        Files.writeString(
                folder.resolve("run_summary.json"),
                "{\"run\": \"%s\", \"outcome\": \"%s\", \"finished\": \"%s\"}".formatted(id, outcome, finished));
    }
}
