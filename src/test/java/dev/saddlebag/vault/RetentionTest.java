package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What stays in a vault, and for how long (facts/vault-study.md §4.7). */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Retention USUAL = new Retention(3, Duration.ofDays(14), 7, 5, 12, 3);
    private static final Retention LAST_ONE = new Retention(1, Duration.ZERO, 0, 0, 0, 0);

    @Example
    void three_years_of_daily_snapshots_come_down_to_a_few() {
        var all = daily(1100, NOW);

        var kept = USUAL.kept(all, List.of(), NOW);

        assertThat(kept).contains(all.last()).hasSizeLessThan(14 + 1 + 5 + 12 + 3);
        assertThat(days(kept))
                .as("each day within two weeks")
                .contains("2026-11-20", "2026-11-19", "2026-11-07")
                .as("the last of each week, a Sunday")
                .contains("2026-11-01", "2026-10-25")
                .as("the last of each month")
                .contains("2026-10-31", "2026-09-30", "2025-12-31")
                .as("the last of each year")
                .contains("2024-12-31")
                .as("nothing else")
                .doesNotContain("2026-11-05", "2026-09-29", "2023-12-31");
    }

    @Example
    void each_rule_keeps_alone_what_it_says() {
        var all = daily(800, NOW);

        assertThat(days(LAST_ONE.kept(all, List.of(), NOW))).containsExactly("2026-11-20");
        assertThat(days(rule(0, 3, 0, 0, 0).kept(all, List.of(), NOW)))
                .containsExactly("2026-11-18", "2026-11-19", "2026-11-20");
        assertThat(days(rule(0, 0, 3, 0, 0).kept(all, List.of(), NOW)))
                .containsExactly("2026-11-08", "2026-11-15", "2026-11-20");
        assertThat(days(rule(0, 0, 0, 3, 0).kept(all, List.of(), NOW)))
                .containsExactly("2026-09-30", "2026-10-31", "2026-11-20");
        assertThat(days(rule(0, 0, 0, 0, 2).kept(all, List.of(), NOW))).containsExactly("2025-12-31", "2026-11-20");
        assertThat(rule(2, 0, 0, 0, 0).kept(all, List.of(), NOW)).hasSize(2);
    }

    @Example
    void of_several_runs_of_a_day_the_last_one_is_the_daily_one() {
        var runs = List.of(
                RunId.parse("20261118T020000Z-000001"),
                RunId.parse("20261118T140000Z-000002"),
                RunId.parse("20261119T020000Z-000003"),
                RunId.parse("20261119T140000Z-000004"));

        assertThat(rule(0, 2, 0, 0, 0).kept(runs, List.of(), NOW)).containsExactly(runs.get(1), runs.get(3));
    }

    @Example
    void a_partial_snapshot_satisfies_no_rule_and_stays_until_a_complete_one_follows() {
        var complete = RunId.parse("20261118T020000Z-000001");
        var earlier = RunId.parse("20261117T020000Z-000002");
        var later = RunId.parse("20261119T020000Z-000003");

        assertThat(USUAL.kept(List.of(complete), List.of(earlier, later), NOW)).containsExactly(complete, later);
        assertThat(USUAL.kept(List.of(), List.of(earlier, later), NOW)).containsExactly(earlier, later);
    }

    @Property(tries = 200)
    void the_newest_complete_one_always_stays(@ForAll("runs") Set<RunId> runs, @ForAll("rules") Retention rules) {
        var past = new TreeSet<>(runs);
        past.removeIf(run -> run.started().isAfter(NOW));
        if (!past.isEmpty()) {
            assertThat(rules.kept(runs, List.of(), NOW)).contains(past.last());
        }
    }

    @Property(tries = 200)
    void a_run_from_the_future_stays_and_changes_nothing_for_the_others(
            @ForAll("runs") Set<RunId> runs, @ForAll("rules") Retention rules) {
        var past =
                runs.stream().filter(run -> !run.started().isAfter(NOW)).collect(Collectors.toCollection(TreeSet::new));
        var future = new TreeSet<>(runs);
        future.removeAll(past);
        var expected = new TreeSet<>(rules.kept(past, List.of(), NOW));
        expected.addAll(future);

        assertThat(rules.kept(runs, List.of(), NOW)).isEqualTo(expected);
    }

    @Property(tries = 200)
    void what_was_kept_once_is_kept_again(@ForAll("runs") Set<RunId> runs, @ForAll("rules") Retention rules) {
        var kept = rules.kept(runs, List.of(), NOW);

        assertThat(rules.kept(kept, List.of(), NOW)).isEqualTo(kept);
    }

    @Property(tries = 50)
    void to_prune_every_day_comes_to_the_same_as_to_prune_once(
            @ForAll("runs") Set<RunId> runs, @ForAll("rules") Retention rules) {
        var daily = new TreeSet<RunId>();
        var arrived = new TreeSet<>(runs);
        arrived.removeIf(run -> run.started().isAfter(NOW));
        var once = rules.kept(arrived, List.of(), NOW);
        for (var day = NOW.minus(Duration.ofDays(900)); !day.isAfter(NOW); day = day.plus(Duration.ofDays(1))) {
            var today = day;
            while (!arrived.isEmpty() && !arrived.first().started().isAfter(today)) {
                daily.add(arrived.pollFirst());
            }
            daily.retainAll(rules.kept(daily, List.of(), today));
        }

        assertThat(daily).isEqualTo(once);
    }

    @Property(tries = 200)
    void a_more_generous_rule_never_keeps_less(@ForAll("runs") Set<RunId> runs, @ForAll("rules") Retention rules) {
        var generous = new Retention(
                rules.last() + 1,
                rules.within().plusDays(1),
                rules.daily() + 1,
                rules.weekly() + 1,
                rules.monthly() + 1,
                rules.yearly() + 1);

        assertThat(generous.kept(runs, List.of(), NOW)).containsAll(rules.kept(runs, List.of(), NOW));
    }

    @Property(tries = 200)
    void partial_ones_change_nothing_for_the_complete_ones(
            @ForAll("runs") Set<RunId> runs, @ForAll("runs") Set<RunId> partial, @ForAll("rules") Retention rules) {
        var others = new TreeSet<>(partial);
        others.removeAll(runs);
        var kept = rules.kept(runs, others, NOW);
        kept.removeAll(others);

        assertThat(kept).isEqualTo(rules.kept(runs, List.of(), NOW));
    }

    @Example
    void rules_that_might_keep_nothing_are_refused() {
        assertThatThrownBy(() -> new Retention(0, Duration.ofDays(1), 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(1, Duration.ofDays(-1), 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Runs of about three years, some of them in the days to come. */
    @Provide
    Arbitrary<Set<RunId>> runs() {
        return Arbitraries.integers()
                .between(-24 * 5, 24 * 880)
                .map(hours -> id(NOW.minus(Duration.ofHours(hours)), hours & 0xffffff))
                .set()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Retention> rules() {
        var few = Arbitraries.integers().between(0, 5);
        return Combinators.combine(few, few, few, few, few, few)
                .as((last, within, daily, weekly, monthly, yearly) ->
                        new Retention(last + 1, Duration.ofDays(within), daily, weekly, monthly, yearly));
    }

    private static Retention rule(int lastButOne, int daily, int weekly, int monthly, int yearly) {
        return new Retention(lastButOne == 0 ? 1 : lastButOne, Duration.ZERO, daily, weekly, monthly, yearly);
    }

    private static NavigableSet<RunId> daily(int days, Instant last) {
        var all = new TreeSet<RunId>();
        for (int day = 0; day < days; day++) {
            all.add(id(last.minus(Duration.ofDays(day)), day));
        }
        return all;
    }

    private static RunId id(Instant time, int random) {
        return RunId.parse("%s-%06x".formatted(RunId.stamp(time), random));
    }

    private static List<String> days(Collection<RunId> runs) {
        return runs.stream()
                .map(run -> run.started().atZone(ZoneOffset.UTC).toLocalDate().toString())
                .toList();
    }
}
