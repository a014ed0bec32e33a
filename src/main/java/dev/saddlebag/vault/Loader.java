package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads the signed description of a snapshot and believes none of it before it is checked. */
final class Loader {
    private static final int LARGEST = 64 << 20;

    private final Store store;
    private final Signers signers;

    Loader(Store store, Signers signers) {
        this.store = store;
        this.signers = signers;
    }

    /**
     * @throws DamageException with one finding, when the snapshot's signature, list or record is not what was written
     * @throws UnsupportedVaultException when this version cannot read it
     */
    Snapshot load(RunId run) throws IOException {
        var signatureName = Names.signature(run);
        var listName = Names.list(run);
        var signatureBytes = read(run, signatureName);
        var listBytes = read(run, listName);
        var signature = parsed(run, signatureName, () -> SshSignature.parse(signatureBytes));
        var list = parsed(run, listName, () -> SumList.parse(run, listBytes));
        if (!parsed(run, signatureName, () -> signature.matches(listBytes))) {
            throw damaged(
                    run, listName, "does not match its signature " + signatureName + ": one of the two was altered");
        }
        if (!signers.trust(signature.publicKey())) {
            throw damaged(
                    run,
                    signatureName,
                    "is by the key " + SshWire.fingerprint(signature.publicKey()) + ", which " + Names.SIGNERS
                            + " does not name: " + Names.SIGNERS + " was altered, or somebody else made this snapshot");
        }
        return new Snapshot(run, list, record(run, list), Hashes.of(listBytes));
    }

    private SnapshotRecord record(RunId run, SumList list) throws IOException {
        var name = Names.record(run);
        var bytes = read(run, name);
        if (!Hashes.of(bytes).equals(list.hashes().get(name))) {
            throw damaged(run, name, "is not what was written: its SHA-256 is not the one in the signed list");
        }
        var record = parsed(run, name, () -> SnapshotRecord.parse(bytes));
        if (!record.id().equals(run)) {
            throw damaged(run, name, "is the record of another snapshot, " + record.id());
        }
        return record;
    }

    private byte[] read(RunId run, String name) throws IOException {
        try (var in = store.get(name)) {
            return in.readNBytes(LARGEST);
        } catch (NoSuchFileException e) {
            throw damaged(run, name, "is missing");
        }
    }

    private static <T> T parsed(RunId run, String name, Spool.Work<T> parse) throws IOException {
        try {
            return parse.run();
        } catch (UnsupportedVaultException e) {
            throw new UnsupportedVaultException(
                    "the snapshot " + run + " cannot be read: in " + name + ", " + e.getMessage());
        } catch (IOException e) {
            throw damaged(run, name, "is damaged: " + e.getMessage());
        }
    }

    private static DamageException damaged(RunId run, String file, String what) {
        return new DamageException("", List.of(Finding.unreadable(run, file, what)));
    }
}
