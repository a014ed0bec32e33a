package dev.saddlebag.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** How OpenSSH writes strings and Ed25519 public keys (RFC 4251 §5, RFC 8709). */
final class SshWire {
    static final String ED25519 = "ssh-ed25519";

    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private SshWire() {}

    static byte[] string(byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    static byte[] string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** @throws IOException when the buffer ends before the string does */
    static byte[] readString(ByteBuffer in) throws IOException {
        try {
            var length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IOException("it is cut off");
            }
            var content = new byte[length];
            in.get(content);
            return content;
        } catch (BufferUnderflowException e) {
            throw new IOException("it is cut off", e);
        }
    }

    /** The public key as OpenSSH packs it. */
    static byte[] publicKey(PublicKey key) {
        var encoded = key.getEncoded();
        return join(string(ED25519), string(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }

    /** @throws IOException when {@code packed} is no Ed25519 key */
    static PublicKey publicKey(byte[] packed) throws IOException {
        var in = ByteBuffer.wrap(packed);
        var type = readString(in);
        var point = readString(in);
        if (!Arrays.equals(type, ED25519.getBytes(StandardCharsets.UTF_8)) || point.length != 32 || in.hasRemaining()) {
            throw new IOException("it is no Ed25519 key");
        }
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(X509_PREFIX, point)));
        } catch (GeneralSecurityException e) {
            throw new IOException("it is no Ed25519 key", e);
        }
    }

    /** The key's line in OpenSSH's form, without a comment: {@code ssh-ed25519 AAAA…}. */
    static String line(byte[] packed) {
        return ED25519 + " " + Base64.getEncoder().encodeToString(packed);
    }

    /** The name under which {@code ssh-keygen -l} shows the key. */
    static String fingerprint(byte[] packed) {
        return "SHA256:"
                + Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(Hashes.sha256().digest(packed));
    }
}
