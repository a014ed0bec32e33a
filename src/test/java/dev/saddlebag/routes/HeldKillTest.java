package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.gate.Held;
import dev.saddlebag.gate.Verdicts;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment while a run is held or accepted loses nothing and does nothing twice. By default some
 * of the moments are tried, beginning with another one each day; with the profile heavy all are.
 */
class HeldKillTest {
    @TempDir
    Path folder;

    private Lab lab;
    private Moments moments;
    private String good;

    @BeforeEach
    void aGoodRunAndALoss() throws Exception {
        lab = new Lab(folder.resolve("lab"), SampleWorkspace.of(1, 30), Behaviour.standard());
        lab.with("saddlebag.workspace.acme.depth", "sweep");
        good = lab.backup().run();
        List<String> databases = lab.notion().workspace().databases();
        databases.forEach(database -> lab.notion().workspace().deleteDatabase(database));
        moments = new Moments(folder.resolve("lab"), List.of("state", "vault"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_run_that_is_killed_while_it_is_put_aside_is_held_whole_or_judged_again() throws Exception {
        String killed = watched(flow -> flow.backup(Lab.WORKSPACE)).run();
        List<Path> left = moments.all().stream()
                .filter(moment -> Files.exists(moment.resolve("state/acme/held"))
                        || Files.exists(moment.resolve("state/acme/staging/verdict.json"))
                        || Files.exists(moment.resolve("state/acme/staging/tree/trash.jsonl")))
                .toList();
        assertThat(left).as("moments of putting a run aside").hasSizeGreaterThan(5);
        int aside = 0;

        for (Path moment : some(left)) {
            goBackTo(moment);
            boolean isHeld = held().contains(killed);
            aside += isHeld ? 1 : 0;

            RunSummary next = lab.backup();

            assertThat(next.outcome()).as("%s: %s", moment, next.sentence()).isEqualTo(Outcome.HELD);
            assertThat(next.verdict().baseline()).isEqualTo(good);
            // What was under way goes on; what was aside stays beside the new run. Both may have begun in one second.
            assertThat(held())
                    .as("%s", moment)
                    .containsExactlyInAnyOrderElementsOf(isHeld ? List.of(next.run(), killed) : List.of(killed));
            assertThat(snapshots()).containsExactly(good);
            assertThat(new Held(lab.state(), Lab.WORKSPACE).verdict(RunId.parse(killed)))
                    .get()
                    .matches(verdict -> verdict.held());
            assertThat(lab.staging()).doesNotExist();

            assertThat(lab.flow().acceptHeld(Lab.WORKSPACE, killed, "").outcome())
                    .as("%s", moment)
                    .isEqualTo(Outcome.COMPLETE);
            assertThat(snapshots()).containsExactly(good, killed);
        }
        assertThat(aside).isBetween(1, some(left).size() - 1);
    }

    @Test
    void an_acceptance_that_is_killed_is_finished_by_the_same_command() throws Exception {
        String held = lab.backup().run();
        watched(flow -> flow.acceptHeld(Lab.WORKSPACE, held, "The list was done with."));
        List<Path> left = moments.all();
        assertThat(left).as("moments of an acceptance").hasSizeGreaterThan(20);

        for (Path moment : some(left)) {
            goBackTo(moment);

            RunSummary accepted = lab.flow().acceptHeld(Lab.WORKSPACE, held, "The list was done with.");

            assertThat(accepted.outcome())
                    .as("%s: %s", moment, accepted.sentence())
                    .isEqualTo(Outcome.COMPLETE);
            assertThat(snapshots()).as("%s", moment).containsExactly(good, held);
            assertThat(held()).as("%s", moment).isEmpty();
            assertThat(new Verdicts(lab.state(), Lab.WORKSPACE)
                            .of(held)
                            .orElseThrow()
                            .words())
                    .isEqualTo("accepted by hand");
            RunSummary next = lab.backup();
            assertThat(next.outcome()).as("%s: %s", moment, next.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(next.verdict().baseline()).as("%s", moment).isEqualTo(held);
        }
    }

    @Test
    void the_run_after_an_acceptance_that_was_killed_is_judged_by_what_was_accepted_until_then() throws Exception {
        String held = lab.backup().run();
        watched(flow -> flow.acceptHeld(Lab.WORKSPACE, held, ""));
        int sealed = 0;

        for (Path moment : some(moments.all())) {
            goBackTo(moment);

            RunSummary next = lab.backup();

            if (next.outcome() == Outcome.COMPLETE) {
                sealed++;
                assertThat(next.verdict().baseline()).as("%s", moment).isEqualTo(held);
                assertThat(snapshots()).as("%s", moment).containsExactly(good, held, next.run());
                assertThat(held()).as("%s", moment).isEmpty();
            } else {
                assertThat(next.outcome()).as("%s: %s", moment, next.sentence()).isEqualTo(Outcome.HELD);
                assertThat(next.verdict().baseline()).as("%s", moment).isEqualTo(good);
                assertThat(snapshots()).as("%s", moment).containsExactly(good);
                assertThat(held()).as("%s", moment).containsExactlyInAnyOrder(next.run(), held);
                assertThat(lab.flow().acceptHeld(Lab.WORKSPACE, held, "").outcome())
                        .as("%s", moment)
                        .isEqualTo(Outcome.COMPLETE);
                assertThat(snapshots()).as("%s", moment).containsExactly(good, held);
            }
        }
        assertThat(sealed).isBetween(1, some(moments.all()).size() - 1);
    }

    /** The first, the last, and what lies between as far as there is time. */
    private static List<Path> some(List<Path> all) {
        int step = Boolean.getBoolean("saddlebag.scale") ? 1 : 5;
        int offset = (int) (LocalDate.now(ZoneOffset.UTC).toEpochDay() % step);
        return IntStream.range(0, all.size())
                .filter(i -> i == 0 || i == all.size() - 1 || i % step == offset)
                .mapToObj(all::get)
                .toList();
    }

    /** What is done by routes whose disk is watched. */
    @FunctionalInterface
    private interface Doing {
        RunSummary with(Flow flow) throws Exception;
    }

    private RunSummary watched(Doing doing) throws Exception {
        lab.restart("saddlebag.workspace.acme.gate.keep-held", "9");
        Settings plain = Settings.load(lab.configuration(), lab.environment(), lab.overrides());
        Settings settings = new Settings(
                plain.notion(),
                moments.path("state"),
                plain.routesDirectory(),
                plain.simulator(),
                plain.workspaces(),
                plain.destinations(),
                plain.channels(),
                plain.placeholders());
        try (Flow flow = Flow.start(settings, lab.configuration(), lab.overrides(), Flow.Timers.OFF)) {
            moments.record(true);
            RunSummary summary = doing.with(flow);
            moments.record(false);
            return summary;
        }
    }

    private void goBackTo(Path moment) throws IOException {
        lab.restart("saddlebag.workspace.acme.gate.keep-held", "9");
        moments.goBackTo(moment);
    }

    private List<String> held() throws IOException {
        return new Held(lab.state(), Lab.WORKSPACE)
                .runs().stream().map(RunId::value).toList();
    }

    private List<String> snapshots() throws Exception {
        return lab.vault().snapshots().stream()
                .map(Snapshot::id)
                .map(RunId::value)
                .sorted()
                .toList();
    }
}
