package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every stored file has its turn in time, and no day reads much more than its share (facts/vault-study.md §4.8). */
class ReadTimesTest {
    private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static final Path NOTHING_YET = Path.of("no-such-file");

    @Property(tries = 60)
    void each_file_is_read_within_the_cycle_though_files_come_and_go_and_days_are_missed(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int days) throws Exception {
        var random = new Random(seed);
        var times = ReadTimes.at(NOTHING_YET);
        var cycle = Duration.ofDays(days);
        var sizes = new TreeMap<String, Long>();
        Map<String, Instant> read = new HashMap<>();
        var now = START;
        for (int day = 0; day < 3 * days; day++) {
            var missed = random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
            now = now.plus(DAY.multipliedBy(1 + missed)).plusSeconds(random.nextInt(600) - 300L);
            var step = DAY.multipliedBy(1 + missed).plusSeconds(600);
            for (int file = random.nextInt(day == 0 ? 60 : 4); file > 0; file--) {
                var name = "data/%s-%06x-p%04d.zip".formatted(RunId.stamp(now), day, file);
                sizes.put(name, 1L + random.nextInt(1000));
                read.put(name, now);
            }
            if (random.nextInt(5) == 0) {
                sizes.keySet().removeIf(name -> random.nextInt(10) == 0);
            }

            var due = times.due(sizes, cycle, now);

            times.note(due, Set.of(), sizes.keySet(), now);
            for (var name : due) {
                read.put(name, now);
            }
            for (var name : sizes.keySet()) {
                assertThat(Duration.between(read.get(name), now))
                        .as("%s on day %s", name, day)
                        .isLessThanOrEqualTo(cycle.plus(step));
            }
        }
    }

    @Example
    void a_day_reads_about_its_share_and_those_first_that_waited_longest() throws Exception {
        var times = ReadTimes.at(NOTHING_YET);
        var sizes = files(300, 100);
        var now = START;
        Map<String, Integer> turns = new HashMap<>();
        for (int day = 0; day < 60; day++) {
            now = now.plus(DAY);
            var due = times.due(sizes, Duration.ofDays(30), now);
            assertThat(due).as("day %s", day).hasSizeBetween(10, 11);
            due.forEach(name -> turns.merge(name, 1, Integer::sum));
            times.note(due, Set.of(), sizes.keySet(), now);
        }
        assertThat(turns).hasSize(300);
        assertThat(turns.values()).allMatch(count -> count == 2 || count == 3);
    }

    @Example
    void after_days_without_a_turn_as_much_more_is_read() throws Exception {
        var times = ReadTimes.at(NOTHING_YET);
        var sizes = files(300, 100);
        times.note(times.due(sizes, Duration.ofDays(30), START), Set.of(), sizes.keySet(), START);

        assertThat(times.due(sizes, Duration.ofDays(30), START.plus(Duration.ofDays(6))))
                .hasSizeBetween(60, 75);
    }

    @Example
    void what_is_damaged_is_read_each_time_and_takes_nobodys_turn() throws Exception {
        var times = ReadTimes.at(NOTHING_YET);
        var sizes = files(30, 100);
        var first = times.due(sizes, Duration.ofDays(30), START);
        times.note(Set.of(), first, sizes.keySet(), START);

        var second = times.due(sizes, Duration.ofDays(30), START.plus(DAY));

        assertThat(second).containsAll(first).hasSizeGreaterThan(first.size());
        times.note(second, Set.of(), sizes.keySet(), START.plus(DAY));
        assertThat(times.due(sizes, Duration.ofDays(30), START.plus(DAY.multipliedBy(2))))
                .doesNotContainAnyElementsOf(first);
    }

    @Example
    void it_comes_back_from_its_file_and_a_torn_one_begins_anew() throws Exception {
        var folder = Files.createTempDirectory("saddlebag-times-");
        var file = folder.resolve("kept/vault.json");
        var times = ReadTimes.at(file);
        var sizes = files(30, 100);
        var due = times.due(sizes, Duration.ofDays(3), START);
        times.note(due, List.of(), sizes.keySet(), START);
        times.save();
        var later = START.plus(DAY);

        assertThat(ReadTimes.at(file).due(sizes, Duration.ofDays(3), later))
                .isEqualTo(times.due(sizes, Duration.ofDays(3), later))
                .doesNotContainAnyElementsOf(due);
        Files.writeString(file, Files.readString(file).substring(0, 40));
        assertThat(ReadTimes.at(file).due(sizes, Duration.ofDays(3), later)).isNotEmpty();
        Workshop.erase(folder);
    }

    @Example
    void a_clock_that_went_back_makes_nothing_wait_for_the_future() throws Exception {
        var times = ReadTimes.at(NOTHING_YET);
        var sizes = files(30, 100);
        var future = START.plus(Duration.ofDays(1000));
        times.note(sizes.keySet(), Set.of(), sizes.keySet(), future);
        Set<String> read = new java.util.HashSet<>();
        for (int day = 0; day < 31; day++) {
            var now = START.plus(DAY.multipliedBy(day));
            var due = times.due(sizes, Duration.ofDays(30), now);
            times.note(due, Set.of(), sizes.keySet(), now);
            read.addAll(due);
        }
        assertThat(read).isEqualTo(sizes.keySet());
    }

    private static NavigableMap<String, Long> files(int count, long size) {
        var sizes = new TreeMap<String, Long>();
        for (int file = 0; file < count; file++) {
            sizes.put("data/20250101T000000Z-7f3a91-p%04d.zip".formatted(file), size);
        }
        return sizes;
    }
}
