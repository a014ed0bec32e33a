package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        var threads = Background.threads(Math.min(atOnce, all.size()), "vault files");
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
            failed.set(true);
            threads.shutdown();
        }
    }

    /** Waits for all of them, and then throws what failed first. */
    private static void awaitAll(List<Future<?>> begun) throws IOException {
        Exception first = null;
        for (var one : begun) {
            try {
                Background.result(one);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first instanceof IOException failure) {
            throw failure;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }
}
