package dev.saddlebag.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SOUND = report("2026-11-21T06:00:00Z", "2026-11-01T06:00:00Z", "", "", "");

    @TempDir
    Path state;

    @Test
    void where_nothing_was_delivered_nothing_is_missed() throws IOException {
        assertThat(check()).isEmpty();
    }

    @Test
    void a_young_destination_may_wait_for_its_turn_and_an_old_one_may_not() throws IOException {
        deliver("20261120T020005Z-000001");
        assertThat(check().orElseThrow().level()).isEqualTo(Level.OK);
        deliver("20261101T020005Z-000001");
        assertThat(check().orElseThrow().level()).isEqualTo(Level.WARNING);
        assertThat(check().orElseThrow().found()).contains("never verified", "2026-11-01");
        assertThat(check().orElseThrow().remedy()).contains("saddlebag verify --share --workspace acme");
    }

    @Test
    void a_fresh_and_sound_verification_is_good() throws IOException {
        Finding found = after(SOUND);
        assertThat(found.level()).isEqualTo(Level.OK);
        assertThat(found.found()).contains("6 hours ago", "7 of 200");
    }

    @Test
    void damage_has_failed_and_says_what_to_do() throws IOException {
        Finding found = after(report("2026-11-21T06:00:00Z", "2026-11-01T06:00:00Z", "\"data/x: is missing\"", "", ""));
        assertThat(found.level()).isEqualTo(Level.FAILED);
        assertThat(found.found()).contains("data/x: is missing");
        assertThat(found.remedy()).contains("saddlebag repair --workspace acme --destination vault");
    }

    @Test
    void what_is_known_to_be_lost_is_a_warning() throws IOException {
        Finding found = after(report("2026-11-21T06:00:00Z", "2026-11-01T06:00:00Z", "", "\"data/x: is missing\"", ""));
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.found()).contains("lost for good", "data/x");
    }

    @Test
    void a_destination_that_could_not_be_read_is_a_warning() throws IOException {
        Finding found = after(report("2026-11-21T06:00:00Z", "", "", "", "connection refused"));
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.found()).contains("connection refused");
    }

    @Test
    void a_verification_that_did_not_come_is_overdue() throws IOException {
        assertThat(after(report("2026-11-20T06:00:00Z", "2026-11-01T06:00:00Z", "", "", ""))
                        .level())
                .as("one may be missed")
                .isEqualTo(Level.OK);
        Finding found = after(report("2026-11-18T06:00:00Z", "2026-11-01T06:00:00Z", "", "", ""));
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.found()).contains("3 days ago");
    }

    @Test
    void a_file_that_did_not_have_its_turn_is_overdue() throws IOException {
        Finding found = after(report("2026-11-21T06:00:00Z", "2026-10-15T06:00:00Z", "", "", ""));
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.found()).contains("2026-10-15", "verify-days");
    }

    @Test
    void a_torn_report_is_a_warning() throws IOException {
        Finding found = after(SOUND.substring(0, 50));
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.found()).contains("cannot be read");
    }

    private Finding after(String report) throws IOException {
        deliver("20261101T020005Z-000001");
        Path file = state.resolve("acme/verified/vault.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        return check().orElseThrow();
    }

    private static String report(String verified, String oldest, String damage, String lost, String error) {
        return """
                {"workspace": "acme", "destination": "vault", "verified": "%s", "files": 7, "bytes": 1000,
                 "of_files": 200, "oldest_read": "%s", "damage": [%s], "lost": [%s], "error": "%s"}
                """.formatted(verified, oldest, damage, lost, error);
    }

    private void deliver(String run) throws IOException {
        vaults().spool("acme").delivered("vault", RunId.parse(run));
    }

    private Optional<Finding> check() throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("saddlebag.workspaces", "acme");
        values.put("saddlebag.workspace.acme.token", "x");
        values.put("saddlebag.workspace.acme.destinations", "vault");
        values.put("saddlebag.workspace.acme.time-zone", "UTC");
        values.put("saddlebag.destination.vault.kind", "folder");
        values.put("saddlebag.destination.vault.directory", "vault");
        values.put(
                "saddlebag.routes-directory", Path.of("routes").toAbsolutePath().toString());
        return new VerificationCheck(state, vaults(), clock())
                .of(Settings.of(state, values).workspaces().get(0), "vault");
    }

    private Vaults vaults() {
        return new Vaults(state, clock());
    }

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }
}
