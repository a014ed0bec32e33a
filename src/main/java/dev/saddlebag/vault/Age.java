package dev.saddlebag.vault;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * The file format of <a href="https://age-encryption.org/v1">age</a>, by the Jagged library; the only class that knows it
 * (facts/vault-study.md §3.1).
 */
public final class Age {
    private static final int CHUNK = 1 << 16;

    private Age() {}

    /** Encrypts so that each one of {@code recipients} can read it alone. */
    public static Encryption encryption(Collection<Recipient> recipients) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("nobody could read what is encrypted to no key");
        }
        return encryption(recipients.stream().map(key -> writer(key.text())).toList());
    }

    static Encryption encryption(List<RecipientStanzaWriter> keys) {
        return out -> {
            try {
                var channel =
                        new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(out), keys);
                return new Encrypting(new BufferedOutputStream(Channels.newOutputStream(channel), CHUNK), out);
            } catch (GeneralSecurityException e) {
                throw new IOException("the head of an encrypted file could not be made: " + e.getMessage(), e);
            }
        };
    }

    /** Reads what was encrypted to any one of {@code identities}. */
    public static Decryption decryption(Collection<Identity> identities) {
        List<RecipientStanzaReader> keys = new ArrayList<>();
        for (var identity : identities) {
            keys.add(reader(identity.reveal()));
        }
        return in -> decrypt(new StandardDecryptingChannelFactory(), in, keys);
    }

    /** Reads what is in the printable form, with {@code BEGIN} and {@code END} lines, instead. */
    static Decryption armored(RecipientStanzaReader key) {
        return in -> decrypt(new ArmoredDecryptingChannelFactory(), in, List.of(key));
    }

    static Decryption binary(RecipientStanzaReader key) {
        return in -> decrypt(new StandardDecryptingChannelFactory(), in, List.of(key));
    }

    private static InputStream decrypt(
            StandardDecryptingChannelFactory factory, InputStream in, List<RecipientStanzaReader> keys)
            throws IOException {
        if (keys.isEmpty()) {
            throw new WrongIdentityException("is encrypted, and there is no identity to open it with");
        }
        try {
            return new Decrypting(
                    Channels.newInputStream(factory.newDecryptingChannel(Channels.newChannel(in), keys)), in);
        } catch (UnsupportedRecipientStanzaException e) {
            throw new WrongIdentityException("is encrypted, and none of the identities at hand opens it", e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // A head that ends too early meets the library unprepared: it throws what its buffers throw.
            throw new CannotDecryptException("is no sound file of age: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when {@code recipient} is no public key */
    static RecipientStanzaWriter writer(String recipient) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "\"" + recipient + "\" is no public key of age such as age1… with 62 characters (" + e.getMessage()
                            + ")",
                    e);
        }
    }

    /** @throws IllegalArgumentException when {@code identity} is no secret key; it is not repeated */
    private static RecipientStanzaReader reader(String identity) {
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw noIdentity();
        }
    }

    /** The public half of a secret key. */
    static Recipient recipient(String identity) {
        reader(identity);
        try {
            var secret = new SecretKeySpec(identity.getBytes(StandardCharsets.US_ASCII), "X25519");
            return new Recipient(text(new X25519KeyFactory().translateKey(secret)));
        } catch (GeneralSecurityException e) {
            throw noIdentity();
        }
    }

    private static IllegalArgumentException noIdentity() {
        return new IllegalArgumentException(
                "is no secret key of age such as AGE-SECRET-KEY-1… with 74 characters, or has a slip of the hand");
    }

    static String newIdentity() {
        try {
            return text(new X25519KeyPairGenerator().generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 11 makes X25519 keys", e);
        }
    }

    private static String text(java.security.Key key) {
        return new String(key.getEncoded(), StandardCharsets.US_ASCII);
    }

    /** Closes what lies below even where the last bytes could not be written. */
    private static final class Encrypting extends FilterOutputStream {
        private final OutputStream below;

        Encrypting(OutputStream encrypting, OutputStream below) {
            super(encrypting);
            this.below = below;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            try (below) {
                super.close();
            }
        }
    }

    /** Says in our words that the content is not what was written. */
    private static final class Decrypting extends FilterInputStream {
        private final InputStream below;

        Decrypting(InputStream decrypting, InputStream below) {
            super(decrypting);
            this.below = below;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (PayloadException e) {
                throw new CannotDecryptException("is cut off or altered: it does not decrypt to its end", e);
            }
        }

        @Override
        public void close() throws IOException {
            try (below) {
                super.close();
            }
        }
    }
}
