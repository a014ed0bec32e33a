package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A local copy of a stored file, proven to be what the signed list of a snapshot says before anything looks into it; gone
 * when closed.
 */
record Fetched(Path path) implements Closeable {

    /** @throws CannotFetch when there is no good copy in {@code store} */
    static Fetched from(Store store, String name, Snapshot snapshot, Path scratch) throws IOException {
        var hash = snapshot.list().hashes().get(name);
        var size = snapshot.record().size(name);
        var file = Files.createTempFile(scratch, "fetch-", ".tmp");
        try {
            String actual;
            try (var in = new HashingInput(open(store, name))) {
                actual = copy(in, file, size);
            }
            if (!actual.equals(hash)) {
                throw new CannotFetch("is not what was written: its SHA-256 is not the one in the signed list", null);
            }
            return new Fetched(file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * What it holds, without the encryption; this is closed then. Only what was proven is decrypted.
     *
     * @param decryption null when there are no identities
     * @throws WrongIdentityException when no identity opens it
     * @throws CannotFetch when it does not decrypt to its end
     */
    Fetched decrypted(Decryption decryption, Path scratch) throws IOException {
        try (this) {
            if (decryption == null) {
                throw new WrongIdentityException("is encrypted, and no identity was given");
            }
            var file = Files.createTempFile(scratch, "decrypt-", ".tmp");
            try (var in = decryption.decrypt(Files.newInputStream(path));
                    var out = Files.newOutputStream(file)) {
                in.transferTo(out);
                return new Fetched(file);
            } catch (CannotDecryptException e) {
                Files.deleteIfExists(file);
                throw new CannotFetch(e.getMessage(), e);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    private static java.io.InputStream open(Store store, String name) throws CannotFetch {
        try {
            return store.get(name);
        } catch (NoSuchFileException e) {
            throw new CannotFetch("is missing", e);
        } catch (IOException e) {
            throw new CannotFetch("cannot be read: " + e.getMessage(), e);
        }
    }

    private static String copy(HashingInput in, Path file, long size) throws IOException {
        var buffer = new byte[1 << 16];
        try (var out = Files.newOutputStream(file)) {
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                if (size >= 0 && in.count() > size) {
                    throw new CannotFetch("is not what was written: it is longer than " + size + " bytes", null);
                }
                out.write(buffer, 0, n);
            }
        }
        return in.sha256();
    }

    private static int read(HashingInput in, byte[] buffer) throws CannotFetch {
        try {
            return in.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new CannotFetch("cannot be read to its end: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
