package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches stored files of one snapshot, and those that will be asked for next while the last one is in use. Only
 * {@value #AHEAD} files lie on the disk in advance.
 */
final class FetchingAhead implements Closeable {
    private static final int AHEAD = 2;
    private static final Logger LOG = LoggerFactory.getLogger(FetchingAhead.class);

    private final Vault vault;
    private final Snapshot snapshot;
    private final List<String> files;
    private final BitSet wanted;
    private final int ahead;
    private final Map<Integer, Future<Fetched>> coming = new LinkedHashMap<>();
    private ExecutorService workers;

    /**
     * Fetches nothing yet.
     *
     * @param files the list in the header of the snapshot's manifest
     * @param wanted which of them will be asked for, in ascending order; empty when that is not known
     */
    FetchingAhead(Vault vault, Snapshot snapshot, List<String> files, BitSet wanted) {
        this.vault = vault;
        this.snapshot = snapshot;
        this.files = files;
        this.wanted = wanted;
        // The caller may fetch one itself meanwhile.
        this.ahead = Math.min(AHEAD, vault.store().atOnce() - 1);
    }

    /** The file at {@code position}, as {@link Vault#fetch} gives it; the caller closes it. */
    Fetched get(int position) throws IOException {
        if (!coming.containsKey(position)) {
            discard();
        }
        var here = coming.remove(position);
        var next = coming.isEmpty()
                ? position
                : coming.keySet().stream().reduce((one, other) -> other).orElseThrow();
        for (next = wanted.nextSetBit(next + 1);
                next >= 0 && coming.size() < ahead;
                next = wanted.nextSetBit(next + 1)) {
            var name = files.get(next);
            coming.put(next, workers().submit(() -> vault.fetch(snapshot, name)));
        }
        return here == null ? vault.fetch(snapshot, files.get(position)) : Background.result(here);
    }

    private ExecutorService workers() {
        if (workers == null) {
            workers = Background.threads(ahead, "fetch ahead");
        }
        return workers;
    }

    /** What was fetched in vain; what was wrong with it concerns nobody. */
    private void discard() throws IOException {
        for (var file : coming.values()) {
            try (var unused = Background.result(file)) {
                LOG.debug("{} was fetched in vain", unused.path());
            } catch (DamageException | WrongIdentityException nobodyAsked) {
                LOG.debug("A file that nobody asked for could not be fetched", nobodyAsked);
            }
        }
        coming.clear();
    }

    @Override
    public void close() throws IOException {
        try {
            discard();
        } finally {
            if (workers != null) {
                workers.shutdown();
                try {
                    workers.awaitTermination(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
