package dev.saddlebag.destination;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A store behind a network, for Kamelets. Camel fills {@link #getOptions} one by one, so that a secret with any sign in it
 * arrives as it is, and the store opens at its first use, so that one that cannot be reached keeps nothing from starting.
 */
public final class Remote implements Store, AutoCloseable {
    /** A store that holds connections. */
    interface Connected extends Store, AutoCloseable {
        @Override
        void close();
    }

    /** Makes a store of its options, without asking the network. */
    interface Kind {
        /**
         * The store that the options describe.
         *
         * @throws IllegalArgumentException when an option is wrong
         */
        Connected open(Options options) throws IOException;
    }

    private final Kind kind;
    private final Map<String, Object> options = new HashMap<>();
    private Connected store;

    Remote(Kind kind) {
        this.kind = kind;
    }

    /** A bucket of S3 or of something that speaks its language. */
    public static Remote s3() {
        return new Remote(S3Bucket::of);
    }

    /** A folder of a server that is spoken to by SFTP. */
    public static Remote sftp() {
        return new Remote(SftpFolder::of);
    }

    /** The options by their names; they are taken at the first use. */
    public Map<String, Object> getOptions() {
        return options;
    }

    @Override
    public void put(String name, Path file) throws IOException {
        store().put(name, file);
    }

    @Override
    public InputStream get(String name) throws IOException {
        return store().get(name);
    }

    @Override
    public List<Stored> list(String folder) throws IOException {
        return store().list(folder);
    }

    @Override
    public void delete(String name) throws IOException {
        store().delete(name);
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    private synchronized Store store() throws IOException {
        if (store == null) {
            try {
                store = kind.open(new Options(options));
            } catch (IllegalArgumentException wrong) {
                throw new IOException("The settings of the destination do not fit: " + wrong.getMessage(), wrong);
            }
        }
        return store;
    }
}
