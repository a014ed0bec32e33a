package dev.saddlebag.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts snapshots and all that they need into one ZIP. What unpacks from it is a vault itself, with the same bytes and
 * signatures as where it came from, so it needs no key to be made, and is checked and read like any other.
 */
public final class PortableVault {
    private final Vault vault;

    /** Takes the snapshots out of {@code vault}. */
    public PortableVault(Vault vault) {
        this.vault = vault;
    }

    /**
     * Takes snapshots that are sealed in {@code spool}, before any destination has them.
     *
     * @param vaults the vaults of the workspace: where older packs are
     * @param key the key of this host, which the ZIP names
     */
    public static PortableVault of(Spool spool, List<Store> vaults, SigningKey key) {
        return new PortableVault(
                new Vault(new SealedStore(spool, new SpoolStore(spool, vaults), key), spool.scratch()));
    }

    /**
     * Writes the ZIP; each file is proven before it goes in. Memory does not grow with what is written.
     *
     * @param snapshots at least one
     * @return what the ZIP holds
     * @throws DamageException when something that the snapshots need is not what was written; what {@code out} got is then
     *     of no use
     */
    public Exported write(List<Snapshot> snapshots, OutputStream out) throws IOException {
        var needed = new TreeMap<String, Snapshot>();
        for (var snapshot : snapshots) {
            snapshot.list().hashes().keySet().forEach(name -> needed.putIfAbsent(name, snapshot));
        }
        var archive = Archive.storing(out);
        putTop(archive, snapshots);
        for (var file : needed.entrySet()) {
            putNeeded(archive, file.getKey(), file.getValue());
        }
        for (var snapshot : snapshots) {
            putProven(archive, snapshot);
        }
        return archive.finish();
    }

    private void putTop(Archive archive, List<Snapshot> snapshots) throws IOException {
        var description = read(Names.VAULT);
        for (var snapshot : snapshots) {
            if (!Hashes.of(description).equals(snapshot.record().vaultSha256())) {
                throw damaged(Names.VAULT, "is not what was written: its SHA-256 is not the one in the signed records");
            }
        }
        var readme = read(Names.README);
        if (!Hashes.of(readme).equals(VaultDescription.parse(description).readmeSha256())) {
            throw damaged(Names.README, "is not what was written: its SHA-256 is not the one in " + Names.VAULT);
        }
        archive.put(Names.README, readme);
        archive.put(Names.PART, about(snapshots));
        archive.put(Names.VAULT, description);
        for (var name : SignerFiles.in(vault.store())) {
            archive.put(name, read(name));
        }
    }

    private static byte[] about(List<Snapshot> snapshots) {
        var ids = snapshots.stream().map(snapshot -> snapshot.id().value()).collect(Collectors.joining("\n  "));
        return """
                This is a part of a Saddlebag vault. On purpose it holds no other snapshots than these, each of them whole:

                  %s

                README.txt says how to check and restore them by hand. With Saddlebag, and no settings:

                  saddlebag verify --vault THIS --level full
                  saddlebag export --vault THIS latest --to FOLDER

                THIS is the ZIP or the folder that it was unpacked to. "saddlebag sync THIS DESTINATION" makes a vault of it
                again.
                """.formatted(ids).getBytes(StandardCharsets.UTF_8);
    }

    private void putNeeded(Archive archive, String name, Snapshot snapshot) throws IOException {
        try (var file = Fetched.from(vault.store(), name, snapshot, vault.scratch());
                var in = Files.newInputStream(file.path())) {
            archive.put(name, Files.size(file.path()), in);
        } catch (CannotFetch e) {
            throw (DamageException)
                    new DamageException("", List.of(Finding.damage(snapshot.id(), name, e.getMessage()))).initCause(e);
        }
    }

    /** The list and the signature last, as in every vault. */
    private void putProven(Archive archive, Snapshot snapshot) throws IOException {
        var list = read(Names.list(snapshot.id()));
        if (!Hashes.of(list).equals(snapshot.listSha256())) {
            throw damaged(Names.list(snapshot.id()), "was changed while it was read");
        }
        archive.put(Names.list(snapshot.id()), list);
        archive.put(Names.signature(snapshot.id()), read(Names.signature(snapshot.id())));
    }

    private byte[] read(String name) throws IOException {
        try (var in = vault.store().get(name)) {
            return in.readAllBytes();
        }
    }

    private static DamageException damaged(String name, String what) {
        return new DamageException("", List.of(Finding.damage(null, name, what)));
    }
}
