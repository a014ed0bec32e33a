package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * A detached signature as {@code ssh-keygen -Y} makes and checks it, in OpenSSH's SSHSIG form with the namespace
 * {@code saddlebag} (facts/vault-study.md §3.4). It is read canonically: what is not, byte for byte, what we would have
 * written is refused, because a lenient reader once hid a flipped bit (§5, bug 5).
 */
final class SshSignature {
    static final String NAMESPACE = "saddlebag";

    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
    private static final String END = "-----END SSH SIGNATURE-----\n";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String HASH = "sha512";
    private static final int LINE = 70;

    private final String namespace;
    private final byte[] publicKey;
    private final byte[] signature;

    private SshSignature(String namespace, byte[] publicKey, byte[] signature) {
        this.namespace = namespace;
        this.publicKey = publicKey;
        this.signature = signature;
    }

    static SshSignature sign(byte[] message, PrivateKey key, byte[] publicKey) {
        return sign(NAMESPACE, message, key, publicKey);
    }

    /** A signature that nobody takes for one of another namespace; {@link #parse} reads those of a vault only. */
    static SshSignature sign(String namespace, byte[] message, PrivateKey key, byte[] publicKey) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(signed(namespace, message));
            return new SshSignature(namespace, publicKey.clone(), signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 15 signs with Ed25519", e);
        }
    }

    /** @throws IOException when the bytes are not exactly one signature of ours */
    static SshSignature parse(byte[] armoured) throws IOException {
        var text = new String(armoured, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IOException("it has not the form of an SSH signature");
        }
        SshSignature parsed;
        try {
            var body = text.substring(BEGIN.length(), Math.max(BEGIN.length(), text.length() - END.length()));
            parsed = unpack(Base64.getDecoder().decode(body.replace("\n", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no valid base64", e);
        }
        if (!Arrays.equals(parsed.encode(), armoured)) {
            throw new IOException("it is not in the one form that a signature has");
        }
        return parsed;
    }

    /** True when the key inside the signature signed {@code message}; whether to trust that key is another question. */
    boolean matches(byte[] message) throws IOException {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(SshWire.publicKey(publicKey));
            verifier.update(signed(namespace, message));
            return verifier.verify(signature);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java since 15 knows Ed25519", e);
        } catch (GeneralSecurityException e) {
            return false; // A signature with impossible numbers in it is a signature that does not match.
        }
    }

    /** The signer's key as OpenSSH packs it. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] encode() {
        var packed = SshWire.join(
                MAGIC,
                ByteBuffer.allocate(4).putInt(VERSION).array(),
                SshWire.string(publicKey),
                SshWire.string(namespace),
                SshWire.string(""),
                SshWire.string(HASH),
                SshWire.string(SshWire.join(SshWire.string(SshWire.ED25519), SshWire.string(signature))));
        var base64 = Base64.getEncoder().encodeToString(packed);
        var text = new StringBuilder(BEGIN);
        for (int i = 0; i < base64.length(); i += LINE) {
            text.append(base64, i, Math.min(base64.length(), i + LINE)).append('\n');
        }
        return text.append(END).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static SshSignature unpack(byte[] packed) throws IOException {
        var in = ByteBuffer.wrap(packed);
        if (in.remaining() < MAGIC.length + 4) {
            throw new IOException("it is cut off");
        }
        in.position(MAGIC.length + 4);
        var publicKey = SshWire.readString(in);
        var namespace = SshWire.readString(in);
        SshWire.readString(in);
        SshWire.readString(in);
        var signature = ByteBuffer.wrap(SshWire.readString(in));
        if (!Arrays.equals(namespace, NAMESPACE.getBytes(StandardCharsets.US_ASCII))) {
            throw new IOException("it was made for another purpose than \"" + NAMESPACE + "\"");
        }
        SshWire.readString(signature);
        return new SshSignature(NAMESPACE, publicKey, SshWire.readString(signature));
    }

    private static byte[] signed(String namespace, byte[] message) {
        return SshWire.join(
                MAGIC,
                SshWire.string(namespace),
                SshWire.string(""),
                SshWire.string(HASH),
                SshWire.string(sha512(message)));
    }

    private static byte[] sha512(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }
}
