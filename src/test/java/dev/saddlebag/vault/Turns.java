package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets several processes work on one vault, one operation at a time, in an order that a schedule tells. */
final class Turns {
    /** Who comes next. */
    interface Schedule {
        /** {@code 0 <= result < others}: the index among those that can go on; {@code current} is the one that just did. */
        int next(int current, List<Integer> canGoOn);
    }

    /** What a process does with the store. */
    interface Player {
        void run(Store store) throws IOException;
    }

    private final MemoryStore truth;
    private final Schedule schedule;
    private final List<Semaphore> turns = new ArrayList<>();
    private final TreeSet<Integer> alive = new TreeSet<>();

    Turns(MemoryStore truth, Schedule schedule) {
        this.truth = truth;
        this.schedule = schedule;
    }

    void run(ExecutorService threads, List<Player> processes) throws Exception {
        for (int i = 0; i < processes.size(); i++) {
            turns.add(new Semaphore(0));
            alive.add(i);
        }
        var ends = new ArrayList<Future<?>>();
        for (int i = 0; i < processes.size(); i++) {
            var me = i;
            ends.add(threads.submit(() -> {
                turns.get(me).acquire();
                try {
                    processes.get(me).run(new Parked(me));
                } finally {
                    alive.remove(me);
                    if (!alive.isEmpty()) {
                        pass(me);
                    }
                }
                return null;
            }));
        }
        pass(-1);
        for (var end : ends) {
            end.get(1, TimeUnit.MINUTES);
        }
    }

    private int pass(int current) {
        var canGoOn = List.copyOf(alive);
        var next = canGoOn.get(schedule.next(current, canGoOn));
        if (next != current) {
            turns.get(next).release();
        }
        return next;
    }

    private void await(int me) throws IOException {
        if (pass(me) != me) {
            try {
                turns.get(me).acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** The store as process {@code me} sees it: it waits for its turn before each operation that others can notice. */
    private final class Parked implements Store {
        private final int me;

        Parked(int me) {
            this.me = me;
        }

        @Override
        public void put(String name, Path file) throws IOException {
            await(me);
            truth.put(name, file);
        }

        @Override
        public InputStream get(String name) throws IOException {
            if (name.startsWith(Names.TRASH) || name.endsWith(".sha256")) {
                await(me);
            }
            return truth.get(name);
        }

        @Override
        public List<Stored> list(String folder) throws IOException {
            if (!folder.isEmpty()) {
                await(me);
            }
            return truth.list(folder);
        }

        @Override
        public void delete(String name) throws IOException {
            await(me);
            truth.delete(name);
        }
    }
}
