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

    @Test
    void next_to_nothing_of_the_budget_is_lost_while_there_is_work() throws Exception {
        var budget = new RequestBudget(180, MINUTE, now::get);
        long sent = 0;
        int minutes = 100;
        while (now.get() < MINUTE.toNanos() * minutes) {
            budget.acquire();
            sent++;
            now.addAndGet(Math.max(0, budget.waitNanos()));
        }

        assertThat(sent).isGreaterThanOrEqualTo(180 * minutes * 98 / 100);
    }

    @Test
    void a_pause_holds_everybody_until_it_is_over() throws Exception {
        var budget = new RequestBudget(100, MINUTE, now::get);
        var through = new AtomicInteger();
        budget.pause(Duration.ofHours(1));
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
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
}
