package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.RequestMinimum;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.TruthOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is asked for twice: a full read stays at the least that Notion's API allows, and an unchanged workspace costs next to nothing. */
class RequestCountTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}, {1} pages")
    @CsvSource({"1, 60", "2, 240", "3, 600"})
    void a_sweep_stays_within_five_percent_of_the_least_that_is_possible(long seed, int pages) throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(seed, pages);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
            long minimum = RequestMinimum.of(workspace, Behaviour.standard(), TruthOptions.complete());
            assertThat(summary.requests())
                    .as(lab.notion().requests().counts() + " against "
                            + RequestMinimum.byKind(workspace, Behaviour.standard(), TruthOptions.complete()))
                    .isLessThanOrEqualTo((long) (minimum * 1.05));
            // The one exception is the look, once the walk is over, for what was edited meanwhile.
            assertThat(lab.notion().requests().repeated())
                    .allMatch(repeat -> repeat.kind().equals("search") && repeat.times() == 2);
        }
    }

    @Test
    void an_unchanged_workspace_costs_about_two_requests_a_data_source() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 271);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            lab.backup();
            lab.notion().requests().reset();

            RunSummary second = lab.backup("changed");

            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.requests())
                    .as(lab.notion().requests().counts().toString())
                    .isLessThanOrEqualTo(3L * workspace.dataSources().size() + 20);
        }
    }

    @Test
    void a_quick_look_at_an_unchanged_workspace_takes_three_requests_and_makes_no_snapshot() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(6, 271), Behaviour.standard())) {
            lab.backup();
            int snapshots = lab.vault().snapshots().size();

            RunSummary quick = lab.backup("quick");

            assertThat(quick.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(quick.requests()).isLessThanOrEqualTo(3);
            assertThat(lab.vault().snapshots()).hasSize(snapshots);
        }
    }
}
