package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is killed while it waits for an export, or while it fetches one, goes on with it and orders no other. */
class ExportResumeTest {
    @TempDir
    Path folder;

    private Lab lab() throws IOException {
        return new Lab(folder, SampleWorkspace.of(5, 12), Behaviour.standard()).exporting("export");
    }

    private static void killWhen(Lab lab, Callable<Boolean> reached) throws Exception {
        try (BackupProcess process = BackupProcess.start(lab)) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> reached.call() || !process.isAlive());
            process.kill();
            process.awaitKill();
        }
    }

    @Test
    void one_that_is_killed_while_it_waits_goes_on_waiting() throws Exception {
        try (Lab lab = lab();
                ExportRig rig = new ExportRig(lab)) {
            rig.notion().life(rig.notion().life().withPolls(40));
            lab.with("notion.export.poll-interval", "PT0.2S");

            killWhen(lab, () -> rig.notion().count("getTasks") >= 3);
            killWhen(lab, () -> rig.notion().count("getTasks") >= 6);
            lab.with("notion.export.poll-interval", "PT0.01S");
            rig.fetch();

            assertThat(rig.notion().taskIds()).hasSize(1);
            assertThat(rig.hasArchives(1)).isTrue();
        }
    }

    @Test
    void one_that_is_killed_while_it_fetches_goes_on_fetching() throws Exception {
        try (Lab lab = lab();
                ExportRig rig = new ExportRig(lab)) {
            rig.notion().play(ExportScenario.DOWNLOAD_CUT);
            lab.with("notion.api.retry-delay", "60000");
            Path part = lab.staging().resolve("export-download").resolve("001.zip.part");

            killWhen(lab, () -> rig.notion().count("download") == 1 && Files.exists(part) && Files.size(part) > 1000);
            long fetched = Files.size(part);
            lab.with("notion.api.retry-delay", "1");
            rig.fetch();

            assertThat(rig.notion().taskIds()).hasSize(1);
            assertThat(rig.hasArchives(1)).isTrue();
            // The cookie that the killed process had got is nowhere; the next one asks for the link again, and gets one
            // with it.
            assertThat(rig.notion().seen())
                    .filteredOn(seen -> seen.call().equals("download"))
                    .anyMatch(seen -> seen.status() == 206
                            && ("bytes=" + fetched + "-").equals(seen.headers().get("range")));
        }
    }

    @Test
    void one_that_has_all_its_archives_asks_notion_for_nothing() throws Exception {
        try (Lab lab = lab();
                ExportRig rig = new ExportRig(lab)) {
            rig.fetch();
            int asked = rig.notion().seen().size();
            rig.restart();

            rig.fetch();

            assertThat(rig.notion().seen()).hasSize(asked);
            assertThat(rig.hasArchives(1)).isTrue();
        }
    }

    /** What a run of an export goes through. */
    private enum Phase {
        WAITING,
        FETCHING,
        UNPACKING,
        BUILDING,
        BEFORE_THE_GATE;

        /** Makes the phase last long enough to be met. */
        void prolong(Lab lab) {
            dev.saddlebag.simulator.Exports notion = lab.notion().exports();
            if (this == WAITING) {
                notion.life(notion.life().withPolls(20));
                lab.with("notion.export.poll-interval", "PT0.2S");
            } else if (this == FETCHING) {
                notion.play(ExportScenario.DOWNLOAD_CUT);
                lab.with("notion.api.retry-delay", "60000");
            }
        }

        boolean isReached(Lab lab) {
            Path staging = lab.staging();
            return switch (this) {
                case WAITING -> lab.notion().exports().count("getTasks") >= 3;
                case FETCHING -> Files.exists(staging.resolve("export-download/001.zip.part"));
                case UNPACKING -> Files.exists(staging.resolve("temporary/unpacking"));
                case BUILDING -> Files.exists(staging.resolve("tree/pages"));
                case BEFORE_THE_GATE -> Files.exists(staging.resolve("tree/ledger.jsonl"));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void wherever_a_run_is_killed_it_orders_no_other_export_and_ends_as_a_quiet_one(Phase phase) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(5, 120), Behaviour.standard()).exporting("export")) {
            phase.prolong(lab);
            killWhen(lab, () -> phase.isReached(lab));
            assertThat(lab.staging().resolve("run.json")).exists();
            lab.with("notion.export.poll-interval", "PT0.01S").with("notion.api.retry-delay", "1");

            RunSummary goneOn = lab.backup();

            assertThat(goneOn.outcome()).as(goneOn.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(lab.notion().exports().taskIds()).hasSize(1);
            ExportedSnapshot broken = ExportedSnapshot.at(lab.export("broken"));
            RunSummary quiet = lab.backup();
            ExportedSnapshot whole = ExportedSnapshot.at(lab.export("whole"));
            assertThat(lab.notion().exports().taskIds()).hasSize(2);
            Exports.assertSame(broken.content(), whole.content());
            SortedMap<String, String> originals = broken.hashes("export");
            SortedMap<String, String> expected = whole.hashes("export");
            // Each archive says its own name there.
            assertThat(originals.remove("export/index.html")).isNotNull();
            assertThat(expected.remove("export/index.html")).isNotNull();
            Exports.assertSame(originals, expected);
            assertThat(goneOn.counts()).isEqualTo(quiet.counts());
            assertThat(goneOn.gaps()).isEqualTo(quiet.gaps());
        }
    }
}
