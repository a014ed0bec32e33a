package dev.saddlebag.destination;

import dev.saddlebag.vault.Signers;
import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this host keeps for its vaults in the state directory: the signing key, and a spool for each workspace. */
public final class Vaults {
    private static final Logger LOG = LoggerFactory.getLogger(Vaults.class);

    private final Path stateDirectory;
    private final Clock clock;
    private final Map<String, Spool> spools = new HashMap<>();

    public Vaults(Path stateDirectory, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    /** The key that signs every snapshot of this host; it is made at the first use. */
    public synchronized SigningKey signingKey() throws IOException {
        return SigningKey.at(keyFile());
    }

    private Path keyFile() {
        return stateDirectory.resolve("keys").resolve("signing-key.pem");
    }

    /**
     * A reader of the vault in {@code store}. It trusts the key of this host, and those that {@link #recover} took over; a
     * host without a key trusts those that the vault names.
     *
     * @param scratch a folder for files of passing interest
     */
    public synchronized Vault reader(Store store, Path scratch) throws IOException {
        if (!Files.exists(keyFile())) {
            return new Vault(store, scratch);
        }
        Signers trusted = signingKey().signers();
        if (Files.exists(takenOver())) {
            trusted = trusted.and(Signers.parse(Files.readAllBytes(takenOver())));
        }
        return new Vault(store, trusted, scratch);
    }

    /**
     * Makes up for a lost state directory before something is sealed: the newest snapshot at a destination becomes the one
     * that the next is compared with, and the keys that the vaults name are trusted from now on, as those of the host that
     * was. Does nothing where nothing was lost.
     */
    public synchronized void recover(String workspace, List<Store> stores) throws IOException {
        Spool spool = spool(workspace);
        if (spool.baseline().isPresent()) {
            return;
        }
        boolean lost = !spool.knowsItself();
        // An encrypted vault gives its identity and its keys, and no baseline: this host cannot read it.
        if (!spool.recover(stores) && !(lost && spool.knowsItself())) {
            return;
        }
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (Store store : stores) {
            try {
                readKeys(store, keys);
            } catch (IOException unanswered) {
                LOG.warn("The keys of a destination could not be taken over: {}", unanswered.getMessage());
            }
        }
        Files.createDirectories(takenOver().getParent());
        Files.write(takenOver(), keys.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void readKeys(Store store, OutputStream keys) throws IOException {
        for (Store.Stored file : store.list("")) {
            if (file.name().startsWith("allowed_signers")) {
                try (InputStream in = store.get(file.name())) {
                    in.transferTo(keys);
                }
            }
        }
    }

    private Path takenOver() {
        return stateDirectory.resolve("keys").resolve("allowed_signers");
    }

    Clock clock() {
        return clock;
    }

    /** Where the snapshots of {@code workspace} are sealed and wait for their destinations. */
    public synchronized Spool spool(String workspace) throws IOException {
        Spool spool = spools.get(workspace);
        if (spool == null) {
            spool = Spool.open(stateDirectory.resolve(workspace).resolve("spool"), workspace, clock);
            spools.put(workspace, spool);
        }
        return spool;
    }
}
