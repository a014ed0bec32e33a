package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Note;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dead-man's switch. */
class WatchTest {
    @TempDir
    Path folder;

    private final Hours clock = new Hours("2026-11-20T02:30:00Z");
    private Vaults vaults;
    private Watch watch;

    @BeforeEach
    void start() {
        watch = watch();
    }

    /** As a process has it that has just begun. */
    private Watch watch() {
        Settings settings = Summaries.settings(
                folder,
                "saddlebag.workspace.acme.destinations",
                "vault, nas",
                "saddlebag.destination.nas.kind",
                "folder",
                "saddlebag.destination.nas.directory",
                "nas");
        vaults = new Vaults(settings.stateDirectory(), clock);
        return new Watch(settings, vaults, new Notices(settings, vaults, clock), clock);
    }

    @Test
    void a_workspace_that_never_had_a_snapshot_is_late_when_its_time_is_up() throws Exception {
        assertThat(watch.look("acme")).isEmpty();
        clock.pass(Duration.ofHours(36));
        assertThat(watch().look("acme")).isEmpty();
        clock.pass(Duration.ofMinutes(1));

        assertThat(watch().look("acme")).singleElement().satisfies(notice -> {
            assertThat(notice.topic()).isEqualTo(Notice.Topic.STALE);
            assertThat(notice.headline()).isEqualTo("No backup for 36 hours");
            assertThat(notice.sentence()).contains("has no accepted snapshot after 36 hours");
        });
    }

    @Test
    void an_old_snapshot_raises_the_alarm_once_a_day_until_there_is_a_new_one() throws Exception {
        deliver(seal(), "vault", "nas");
        assertThat(watch.look("acme")).isEmpty();
        clock.pass(Duration.ofHours(37));
        assertThat(watch.look("acme"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.sentence())
                        .contains("the newest accepted snapshot of the workspace acme is 37 hours old"));
        clock.pass(Duration.ofHours(5));
        assertThat(watch().look("acme")).isEmpty();
        clock.pass(Duration.ofHours(20));
        assertThat(watch().look("acme"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.repeat().words())
                        .isEqualTo("This was first reported on 2026-11-21 15:30 (UTC)."));

        deliver(seal(), "vault", "nas");

        assertThat(watch().look("acme")).singleElement().satisfies(notice -> {
            assertThat(notice.topic()).isEqualTo(Notice.Topic.RECOVERED);
            assertThat(notice.rule().holds()).isFalse();
            assertThat(notice.rule().words()).contains("3 of 3 copies (Notion, vault, nas)", "1 of 2 kinds");
        });
        assertThat(watch().look("acme")).isEmpty();
    }

    @Test
    void a_destination_that_gets_nothing_raises_an_alarm_of_its_own() throws Exception {
        deliver(seal(), "vault", "nas");
        clock.pass(Duration.ofHours(24));
        deliver(seal(), "vault");
        clock.pass(Duration.ofHours(13));

        assertThat(watch.look("acme")).extracting(Notice::headline).containsExactly("No backup at nas for 37 hours");

        clock.pass(Duration.ofHours(1));
        deliver(seal(), "vault", "nas");
        assertThat(watch.look("acme")).extracting(Notice::topic).containsExactly(Notice.Topic.RECOVERED);
    }

    @Test
    void a_quick_run_that_finds_nothing_new_keeps_the_newest_snapshot_fresh() throws Exception {
        deliver(seal(), "vault", "nas");
        clock.pass(Duration.ofHours(30));
        Path summary = folder.resolve("state/acme/runs/20261121T080000Z-7f3a91/run_summary.json");
        Files.createDirectories(summary.getParent());
        Files.write(summary, Json.PRETTY.writeValueAsBytes(Summaries.unchanged(clock)));
        clock.pass(Duration.ofHours(30));
        assertThat(watch.look("acme")).isEmpty();
        clock.pass(Duration.ofHours(7));

        assertThat(watch.look("acme")).extracting(Notice::topic).containsExactly(Notice.Topic.STALE);
    }

    private Sealed seal() throws Exception {
        Path tree = Files.createTempDirectory(folder, "tree");
        Files.writeString(tree.resolve("page.json"), clock.instant().toString());
        return new Sealer(vaults.spool("acme"), vaults.signingKey(), List.of())
                .seal(
                        RunId.create(clock, RandomGenerator.getDefault()),
                        tree,
                        new Facts("accepted", true, Map.of("pages", 1L), "test"),
                        path -> Note.NONE);
    }

    private void deliver(Sealed sealed, String... destinations) throws Exception {
        for (String destination : destinations) {
            vaults.spool("acme").delivered(destination, sealed.id());
        }
    }
}
