package dev.saddlebag.vault;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which snapshots a vault keeps; what one rule keeps, no other takes away (facts/vault-study.md §4.7). Days, weeks, months
 * and years are those of UTC, weeks begin on Monday, and of each the last complete snapshot counts. Only those that have
 * a snapshot are counted, so that nothing expires while nothing is backed up, but by {@code within}.
 *
 * @param last how many of the newest are kept, whatever their age; at least 1
 * @param within how long each is kept
 * @param daily for how many days one is kept
 * @param weekly for how many weeks one is kept
 * @param monthly for how many months one is kept
 * @param yearly for how many years one is kept
 */
public record Retention(int last, Duration within, int daily, int weekly, int monthly, int yearly) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when nothing at all might be kept, or a number is negative
     */
    public Retention {
        if (last < 1 || within.isNegative() || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
            throw new IllegalArgumentException(
                    "a vault keeps its newest snapshot, and no less than none of the others");
        }
    }

    /**
     * The snapshots that stay. A partial one satisfies no rule, and stays until a complete one follows it. One from the
     * future stays, and counts for nothing: either its clock or ours is wrong.
     */
    NavigableSet<RunId> kept(Collection<RunId> complete, Collection<RunId> partial, Instant now) {
        var past = new TreeSet<RunId>();
        var kept = new TreeSet<RunId>();
        for (var run : complete) {
            (run.started().isAfter(now) ? kept : past).add(run);
        }
        kept.addAll(newest(past, last, run -> run));
        past.stream().filter(run -> !run.started().isBefore(now.minus(within))).forEach(kept::add);
        kept.addAll(newest(past, daily, Retention::day));
        kept.addAll(newest(past, weekly, Retention::week));
        kept.addAll(newest(past, monthly, run -> YearMonth.from(day(run))));
        kept.addAll(newest(past, yearly, run -> Year.from(day(run))));
        for (var run : partial) {
            if (run.started().isAfter(now) || past.isEmpty() || run.compareTo(past.last()) > 0) {
                kept.add(run);
            }
        }
        return kept;
    }

    /** The last of each of the {@code count} newest periods that have any. */
    private static <P> NavigableSet<RunId> newest(NavigableSet<RunId> runs, int count, Function<RunId, P> period) {
        var newest = new TreeSet<RunId>();
        var seen = new HashSet<P>();
        for (var run : runs.descendingSet()) {
            if (seen.size() < count && seen.add(period.apply(run))) {
                newest.add(run);
            }
        }
        return newest;
    }

    private static LocalDate day(RunId run) {
        return run.started().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String week(RunId run) {
        var day = day(run);
        return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
