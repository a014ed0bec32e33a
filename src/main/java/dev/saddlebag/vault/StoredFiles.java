package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the stored files of one run: as they are, or encrypted. What is encrypted this host cannot read later, so it is
 * read back at once: each file has one more recipient, whose secret is never written and goes with this object
 * (facts/vault-study.md §3.3).
 */
final class StoredFiles {
    private final Path folder;
    private final Disk disk;
    private final Encryption encryption;
    private final Decryption proof;

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
        return StoredOutput.encrypted(name, disk.create(file), encryption, expected -> {
            try (var in = proof.decrypt(Files.newInputStream(file))) {
                if (!Hashes.of(in).equals(expected)) {
                    throw new IOException(name + " was encrypted and does not decrypt to what it was made of");
                }
            } catch (CannotDecryptException | WrongIdentityException e) {
                throw new IOException(name + " was encrypted and cannot be read back: it " + e.getMessage(), e);
            }
        });
    }
}
