package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The Ed25519 key that signs the lists of this host's snapshots. It lies in the state directory as PKCS#8 in PEM, for
 * the owner only, and is made at first use. Losing it loses no data: a new one signs from then on, and what the old one
 * signed stays valid (facts/vault-study.md §3.4).
 */
public final class SigningKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "-----END PRIVATE KEY-----\n";

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private SigningKey(KeyPair pair) {
        this.privateKey = pair.getPrivate();
        this.publicKey = SshWire.publicKey(pair.getPublic());
    }

    /**
     * Reads the key in {@code file}, or makes one there when there is none.
     *
     * @throws IOException when the file is no such key; it is left as it is
     */
    public static SigningKey at(Path file) throws IOException {
        return at(file, new SecureRandom());
    }

    static SigningKey at(Path file, SecureRandom random) throws IOException {
        try {
            return new SigningKey(parse(Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return create(file, random);
        } catch (IllegalArgumentException | GeneralSecurityException | java.nio.charset.CharacterCodingException e) {
            throw new IOException(
                    "the signing key " + file + " is no Ed25519 key in PKCS#8 PEM form. Nothing was changed. Put back"
                            + " the right file; or, if it is lost, move this one away and a new key is made",
                    e);
        }
    }

    /** The key's public half as a line for {@code authorized_keys}, {@code ssh-keygen -l} and the like. */
    public String publicLine() {
        return SshWire.line(publicKey) + " " + SshSignature.NAMESPACE;
    }

    /** The line that makes {@code ssh-keygen -Y verify} accept this key for the identity {@code saddlebag}. */
    public String allowedSigner() {
        return Signers.line(publicKey);
    }

    /** The key's short name, as {@code ssh-keygen -l} shows it. */
    public String fingerprint() {
        return SshWire.fingerprint(publicKey);
    }

    /** Whom a reader trusts who trusts this key alone. */
    public Signers signers() {
        return Signers.of(publicKey);
    }

    /** The armoured signature of {@code message}, as it is stored. */
    byte[] sign(byte[] message) {
        return SshSignature.sign(message, privateKey, publicKey).encode();
    }

    /** The same for another purpose than a vault's: what is signed for it can never pass for a list of a snapshot. */
    byte[] sign(String namespace, byte[] message) {
        if (namespace.equals(SshSignature.NAMESPACE)) {
            throw new IllegalArgumentException("lists of snapshots alone are signed as " + namespace);
        }
        return SshSignature.sign(namespace, message, privateKey, publicKey).encode();
    }

    private static SigningKey create(Path file, SecureRandom random) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            var pem = BEGIN
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPrivate().getEncoded())
                    + "\n" + END;
            var folder = file.toAbsolutePath().getParent();
            Disk.LOCAL.createFolder(folder);
            var temporary = folder.resolve(".tmp-" + file.getFileName());
            try (var out = Disk.LOCAL.create(temporary)) {
                out.write(pem.getBytes(StandardCharsets.US_ASCII));
            }
            Disk.LOCAL.rename(temporary, file);
            return new SigningKey(pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 15 makes Ed25519 keys", e);
        }
    }

    private static KeyPair parse(String pem) throws GeneralSecurityException {
        if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
            throw new GeneralSecurityException("no PEM");
        }
        var encoded = Base64.getMimeDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
        var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        var seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key keeps its bytes to itself"));
        // PKCS#8 holds the seed only, and the JDK derives a public key from a seed nowhere but here.
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        var pair = generator.generateKeyPair();
        return new KeyPair(pair.getPublic(), key);
    }

    /** "Random" bytes that are the seed of a known key. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
