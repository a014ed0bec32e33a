package dev.saddlebag.cli;

import dev.saddlebag.destination.Folder;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.Signers;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import dev.saddlebag.vault.ZippedVault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;

/** A vault that lies on this machine, in a folder, in a ZIP, or in a ZIP that age has encrypted: it needs no settings. */
final class VaultAtPath implements Closeable {
    private final Store store;
    private final Path scratch;

    private VaultAtPath(Store store, Path scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    /** @param identities to open what is encrypted */
    static VaultAtPath open(Path path, List<Identity> identities) throws IOException {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("There is no vault at " + path + ": no such file or folder");
        }
        Path scratch = Files.createTempDirectory("saddlebag-");
        try {
            return new VaultAtPath(store(path, identities, scratch), scratch);
        } catch (IOException | RuntimeException e) {
            PathUtils.deleteDirectory(scratch);
            throw e;
        }
    }

    private static Store store(Path path, List<Identity> identities, Path scratch) throws IOException {
        return Files.isDirectory(path)
                ? new Folder(path)
                : ZippedVault.open(path, identities.isEmpty() ? null : Age.decryption(identities), scratch);
    }

    /** @param trusted whose signatures count; those whose keys the vault names itself when empty */
    Vault vault(Optional<Signers> trusted) throws IOException {
        Vault vault =
                trusted.map(signers -> new Vault(store, signers, scratch)).orElseGet(() -> new Vault(store, scratch));
        return vault.orPart();
    }

    Store store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        try {
            if (store instanceof Closeable open) {
                open.close();
            }
        } finally {
            PathUtils.deleteDirectory(scratch);
        }
    }
}
