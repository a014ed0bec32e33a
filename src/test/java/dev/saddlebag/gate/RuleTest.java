package dev.saddlebag.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.snapshot.Counts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule has a name, a limit and a sentence with the numbers in it. */
class RuleTest {
    private static final String RUN = "20261119T020005Z-7f3a91";

    @Test
    void the_names_are_those_of_the_settings() {
        assertThat(List.of(Rule.values()))
                .extracting(Rule::setting)
                .containsExactly("minimum-pages", "minimum-databases", "maximum-drop-percent", "maximum-gaps");
    }

    @Test
    void fewer_pages_than_the_minimum_break_the_rule() {
        assertThat(Rule.MINIMUM_PAGES.broken(first(counts(5, 0, 0)), limit("5")))
                .isEmpty();
        assertThat(Rule.MINIMUM_PAGES.broken(first(counts(4, 9, 9)), limit("5")))
                .containsExactly("4 pages were collected; 5 is the least.");
    }

    @Test
    void fewer_databases_than_the_minimum_break_the_rule() {
        assertThat(Rule.MINIMUM_DATABASES.broken(first(counts(9, 2, 9)), limit("2")))
                .isEmpty();
        assertThat(Rule.MINIMUM_DATABASES.broken(first(counts(9, 1, 9)), limit("2")))
                .containsExactly("1 databases were collected; 2 is the least.");
    }

    @ParameterizedTest
    @CsvSource({"100, 70, true", "100, 69, false", "10, 7, true", "10, 6, false", "1, 0, false", "0, 0, true"})
    void a_drop_up_to_the_limit_is_tolerated(long before, long now, boolean tolerated) {
        assertThat(Rule.MAXIMUM_DROP_PERCENT
                        .broken(next(counts(before, 0, 0), counts(now, 0, 0)), limit("30"))
                        .isEmpty())
                .isEqualTo(tolerated);
    }

    @Test
    void pages_databases_and_files_are_counted_each_for_themselves() {
        var before = counts(100, 20, 1000);

        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(before, counts(50, 20, 1000)), limit("30")))
                .containsExactly("50 pages are left of 100 in " + RUN + ", which is 50 % fewer; 30 % are tolerated.");
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(before, counts(100, 0, 1000)), limit("30")))
                .containsExactly(
                        "0 databases are left of 20 in " + RUN + ", which is 100 % fewer; 30 % are tolerated.");
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(before, counts(100, 20, 600)), limit("30")))
                .containsExactly("600 files are left of 1000 in " + RUN + ", which is 40 % fewer; 30 % are tolerated.");
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(before, counts(0, 0, 0)), limit("30")))
                .hasSize(3);
    }

    @Test
    void growth_and_what_was_never_there_break_nothing() {
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(counts(5, 0, 0), counts(500, 10, 10)), limit("0")))
                .isEmpty();
    }

    @Test
    void the_numbers_in_a_sentence_about_a_drop_do_not_contradict_its_limit() {
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(counts(1000, 0, 0), counts(699, 0, 0)), limit("30")))
                .containsExactly(
                        "699 pages are left of 1000 in " + RUN + ", which is 30.1 % fewer; 30 % are tolerated.");
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(next(counts(100_000, 0, 0), counts(69_999, 0, 0)), limit("30")))
                .containsExactly(
                        "69999 pages are left of 100000 in " + RUN + ", which is 30.1 % fewer; 30 % are tolerated.");
    }

    @Test
    void a_first_snapshot_is_compared_with_nothing() {
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(first(counts(0, 0, 0)), limit("0")))
                .isEmpty();
    }

    @Test
    void a_limit_may_be_a_fraction() {
        var half = next(counts(1000, 0, 0), counts(995, 0, 0));

        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(half, limit("0.5"))).isEmpty();
        assertThat(Rule.MAXIMUM_DROP_PERCENT.broken(half, limit("0.4")))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("which is 0.5 % fewer; 0.4 % are tolerated.");
    }

    @Test
    void more_gaps_than_tolerated_break_the_rule() {
        assertThat(Rule.MAXIMUM_GAPS.broken(new Measurement(counts(9, 9, 9), 3, Optional.empty()), limit("3")))
                .isEmpty();
        assertThat(Rule.MAXIMUM_GAPS.broken(new Measurement(counts(9, 9, 9), 4, Optional.empty()), limit("3")))
                .containsExactly("4 objects or files could not be collected; 3 are tolerated.");
    }

    @Test
    void a_verdict_names_every_broken_rule_with_its_sentence() {
        var limits = Map.of(
                "minimum-pages", limit("5"),
                "minimum-databases", limit("0"),
                "maximum-drop-percent", limit("30"),
                "maximum-gaps", limit("0"));
        var measured = new Measurement(counts(2, 0, 0), 1, Optional.of(new Baseline(RUN, counts(10, 0, 0))));

        Verdict verdict = Gate.judge(measured, false, limits);

        assertThat(verdict.held()).isTrue();
        assertThat(verdict.word()).isEqualTo("held");
        assertThat(verdict.findings())
                .extracting(Verdict.Finding::rule)
                .containsExactly("minimum-pages", "maximum-drop-percent", "maximum-gaps");
        assertThat(verdict.sentence())
                .isEqualTo("2 pages were collected; 5 is the least. 2 pages are left of 10 in " + RUN
                        + ", which is 80 % fewer; 30 % are tolerated. 1 objects or files could not be collected;"
                        + " 0 are tolerated.");
    }

    private static Measurement first(Counts counts) {
        return new Measurement(counts, 0, Optional.empty());
    }

    private static Measurement next(Counts before, Counts now) {
        return new Measurement(now, 0, Optional.of(new Baseline(RUN, before)));
    }

    private static Counts counts(long pages, long databases, long files) {
        return new Counts(pages, databases, databases, databases * 2, pages * 10, pages, files, files * 100);
    }

    private static BigDecimal limit(String limit) {
        return new BigDecimal(limit);
    }
}
