package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the stored files of one run: as they are, or encrypted. What is encrypted this host cannot read later, so it is
 * read back at once: each file has one more recipient, whose secret is never written and goes with this object
 * (facts/vault-study.md §3.3). The reading back goes on beside the writing of the next file.
 */
final class StoredFiles implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredFiles.class);

    private final Path folder;
    private final Disk disk;
    private final Encryption encryption;
    private final Decryption proof;
    private ExecutorService prover;
    private Future<Void> proving = CompletableFuture.completedFuture(null);

    /** @param recipients who shall be able to read; nobody in particular when empty, and then nothing is encrypted */
    StoredFiles(Path folder, Disk disk, List<Recipient> recipients) {
        this.folder = folder;
        this.disk = disk;
        if (recipients.isEmpty()) {
            encryption = null;
            proof = null;
        } else {
            var witness = Identity.create();
            List<Recipient> all = new ArrayList<>(recipients);
            all.add(witness.recipient());
            encryption = Age.encryption(all);
            proof = Age.decryption(List.of(witness));
        }
    }

    boolean encrypts() {
        return encryption != null;
    }

    /** The name under which {@code name} is stored. */
    String stored(String name) {
        return encrypts() ? Names.encrypted(name) : name;
    }

    /** Opens a new stored file. */
    StoredOutput create(String name) throws IOException {
        var file = folder.resolve(name);
        if (!encrypts()) {
            return StoredOutput.plain(name, disk.create(file));
        }
        return StoredOutput.encrypted(
                name, disk.create(file), encryption, expected -> proveNext(() -> prove(name, file, expected)));
    }

    /** Waits for what is still being read back, and fails when that is not what was written. */
    void awaitProofs() throws IOException {
        Background.result(proving);
    }

    /** No more than one file waits, so that a run that writes faster than it reads does not run away. */
    private void proveNext(Callable<Void> proof) throws IOException {
        awaitProofs();
        if (prover == null) {
            prover = Background.threads(1, "read back what was encrypted");
        }
        proving = prover.submit(proof);
    }

    private Void prove(String name, Path file, String expected) throws IOException {
        try (var in = proof.decrypt(Files.newInputStream(file))) {
            if (!Hashes.of(in).equals(expected)) {
                throw new IOException(name + " was encrypted and does not decrypt to what it was made of");
            }
            return null;
        } catch (CannotDecryptException | WrongIdentityException e) {
            throw new IOException(name + " was encrypted and cannot be read back: it " + e.getMessage(), e);
        }
    }

    /** Ends the reading back, done or not: nothing reads in the folder any more when this returns. */
    @Override
    public void close() {
        if (prover != null) {
            prover.shutdownNow();
            try {
                while (!prover.awaitTermination(1, TimeUnit.MINUTES)) {
                    LOG.warn("Waiting for a file to be read back in {}", folder);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
