package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.collect.RequestEstimate;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.notion.AccessRefusedException;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a dry run says about requests, against the requests that are really made. */
class ForecastTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}, {1} pages, comments {2}, Markdown {3}")
    @CsvSource({"1, 60, page, false", "2, 240, page, true", "3, 600, none, false", "4, 120, block, false"})
    void after_a_run_the_next_sweep_is_foretold_within_ten_percent(
            long seed, int pages, String comments, boolean markdown) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(seed, pages), Behaviour.standard())
                .with("saddlebag.workspace.acme.comments", comments)
                .with("saddlebag.workspace.acme.page-markdown", Boolean.toString(markdown))) {
            lab.backup();
            RequestEstimate foretold =
                    lab.flow().forecast(Lab.WORKSPACE, Optional.of(Depth.SWEEP)).estimate();
            lab.notion().requests().reset();

            RunSummary sweep = lab.backup("sweep");

            assertThat(foretold.total())
                    .as(foretold.requests() + " against "
                            + lab.notion().requests().counts())
                    .isCloseTo(sweep.requests(), Percentage.withPercentage(10));
            assertThat(foretold.requests().getOrDefault(RequestEstimate.Purpose.COMMENTS, 0L))
                    .isCloseTo((long) lab.notion().requests().count("comments"), Percentage.withPercentage(5));
            assertThat(foretold.requests().getOrDefault(RequestEstimate.Purpose.MARKDOWN, 0L))
                    .isCloseTo((long) lab.notion().requests().count("markdown"), Percentage.withPercentage(5));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Depth.class,
            names = {"CHANGED", "QUICK"})
    void after_a_run_the_lesser_depths_are_foretold_within_a_quarter(Depth depth) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(5, 271), Behaviour.standard())) {
            lab.backup();
            Forecast forecast = lab.flow().forecast(Lab.WORKSPACE, Optional.of(depth));

            RunSummary next = lab.backup(depth.word());

            assertThat(forecast.depth()).isEqualTo(depth);
            assertThat(forecast.estimate().total())
                    .as(forecast.estimate().requests() + " against "
                            + lab.notion().requests().counts())
                    .isCloseTo(next.requests(), Percentage.withPercentage(25));
            assertThat(forecast.estimates()).containsOnlyKeys(Depth.values());
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} pages")
    @CsvSource({"1, 60", "2, 240", "3, 600"})
    void the_first_run_is_foretold_within_half_and_double(long seed, int pages) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(seed, pages), Behaviour.standard())) {
            Forecast forecast = lab.flow().forecast(Lab.WORKSPACE, Optional.empty());

            RunSummary first = lab.backup();

            assertThat(forecast.depth()).isEqualTo(Depth.SWEEP);
            assertThat(forecast.why()).contains("There is no snapshot yet");
            assertThat(forecast.basis().snapshot()).isEmpty();
            assertThat(forecast.estimate().total())
                    .as(forecast.estimate().requests().toString())
                    .isBetween(first.requests() / 2, first.requests() * 2);
        }
    }

    @Test
    void what_search_shows_edited_is_counted() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(6, 120);
        try (Lab lab = new Lab(folder, workspace, Behaviour.standard())) {
            lab.backup();
            Forecast before = lab.flow().forecast(Lab.WORKSPACE, Optional.of(Depth.QUICK));
            workspace.editTitle(
                    workspace.standalonePages().get(1), "Another title", SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME);

            Forecast after = lab.flow().forecast(Lab.WORKSPACE, Optional.of(Depth.QUICK));

            assertThat(after.basis().edited()).isEqualTo(before.basis().edited() + 1);
            assertThat(after.estimate().total()).isGreaterThan(before.estimate().total());
        }
    }

    @Test
    void only_search_is_asked_and_nothing_is_written() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(7, 120), Behaviour.standard())) {
            lab.flow().forecast(Lab.WORKSPACE, Optional.empty());
            assertThat(lab.state()).doesNotExist();

            lab.backup();
            lab.notion().requests().reset();
            Map<String, String> before = files(folder);
            for (Depth depth : Depth.values()) {
                lab.flow().forecast(Lab.WORKSPACE, Optional.of(depth));
            }

            assertThat(files(folder)).isEqualTo(before);
            assertThat(lab.notion().requests().counts()).containsOnlyKeys("search");
            assertThat(lab.notion().requests().files()).isZero();
        }
    }

    @Test
    void what_is_to_be_collected_by_now_counts() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(8, 120), Behaviour.standard())) {
            lab.backup();
            lab.restart("saddlebag.workspace.acme.comments", "block");

            Forecast forecast = lab.flow().forecast(Lab.WORKSPACE, Optional.of(Depth.CHANGED));

            assertThat(forecast.depth()).isEqualTo(Depth.SWEEP);
            assertThat(forecast.why()).contains("What is to be collected was changed");
            assertThat(forecast.estimate().total())
                    .isCloseTo(lab.backup("sweep").requests(), Percentage.withPercentage(10));
        }
    }

    @Test
    void a_refused_token_is_no_estimate() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(9, 20), Behaviour.standard())
                .with("saddlebag.workspace.acme.token", "ntn_of-somebody-else")) {
            assertThatThrownBy(() -> lab.flow().forecast(Lab.WORKSPACE, Optional.empty()))
                    .isInstanceOf(AccessRefusedException.class)
                    .hasMessageContaining("401");
        }
    }

    @Test
    void a_forecast_needs_no_run_to_be_over() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(10, 60), Behaviour.standard())) {
            lab.backup();
            lab.notion()
                    .onRequest(
                            call -> call.path().startsWith("/v1/blocks/"),
                            () -> assertThat(foretell(lab)).isPositive());
            assertThat(lab.backup("sweep").outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    private static long foretell(Lab lab) {
        try {
            return lab.flow()
                    .forecast(Lab.WORKSPACE, Optional.empty())
                    .estimate()
                    .total();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    /** Every file with its size and the time of its last change. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                found.put(path.toString(), Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
        }
        return found;
    }
}
