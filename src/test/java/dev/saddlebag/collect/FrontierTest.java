package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.ObjectRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The walk through a workspace, as the Splitter sees it: an iterator that ends when nobody could add more. */
class FrontierTest {
    private final Ledger ledger = ledger();
    private final Frontier frontier = new Frontier(2, ledger);

    @Test
    void an_empty_frontier_is_at_its_end() {
        assertThat(frontier.hasNext()).isFalse();
        assertThat(frontier.next()).isNull();
    }

    @Test
    void an_object_comes_up_once_however_often_it_is_revealed() {
        assertThat(frontier.add(page(1))).isTrue();
        assertThat(frontier.add(page(1))).isFalse();
        assertThat(frontier.next()).isEqualTo(page(1));
        assertThat(frontier.add(page(1))).isFalse();
        frontier.done(page(1));
        assertThat(frontier.add(page(1))).isFalse();

        assertThat(frontier.knows(page(1))).isTrue();
        assertThat(frontier.knows(page(2))).isFalse();
        assertThat(frontier.hasNext()).isFalse();
        assertThat(ledger.met()).isEqualTo(1);
    }

    @Test
    void the_same_id_may_belong_to_objects_of_two_kinds() {
        assertThat(frontier.add(page(1))).isTrue();
        assertThat(frontier.add(ref(Kind.DATABASE, 1))).isTrue();

        assertThat(ledger.met()).isEqualTo(2);
    }

    @Test
    void data_sources_come_before_databases_and_these_before_pages() {
        frontier.add(page(1));
        frontier.add(ref(Kind.DATABASE, 2));
        frontier.add(ref(Kind.DATA_SOURCE, 3));

        assertThat(frontier.next()).isEqualTo(ref(Kind.DATA_SOURCE, 3));
        assertThat(frontier.next()).isEqualTo(ref(Kind.DATABASE, 2));
        frontier.done(ref(Kind.DATABASE, 2));
        assertThat(frontier.next()).isEqualTo(page(1));
    }

    @Test
    void there_may_be_more_as_long_as_anybody_is_at_work_and_the_question_does_not_wait_for_them() {
        frontier.add(page(1));
        frontier.next();

        assertThat(frontier.hasNext()).isTrue();
        frontier.done(page(1));
        assertThat(frontier.hasNext()).isFalse();
    }

    @Test
    void next_waits_for_what_the_work_under_way_may_reveal() throws Exception {
        frontier.add(page(1));
        frontier.next();
        var answer = inBackground(frontier::next);

        assertThat(answer.isWaiting()).isTrue();
        frontier.add(page(2));

        assertThat(answer.get()).isEqualTo(page(2));
    }

    @Test
    void next_gives_nothing_when_the_last_work_reveals_nothing() throws Exception {
        frontier.add(page(1));
        frontier.next();
        var answer = inBackground(frontier::next);

        assertThat(answer.isWaiting()).isTrue();
        frontier.done(page(1));

        assertThat(answer.get()).isNull();
        assertThat(frontier.hasNext()).isFalse();
    }

    @Test
    void no_more_objects_are_at_work_than_the_width_allows() throws Exception {
        for (int i = 1; i <= 3; i++) {
            frontier.add(page(i));
        }
        frontier.next();
        frontier.next();
        var third = inBackground(frontier::next);

        assertThat(third.isWaiting()).isTrue();
        frontier.done(page(2));

        assertThat(third.get()).isEqualTo(page(3));
    }

    @Test
    void stop_ends_the_walk_although_objects_wait() throws Exception {
        for (int i = 1; i <= 3; i++) {
            frontier.add(page(i));
        }
        frontier.next();
        frontier.next();
        var third = inBackground(frontier::next);
        assertThat(third.isWaiting()).isTrue();

        frontier.stop();
        frontier.done(page(1));
        frontier.done(page(2));

        assertThat(third.get()).isNull();
        assertThat(frontier.hasNext()).isFalse();
        assertThat(frontier.next()).isNull();
    }

    @Test
    void an_interruption_ends_the_walk() throws Exception {
        frontier.add(page(1));
        frontier.next();
        frontier.add(page(2));
        frontier.next();
        var failure = new AtomicReference<Throwable>();
        var waiter = new Thread(() -> {
            try {
                frontier.next();
            } catch (NoSuchElementException interrupted) {
                failure.set(interrupted);
            }
        });
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.WAITING);
        waiter.interrupt();
        waiter.join(20_000);

        assertThat(failure.get()).hasMessage("The walk was interrupted");
        frontier.done(page(1));
        frontier.done(page(2));
        assertThat(frontier.hasNext()).isFalse();
    }

    @Test
    void what_is_no_id_never_gets_in() {
        assertThatThrownBy(() -> frontier.add(new ObjectRef(Kind.PAGE, ""))).isInstanceOf(RuntimeException.class);
        assertThat(frontier.hasNext()).isFalse();
        assertThat(ledger.met()).isZero();
    }

    /** Workers reveal random objects, known ones among them, while one thread hands out the next. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void every_walk_meets_each_object_once_and_comes_to_its_end(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 200) int objects)
            throws Exception {
        var walk = new Frontier(width, ledger());
        Set<ObjectRef> met = ConcurrentHashMap.newKeySet();
        var twice = new AtomicInteger();
        var atWork = new AtomicInteger();
        var tooMany = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(width + 1);
        walk.add(page(0));
        try {
            while (walk.hasNext()) {
                ObjectRef next = walk.next();
                if (next == null) {
                    continue;
                }
                workers.execute(() -> {
                    if (atWork.incrementAndGet() > width) {
                        tooMany.incrementAndGet();
                    }
                    if (!met.add(next)) {
                        twice.incrementAndGet();
                    }
                    int number = (int) UUID.fromString(next.id()).getLeastSignificantBits();
                    var random = new Random(seed + number);
                    // Each object reveals its follower, so that all can be reached, and some others.
                    walk.add(page((number + 1) % objects));
                    for (int i = random.nextInt(4); i > 0; i--) {
                        walk.add(page(random.nextInt(objects)));
                    }
                    atWork.decrementAndGet();
                    walk.done(next);
                });
            }
        } finally {
            workers.shutdown();
        }

        assertThat(workers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(met).hasSize(objects);
        assertThat(twice).hasValue(0);
        assertThat(tooMany).hasValue(0);
        assertThat(walk.next()).isNull();
    }

    private static Ledger ledger() {
        try {
            return new Ledger(Accounts.none());
        } catch (IOException noFile) {
            throw new UncheckedIOException(noFile);
        }
    }

    private static ObjectRef page(int number) {
        return ref(Kind.PAGE, number);
    }

    private static ObjectRef ref(Kind kind, int number) {
        return new ObjectRef(kind, new UUID(0, number).toString());
    }

    /** Something that is being asked in a thread of its own. */
    private record Answer(Thread thread, CountDownLatch given, List<ObjectRef> values) {
        boolean isWaiting() {
            await().until(() -> thread.getState() == Thread.State.WAITING || given.getCount() == 0);
            return given.getCount() > 0;
        }

        ObjectRef get() throws InterruptedException {
            assertThat(given.await(20, TimeUnit.SECONDS)).isTrue();
            return values.get(0);
        }
    }

    private static Answer inBackground(Supplier<ObjectRef> question) {
        List<ObjectRef> values = new ArrayList<>();
        var given = new CountDownLatch(1);
        var thread = new Thread(() -> {
            values.add(question.get());
            given.countDown();
        });
        thread.setDaemon(true);
        thread.start();
        return new Answer(thread, given, values);
    }
}
