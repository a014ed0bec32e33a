package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The files of the runs in a spool, and behind them what the vaults of the workspace have; for reading only. */
final class SpoolStore implements Store {
    private final Spool spool;
    private final List<Store> vaults;

    SpoolStore(Spool spool, List<Store> vaults) {
        this.spool = spool;
        this.vaults = List.copyOf(vaults);
    }

    /** @throws IOException when a vault that might have it does not answer, and no other has it */
    @Override
    public InputStream get(String name) throws IOException {
        var run = RunId.leading(name.substring(name.lastIndexOf('/') + 1));
        if (run.isPresent()) {
            var sealed = spool.waiting(run.get());
            if (sealed.isPresent() && Files.exists(sealed.get().file(name))) {
                return Files.newInputStream(sealed.get().file(name));
            }
        }
        IOException failure =
                new NoSuchFileException(name, null, "neither the spool nor a vault of the workspace has it");
        for (var vault : vaults) {
            try {
                return vault.get(name);
            } catch (NoSuchFileException e) {
                failure.addSuppressed(e);
            } catch (IOException e) {
                e.addSuppressed(failure);
                failure = e;
            }
        }
        throw failure;
    }

    @Override
    public List<Stored> list(String folder) {
        throw new UnsupportedOperationException("a spool is read by name");
    }

    @Override
    public void put(String name, Path file) {
        throw new UnsupportedOperationException("a spool is filled by sealing");
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException("a spool is cleared as a whole");
    }
}
