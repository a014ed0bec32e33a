package dev.saddlebag.vault;

import java.io.IOException;
import java.io.OutputStream;

/** A stored file in the making: what is written to it goes to the disk as it is or encrypted, and what lies there is hashed. */
final class StoredOutput extends OutputStream {
    /** Proves that the content of a closed file of this hash can be had back. */
    @FunctionalInterface
    interface Proof {
        /**
         * Begins to read the file back.
         *
         * @throws IOException when an earlier file was not what it was made of
         */
        void check(String contentSha256) throws IOException;
    }

    private final String name;
    private final DigestOutput content;
    private final DigestOutput stored;
    private final Proof proof;

    private StoredOutput(String name, DigestOutput content, DigestOutput stored, Proof proof) {
        this.name = name;
        this.content = content;
        this.stored = stored;
        this.proof = proof;
    }

    static StoredOutput plain(String name, OutputStream disk) {
        var stored = new DigestOutput(disk);
        return new StoredOutput(name, stored, stored, null);
    }

    static StoredOutput encrypted(String name, OutputStream disk, Encryption encryption, Proof proof)
            throws IOException {
        var stored = new DigestOutput(disk);
        try {
            return new StoredOutput(name, new DigestOutput(encryption.encrypt(stored)), stored, proof);
        } catch (IOException | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        content.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        content.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        content.flush();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** Bytes of content so far. */
    long written() {
        return content.written();
    }

    /** What the closed file is. */
    StoredFile finished() throws IOException {
        if (proof != null) {
            proof.check(content.as("").sha256());
        }
        return stored.as(name);
    }
}
