package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The readable tree of a snapshot, with what a destination that holds trees needs to know about it. The bytes come from
 * the vaults, or from the spool where no vault has them yet, each file compared with its hash.
 */
public final class Tree {
    /** The order in which the entries of a tree come, by their paths. */
    public static final Comparator<String> ORDER = PathRule.ORDER;

    private final Vault vault;
    private final Snapshot snapshot;
    private final SigningKey key;

    private Tree(Vault vault, Snapshot snapshot, SigningKey key) {
        this.vault = vault;
        this.snapshot = snapshot;
        this.key = key;
    }

    /**
     * The tree of a snapshot that is sealed in {@code spool}.
     *
     * @param vaults the vaults of the workspace: where older packs are
     * @param key the key of this host, for those who want a signature
     */
    public static Tree of(Sealed sealed, Spool spool, List<Store> vaults, SigningKey key) {
        return new Tree(new Vault(new SpoolStore(spool, vaults), spool.scratch()), sealed.snapshot(), key);
    }

    public RunId run() {
        return snapshot.id();
    }

    public String workspace() {
        return snapshot.workspace();
    }

    public Facts facts() {
        return snapshot.facts();
    }

    /** The hash that stands for the whole snapshot. */
    public String listSha256() {
        return snapshot.listSha256();
    }

    /** All files of the tree, in the order of a walk; to be closed. */
    public Entries entries() throws IOException {
        return vault.entries(snapshot);
    }

    /**
     * Reads the files that {@code wanted} accepts, in the order that fetches each stored file once.
     *
     * @throws DamageException when a file is not what was written where it was found first
     */
    public void read(Predicate<Entry> wanted, Reader reader) throws IOException {
        vault.read(snapshot, wanted, reader);
    }

    /** The whole tree as a ZIP, for kinds that store files; to be closed. It lies in the state directory meanwhile. */
    public InputStream zip() throws IOException {
        var file = Files.createTempFile(vault.scratch(), "tree-", ".zip");
        try (var out = Files.newOutputStream(file)) {
            var archive = Archive.compressing(out);
            read(entry -> true, (entry, content) -> archive.put(entry.path(), entry.size(), content));
            archive.finish();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /**
     * The armoured SSH signature of {@code message} by the key of this host.
     *
     * @param namespace what it is for, such as {@code git}; not that of the vaults
     */
    public byte[] sign(String namespace, byte[] message) {
        return key.sign(namespace, message);
    }

    /** What takes the files. */
    @FunctionalInterface
    public interface Reader {
        /** Takes one file; its hash is checked when {@code content} is read to its end. */
        void read(Entry entry, InputStream content) throws IOException;
    }
}
