package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does the same with each of many things, several at the same time. */
final class AtOnce {
    /** What is done with one of them. */
    @FunctionalInterface
    interface Work<T> {
        void on(T one) throws IOException;
    }

    private AtOnce() {}

    /**
     * Returns when all is done, or when the first failure is known and nothing is under way any more; what has not begun by
     * then is left. One at a time goes in the order of {@code all}, in the caller's thread.
     */
    static <T> void each(Collection<T> all, int atOnce, Work<T> work) throws IOException {
        if (atOnce <= 1 || all.size() <= 1) {
            for (var one : all) {
                work.on(one);
            }
            return;
        }
        var failed = new AtomicBoolean();
        var threads = Executors.newFixedThreadPool(Math.min(atOnce, all.size()), AtOnce::thread);
        try {
            List<Future<?>> begun = new ArrayList<>();
            for (var one : all) {
                begun.add(threads.submit(() -> {
                    if (!failed.get()) {
                        try {
                            work.on(one);
                        } catch (IOException | RuntimeException e) {
                            failed.set(true);
                            throw e;
                        }
                    }
                    return null;
                }));
            }
            awaitAll(begun);
        } finally {
            end(threads, failed);
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "vault files");
        thread.setDaemon(true);
        return thread;
    }

    private static void awaitAll(List<Future<?>> begun) throws IOException {
        Throwable first = null;
        for (var one : begun) {
            try {
                one.get();
            } catch (ExecutionException e) {
                first = first == null ? e.getCause() : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (InterruptedIOException) new InterruptedIOException("interrupted among files").initCause(e);
            }
        }
        if (first instanceof RuntimeException bug) {
            throw bug;
        }
        if (first != null) {
            throw first instanceof IOException failure ? failure : new IOException(first.toString(), first);
        }
    }

    private static void end(ExecutorService threads, AtomicBoolean failed) {
        failed.set(true);
        threads.shutdown();
    }
}
