package dev.saddlebag.destination;

import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** What this host keeps for its vaults in the state directory: the signing key, and a spool for each workspace. */
public final class Vaults {
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
     * A reader of the vault in {@code store}. It trusts the key of this host; a host without one trusts the keys that the
     * vault names.
     *
     * @param scratch a folder for files of passing interest
     */
    public Vault reader(Store store, Path scratch) throws IOException {
        return Files.exists(keyFile()) ? new Vault(store, signingKey().signers(), scratch) : new Vault(store, scratch);
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
