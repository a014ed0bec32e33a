package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files go to and come from a store several at a time, where its kind bears that. */
class AtOnceTest {
    private final List<Integer> all = IntStream.range(0, 100).boxed().toList();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void one_at_a_time_goes_in_order() throws Exception {
        var order = new ArrayList<Integer>();

        AtOnce.each(all, 1, order::add);

        assertThat(order).isEqualTo(all);
    }

    @Test
    void as_many_as_are_allowed_go_together_and_no_more() throws Exception {
        var together = new CountDownLatch(4);

        AtOnce.each(all, 4, one -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            together.countDown();
            await(together);
            underWay.decrementAndGet();
            done.incrementAndGet();
        });

        assertThat(done).hasValue(100);
        assertThat(most).hasValue(4);
    }

    @Test
    void the_first_failure_ends_it_when_nothing_is_under_way_any_more() {
        var first = new CountDownLatch(1);
        var later = new CountDownLatch(1);

        assertThatThrownBy(() -> AtOnce.each(all, 2, one -> {
                    underWay.incrementAndGet();
                    try {
                        if (one == 1) {
                            await(first);
                            throw new IOException("no " + one);
                        }
                        (one == 0 ? first : later).countDown();
                        // The other thread has failed meanwhile, and would go on with what comes later.
                        later.await(300, TimeUnit.MILLISECONDS);
                        done.incrementAndGet();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    } finally {
                        underWay.decrementAndGet();
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no 1");

        assertThat(underWay).hasValue(0);
        assertThat(done).as("only what had begun before").hasValue(1);
    }

    @Test
    void a_delivery_in_several_streams_is_whole_and_one_that_breaks_goes_on_later() throws Exception {
        try (var workshop = new Workshop()) {
            var store = new Wide(new MemoryStore());
            var run = workshop.seal(Workshop.sample());
            store.puts.set(-5);

            assertThat(workshop.ship(run, store).error()).contains("connection reset");
            assertThat(workshop.vault(store).snapshots()).isEmpty();

            store.puts.set(1000);
            var receipt = workshop.ship(run, store);

            assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.COMMITTED);
            assertThat(receipt.objects() + receipt.alreadyThere()).isGreaterThan(6);
            assertThat(workshop.vault(store).verify(Level.FULL, any -> true, List.of()))
                    .isEmpty();
            assertThat(workshop.export(store, run.id())).containsExactlyInAnyOrderEntriesOf(Workshop.sample());
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody else came");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Takes several files at once; fails at the put that counts up to zero. */
    private static final class Wide implements Store {
        private final MemoryStore store;
        private final AtomicInteger puts = new AtomicInteger();

        Wide(MemoryStore store) {
            this.store = store;
        }

        @Override
        public void put(String name, Path file) throws IOException {
            if (puts.incrementAndGet() == 0) {
                throw new IOException("connection reset");
            }
            synchronized (store) {
                store.put(name, file);
            }
        }

        @Override
        public InputStream get(String name) throws IOException {
            synchronized (store) {
                return store.get(name);
            }
        }

        @Override
        public List<Stored> list(String folder) throws IOException {
            synchronized (store) {
                return store.list(folder);
            }
        }

        @Override
        public void delete(String name) throws IOException {
            synchronized (store) {
                store.delete(name);
            }
        }

        @Override
        public int atOnce() {
            return 4;
        }
    }
}
