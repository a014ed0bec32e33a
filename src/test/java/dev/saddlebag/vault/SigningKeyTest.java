package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    Path home;

    @Test
    void is_made_at_first_use_and_stays() throws Exception {
        var file = home.resolve("state/key.pem");
        var made = SigningKey.at(file);
        var read = SigningKey.at(file);

        assertThat(read.publicLine()).isEqualTo(made.publicLine()).startsWith("ssh-ed25519 AAAA");
        assertThat(read.sign(new byte[3])).as("Ed25519 is deterministic").isEqualTo(made.sign(new byte[3]));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(made.allowedSigner()).startsWith("saddlebag namespaces=\"saddlebag\" ssh-ed25519 AAAA");
    }

    @Test
    void a_file_that_is_no_key_is_refused_and_kept() throws Exception {
        var file = Files.writeString(
                home.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> SigningKey.at(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Nothing was changed");
        assertThat(Files.readString(file)).contains("AAAA");
    }

    @Test
    void any_flipped_bit_of_a_signature_is_seen() throws Exception {
        var key = SigningKey.at(home.resolve("key.pem"));
        var message = "message".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var sound = key.sign(message);
        assertThat(SshSignature.parse(sound).matches(message)).isTrue();
        for (int i = 0; i < sound.length * 8; i++) {
            var altered = sound.clone();
            altered[i / 8] ^= (byte) (1 << (i % 8));
            assertThat(accepted(altered, message, key)).as("bit %s", i).isFalse();
        }
    }

    private static boolean accepted(byte[] signature, byte[] message, SigningKey key) {
        try {
            var parsed = SshSignature.parse(signature);
            return parsed.matches(message) && key.signers().trust(parsed.publicKey());
        } catch (IOException e) {
            return false;
        }
    }
}
