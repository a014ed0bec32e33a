package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notion counts in windows whose beginning nobody knows (facts/notion-api.md §4.1). Time is a number here. */
class RequestBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();

    @Test
    void a_burst_goes_through_at_once_and_the_next_request_waits_for_the_window() throws Exception {
        var budget = new RequestBudget(180, MINUTE, now::get);
        for (int i = 0; i < 180; i++) {
            assertThat(budget.waitNanos()).isNotPositive();
            budget.acquire();
        }

        assertThat(Duration.ofNanos(budget.waitNanos())).isBetween(MINUTE, MINUTE.plusSeconds(1));
    }

    @Test
    void each_request_frees_its_place_a_window_after_it_left() throws Exception {
        var budget = new RequestBudget(2, MINUTE, now::get);
        budget.acquire();
        now.addAndGet(Duration.ofSeconds(40).toNanos());
        budget.acquire();
        now.addAndGet(Duration.ofSeconds(21).toNanos());

        assertThat(budget.waitNanos()).isNotPositive();
        budget.acquire();
        assertThat(Duration.ofNanos(budget.waitNanos())).isCloseTo(Duration.ofSeconds(40), Duration.ofSeconds(1));
    }

    @Property(tries = 300)
    void no_window_of_notion_ever_overflows_wherever_it_begins(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int requests) throws Exception {
        var random = new Random(seed);
        // The clock of the JVM starts anywhere, and may run over.
        var clock = new AtomicLong(random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE - MINUTE.toNanos());
        long start = clock.get();
        var budget = new RequestBudget(requests, MINUTE, clock::get);
        List<Long> arrivals = new ArrayList<>();
        for (int i = 0; i < requests * 6; i++) {
            clock.addAndGet(Math.max(0, budget.waitNanos()));
            budget.acquire();
            long onTheWay = (long) (random.nextDouble() * 0.01 * MINUTE.toNanos());
            arrivals.add(clock.get() - start + onTheWay);
            if (random.nextInt(4) == 0) {
                clock.addAndGet((long) (random.nextDouble() * MINUTE.toNanos() / requests));
            }
        }

        arrivals.sort(null);
        // The fullest window begins with the arrival of a request.
        for (int first = 0; first + requests < arrivals.size(); first++) {
            assertThat(arrivals.get(first + requests) - arrivals.get(first))
                    .as("%d requests from number %d on", requests + 1, first)
                    .isGreaterThanOrEqualTo(MINUTE.toNanos());
        }
    }

    @ParameterizedTest(name = "{0} a minute, windows begin {1} s after the first request")
    @CsvSource({"180, 0", "180, 13.7", "180, 30", "180, 59.9", "600, 0", "600, 13.7", "600, 30", "600, 59.9"})
    void next_to_nothing_of_the_budget_is_lost_while_there_is_work(int requests, double offset) throws Exception {
        var budget = new RequestBudget(requests, MINUTE, now::get);
        var notion = new NotionWindows(requests, offset);
        int minutes = 100;
        while (now.get() < MINUTE.toNanos() * minutes) {
            budget.acquire();
            assertThat(notion.take(now.get())).isTrue();
            now.addAndGet(Math.max(0, budget.waitNanos()));
        }

        assertThat(notion.taken()).isGreaterThanOrEqualTo((long) requests * minutes * 98 / 100);
    }

    @Test
    void a_smaller_limit_counts_what_was_sent_before() throws Exception {
        var budget = new RequestBudget(5, MINUTE, now::get);
        for (int second = 1; second <= 5; second++) {
            budget.acquire();
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        budget.limitTo(2);

        // Of the five, sent at 0, 1, 2, 3 and 4 s, all but one must have left the window, which is 60.6 s long.
        assertThat(budget.limit()).isEqualTo(2);
        assertThat(Duration.ofNanos(budget.waitNanos())).isEqualTo(Duration.ofMillis(63_600 - 5_000));
    }

    @Test
    void a_larger_limit_counts_what_was_sent_before() throws Exception {
        var budget = new RequestBudget(2, MINUTE, now::get);
        budget.acquire();
        budget.acquire();

        budget.limitTo(3);
        assertThat(budget.waitNanos()).isNotPositive();
        budget.acquire();

        assertThat(Duration.ofNanos(budget.waitNanos())).isGreaterThan(MINUTE);
    }

    @Test
    void whoever_waits_goes_on_when_the_limit_grows() throws Exception {
        var budget = new RequestBudget(1, MINUTE, now::get);
        budget.acquire();
        var through = new AtomicInteger();
        List<Thread> askers = startAskers(4, budget, through);
        await().until(() -> askers.stream().allMatch(asker -> asker.getState() == Thread.State.TIMED_WAITING));

        budget.limitTo(4);

        await().untilAsserted(() -> assertThat(through).hasValue(3));
        budget.limitTo(5);
        await().untilAsserted(() -> assertThat(through).hasValue(4));
    }

    @Test
    void a_limit_that_changes_again_and_again_lets_never_more_through_than_its_largest_value() throws Exception {
        var budget = new RequestBudget(10, MINUTE, now::get);
        var through = new AtomicInteger();
        startAskers(20, budget, through);
        for (int i = 0; i < 1000; i++) {
            budget.limitTo(1 + i % 10);
        }
        budget.limitTo(10);

        await().untilAsserted(() -> assertThat(through).hasValue(10));
        assertThat(budget.waitNanos()).isPositive();
    }

    @Test
    void a_budget_that_is_used_up_keeps_nobody_waiting_who_uses_another() throws Exception {
        var first = new RequestBudget(3, MINUTE, now::get);
        var second = new RequestBudget(40, MINUTE, now::get);
        var throughFirst = new AtomicInteger();
        var throughSecond = new AtomicInteger();

        startAskers(6, first, throughFirst);
        startAskers(40, second, throughSecond);
        first.pause(Duration.ofHours(1));

        // Time stands still: whoever waited for the other would wait for ever.
        await().untilAsserted(() -> assertThat(throughSecond).hasValue(40));
        assertThat(throughFirst.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_pause_holds_everybody_until_it_is_over() throws Exception {
        var budget = new RequestBudget(100, MINUTE, now::get);
        var through = new AtomicInteger();
        budget.pause(Duration.ofHours(1));
        List<Thread> askers = startAskers(4, budget, through);
        await().until(() -> askers.stream().allMatch(asker -> asker.getState() == Thread.State.TIMED_WAITING));
        assertThat(through).hasValue(0);

        now.addAndGet(Duration.ofHours(1).toNanos());
        // Whoever says that there is nothing to wait for wakes the others.
        budget.pause(Duration.ZERO);

        await().untilAsserted(() -> assertThat(through).hasValue(4));
    }

    @Test
    void a_shorter_pause_does_not_end_a_longer_one() {
        var budget = new RequestBudget(100, MINUTE, now::get);
        budget.pause(Duration.ofSeconds(30));
        budget.pause(Duration.ofSeconds(2));
        assertThat(Duration.ofNanos(budget.waitNanos())).isEqualTo(Duration.ofSeconds(30));

        budget.pause(Duration.ofSeconds(45));
        assertThat(Duration.ofNanos(budget.waitNanos())).isEqualTo(Duration.ofSeconds(45));

        now.addAndGet(Duration.ofSeconds(45).toNanos());
        assertThat(budget.waitNanos()).isNotPositive();
    }

    @Test
    void a_pause_does_not_refill_the_window() throws Exception {
        var budget = new RequestBudget(1, MINUTE, now::get);
        budget.acquire();
        budget.pause(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(Duration.ofNanos(budget.waitNanos())).isGreaterThan(Duration.ofSeconds(58));
    }

    @Test
    void a_budget_of_nothing_is_refused() {
        assertThatThrownBy(() -> new RequestBudget(0, MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A budget of 0 requests lets nothing through");
    }

    private static List<Thread> startAskers(int number, RequestBudget budget, AtomicInteger through) {
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            var asker = new Thread(() -> {
                try {
                    budget.acquire();
                    through.incrementAndGet();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            asker.setDaemon(true);
            asker.start();
            askers.add(asker);
        }
        return askers;
    }
}
