package dev.saddlebag.vault;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Age's way to protect a file by a passphrase, {@code age -p}: a stanza {@code scrypt}, which stands alone. For identity
 * files only: a vault is for public keys (facts/vault-study.md §3.3).
 */
final class AgePassphrase {
    /** As {@code age -p} has it: a try costs about a second and 256 MiB. */
    static final int WORK = 18;

    /** A gibibyte; what asks for more is refused, for a file can ask for any amount. */
    private static final int MOST_WORK = 20;

    private static final String TYPE = "scrypt";
    private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 16;
    private static final int BLOCK = 8;
    private static final long MIB = 1 << 20;
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d?");

    private final char[] passphrase;
    private final int work;

    /** @param work binary logarithm of how much work a try is; for writing */
    AgePassphrase(char[] passphrase, int work) {
        this.passphrase = passphrase.clone();
        this.work = work;
    }

    RecipientStanzaWriter writer() {
        return fileKey -> {
            var salt = new byte[SALT];
            new SecureRandom().nextBytes(salt);
            var arguments = List.of(Base64.getEncoder().withoutPadding().encodeToString(salt), String.valueOf(work));
            return List.of(new Stanza(arguments, box(Cipher.ENCRYPT_MODE, key(salt, work), fileKey.getEncoded())));
        };
    }

    RecipientStanzaReader reader() {
        return stanzas -> {
            var all = stanzas.iterator();
            var stanza = all.next();
            if (all.hasNext() || !stanza.getType().equals(TYPE)) {
                throw new UnsupportedRecipientStanzaException("it is not protected by a passphrase");
            }
            var arguments = stanza.getArguments();
            if (arguments.size() != 2 || !NUMBER.matcher(arguments.get(1)).matches()) {
                throw new GeneralSecurityException("its stanza scrypt is malformed");
            }
            var salt = Base64.getDecoder().decode(arguments.get(0));
            if (salt.length != SALT) {
                throw new GeneralSecurityException("its stanza scrypt has a salt of " + salt.length + " bytes");
            }
            try {
                return new FileKey(
                        box(Cipher.DECRYPT_MODE, key(salt, Integer.parseInt(arguments.get(1))), stanza.getBody()));
            } catch (AEADBadTagException e) {
                throw new UnsupportedRecipientStanzaException("another passphrase");
            }
        };
    }

    private byte[] key(byte[] salt, int asked) throws GeneralSecurityException {
        var memory = memory(asked);
        if (asked > MOST_WORK) {
            throw new GeneralSecurityException("it asks for " + memory / MIB + " MiB of memory, more than "
                    + memory(MOST_WORK) / MIB + " MiB; protect it with age -p");
        }
        if (memory + 32 * MIB > Runtime.getRuntime().maxMemory()) {
            throw new GeneralSecurityException("its passphrase takes " + memory / MIB
                    + " MiB of memory to try, more than Java may use; set SADDLEBAG_JAVA_OPTIONS=-Xmx"
                    + (memory / MIB * 3 / 2)
                    + "m");
        }
        var salted = new byte[LABEL.length + SALT];
        System.arraycopy(LABEL, 0, salted, 0, LABEL.length);
        System.arraycopy(salt, 0, salted, LABEL.length, SALT);
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return SCrypt.generate(bytes, salted, 1 << asked, BLOCK, 1, 32);
    }

    private static long memory(int work) {
        return (128L * BLOCK) << work;
    }

    /** Age wraps one file key with each key, ever: a nonce of zeros is right. */
    private static byte[] box(int mode, byte[] key, byte[] content) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(new byte[12]));
        return cipher.doFinal(content);
    }

    /** The one stanza of such a file. */
    private static final class Stanza implements RecipientStanza {
        private final List<String> arguments;
        private final byte[] body;

        Stanza(List<String> arguments, byte[] body) {
            this.arguments = arguments;
            this.body = body;
        }

        @Override
        public String getType() {
            return TYPE;
        }

        @Override
        public List<String> getArguments() {
            return arguments;
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }
}
