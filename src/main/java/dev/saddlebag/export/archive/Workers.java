package dev.saddlebag.export.archive;

import dev.saddlebag.vault.Background;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A few threads that read entries; the first failure ends the work of all. */
final class Workers implements Closeable {
    private static final int WAITING = 4;

    private final ExecutorService threads;
    private final int most;
    private final Semaphore places;
    private final Queue<EntryReader> readers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Future<Void>> failed = new AtomicReference<>();

    /** A piece of work for one thread. */
    @FunctionalInterface
    interface Work<T> {
        T with(EntryReader reader) throws IOException;
    }

    /** @param count how many threads work on entries; one more prepares what comes next */
    Workers(int count) {
        threads = Background.threads(count + 1, "unpacking");
        most = count * WAITING;
        places = new Semaphore(most);
    }

    /** Hands work over; waits while there is enough to do. */
    void add(Work<Void> work) throws IOException {
        acquire(1);
        if (failed.get() != null) {
            places.release();
            return; // What went wrong is said in the end.
        }
        FutureTask<Void> task = new FutureTask<>(lent(work));
        threads.execute(() -> {
            try {
                if (failed.get() == null) {
                    task.run();
                    remember(task);
                }
            } finally {
                places.release();
            }
        });
    }

    /** Whether to go on handing over. */
    boolean failed() {
        return failed.get() != null;
    }

    /** Does something that the caller will wait for later. */
    <T> Future<T> begin(Work<T> work) {
        return threads.submit(lent(work));
    }

    /** Waits until everything handed over is done, and passes on what went wrong. */
    void finish() throws IOException {
        acquire(most);
        places.release(most);
        Future<Void> failure = failed.get();
        if (failure != null) {
            Background.result(failure);
        }
    }

    private void remember(Future<Void> task) {
        try {
            Background.result(task);
        } catch (IOException | RuntimeException e) {
            failed.compareAndSet(null, task);
        }
    }

    private <T> Callable<T> lent(Work<T> work) {
        return () -> {
            EntryReader polled = readers.poll();
            EntryReader reader = polled == null ? new EntryReader() : polled;
            try {
                return work.with(reader);
            } finally {
                readers.add(reader);
            }
        };
    }

    private void acquire(int count) throws IOException {
        try {
            places.acquire(count);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted while an export was unpacked").initCause(e);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                // What is written must have come to rest before it is deleted.
                interrupted = true;
            }
        }
        readers.forEach(EntryReader::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
