package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption to public keys, and that it is age's own format. */
class AgeTest {
    private static final IdentityFile.Passphrases NOBODY = file -> {
        throw new IOException("nobody to ask");
    };
    private static final IdentityFile.Passphrases ANSWER = file -> "correct horse".toCharArray();

    private static final Identity ONE = Identity.create();
    private static final Identity TWO = Identity.create();
    private static final Identity OTHER = Identity.create();
    private static final Encryption BOTH = Age.encryption(List.of(ONE.recipient(), TWO.recipient()));

    @Property(tries = 60)
    void each_recipient_alone_reads_what_was_written(
            @ForAll @IntRange(max = 200_000) int length, @ForAll long seed, @ForAll @IntRange(min = 1) int step)
            throws Exception {
        var content = Workshop.noise(length, seed);
        var out = new ByteArrayOutputStream();
        try (var encrypted = BOTH.encrypt(out)) {
            var pieces = 1 + step % 70_000;
            for (int at = 0; at < length; at += pieces) {
                encrypted.write(content, at, Math.min(pieces, length - at));
            }
        }

        for (var identity : List.of(ONE, TWO)) {
            assertThat(decrypted(out.toByteArray(), identity)).isEqualTo(content);
        }
        assertThat(decrypted(out.toByteArray(), OTHER, TWO)).isEqualTo(content);
        assertThatThrownBy(() -> decrypted(out.toByteArray(), OTHER)).isInstanceOf(WrongIdentityException.class);
        assertThatThrownBy(() -> decrypted(out.toByteArray())).isInstanceOf(WrongIdentityException.class);
    }

    @Property(tries = 150)
    void what_was_altered_gives_nothing_but_an_error(
            @ForAll @IntRange(min = 1, max = 140_000) int length, @ForAll long seed) throws Exception {
        var content = Workshop.noise(length, seed);
        var sound = encrypted(content);
        var random = new Random(seed);
        var damaged = random.nextBoolean()
                ? Arrays.copyOf(sound, random.nextInt(sound.length))
                : flipped(sound, random.nextInt(sound.length));

        assertThatThrownBy(() -> decrypted(damaged, ONE))
                .isInstanceOfAny(CannotDecryptException.class, WrongIdentityException.class);
    }

    @Test
    void large_content_streams_in_constant_memory() throws Exception {
        var pipe = new java.io.PipedInputStream(1 << 16);
        var sink = new java.io.PipedOutputStream(pipe);
        var length = 256L << 20;
        var before = used();
        var writer = new Thread(() -> {
            try (var encrypted = BOTH.encrypt(sink)) {
                var chunk = new byte[1 << 16];
                for (long left = length; left > 0; left -= chunk.length) {
                    encrypted.write(chunk);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        long read;
        try (var in = Age.decryption(List.of(TWO)).decrypt(pipe)) {
            read = in.transferTo(OutputStream.nullOutputStream());
        }
        writer.join();

        assertThat(read).isEqualTo(length);
        assertThat(used() - before).isLessThan(32L << 20);
    }

    @Test
    void the_stream_below_is_closed_even_when_the_last_bytes_cannot_be_written() throws Exception {
        var closed = new boolean[1];
        var full = new OutputStream() {
            private int left = 600;

            @Override
            public void write(int b) throws IOException {
                if (left-- == 0) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        var encrypted = BOTH.encrypt(full);
        encrypted.write(new byte[10_000]);

        assertThatThrownBy(encrypted::close).hasMessageContaining("No space left");
        assertThat(closed).containsExactly(true);
    }

    @Test
    void a_key_with_a_slip_of_the_hand_is_refused() {
        var key = ONE.recipient().text();
        var slip = key.substring(0, 20) + (key.charAt(20) == 'q' ? 'p' : 'q') + key.substring(21);
        for (var wrong : List.of(slip, "", "age1", key.toUpperCase(java.util.Locale.ROOT), "ssh-ed25519 AAAA")) {
            assertThatThrownBy(() -> new Recipient(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + wrong + "\" is no public key");
        }
        assertThatThrownBy(() -> Identity.parse(ONE.reveal().substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(ONE.reveal().substring(20));
        assertThatThrownBy(() -> Age.encryption(List.<Recipient>of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_secret_key_never_prints_itself() {
        assertThat(ONE).hasToString("the identity of " + ONE.recipient());
        assertThat(Identity.parse(ONE.reveal()).recipient()).isEqualTo(ONE.recipient());
    }

    /** Identity files, as they are and by a passphrase. */
    @Nested
    class IdentityFiles {
        @TempDir
        private Path folder;

        @Test
        void an_identity_file_is_for_its_owner_and_is_never_overwritten() throws Exception {
            var file = folder.resolve("key.txt");
            IdentityFile.write(file, ONE, Clock.systemUTC());

            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(IdentityFile.read(file, NOBODY))
                    .extracting(Identity::reveal)
                    .containsExactly(ONE.reveal());
            var before = Files.readString(file);
            assertThatThrownBy(() -> IdentityFile.write(file, TWO, Clock.systemUTC()))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(file).content().isEqualTo(before);
        }

        @Test
        void a_passphrase_protects_an_identity_file() throws Exception {
            var file = folder.resolve("key.age");
            IdentityFile.write(file, ONE, Clock.systemUTC(), new AgePassphrase("correct horse".toCharArray(), 8));

            assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1\n-> scrypt ")
                    .doesNotContain("SECRET");
            assertThat(IdentityFile.read(file, ANSWER))
                    .extracting(Identity::reveal)
                    .containsExactly(ONE.reveal());
            assertThatThrownBy(() -> IdentityFile.read(file, any -> "wrong".toCharArray()))
                    .hasMessageContaining("the passphrase does not open")
                    .hasMessageContaining(file.toString());
            assertThatThrownBy(() -> IdentityFile.read(file, NOBODY)).hasMessage("nobody to ask");
        }

        @Test
        void a_file_that_asks_for_too_much_memory_is_refused_at_once() throws Exception {
            var file = folder.resolve("key.age");
            IdentityFile.write(file, ONE, Clock.systemUTC(), new AgePassphrase("correct horse".toCharArray(), 8));
            var greedy = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replaceFirst("(-> scrypt \\S+) 8\n", "$1 40\n");
            Files.writeString(file, greedy, java.nio.charset.StandardCharsets.ISO_8859_1);

            assertThatThrownBy(() -> IdentityFile.read(file, ANSWER)).hasMessageContaining("more than 1024 MiB");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "# only a comment\n", "AGE-SECRET-KEY-1ABC", "age1abc", "AGE-PLUGIN-YUBIKEY-1QQ"})
        void what_is_no_identity_file_is_refused_without_showing_it(String content) throws Exception {
            var file = Files.writeString(folder.resolve("key.txt"), content);

            assertThatThrownBy(() -> IdentityFile.read(file, NOBODY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    /** The same with the tool that a stranger has. */
    @Nested
    class WithTheCommandLineOfAge {
        @TempDir
        private Path folder;

        @Test
        void age_decrypts_what_we_encrypt() throws Exception {
            Tools.require("age");
            IdentityFile.write(folder.resolve("one"), ONE, Clock.systemUTC());
            IdentityFile.write(folder.resolve("two"), TWO, Clock.systemUTC());
            for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000}) {
                var content = Workshop.noise(length, length);
                Files.write(folder.resolve("in.age"), encrypted(content));
                for (var key : List.of("one", "two")) {
                    assertThat(run("sh", "-c", "age -d -i " + key + " in.age > out")
                                    .output())
                            .isEmpty();
                    assertThat(Files.readAllBytes(folder.resolve("out"))).isEqualTo(content);
                }
            }
        }

        @Test
        void we_decrypt_what_age_encrypts() throws Exception {
            Tools.require("age", "age-keygen");
            assertThat(run("age-keygen", "-o", "foreign").exit()).isZero();
            var foreign = IdentityFile.read(folder.resolve("foreign"), NOBODY).get(0);
            assertThat(run("age-keygen", "-y", "foreign").output().strip())
                    .isEqualTo(foreign.recipient().text());
            for (int length : new int[] {0, 1, 65_536, 300_000}) {
                var content = Workshop.noise(length, length);
                Files.write(folder.resolve("in"), content);
                var one = ONE.recipient().text();
                var two = foreign.recipient().text();
                assertThat(run("age", "-r", one, "-r", two, "-o", "in.age", "in")
                                .output())
                        .isEmpty();
                var stored = Files.readAllBytes(folder.resolve("in.age"));
                assertThat(decrypted(stored, ONE)).isEqualTo(content);
                assertThat(decrypted(stored, foreign)).isEqualTo(content);
            }
        }

        @Test
        void a_key_of_another_kind_beside_ours_does_no_harm() throws Exception {
            Tools.require("age", "ssh-keygen");
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ssh");
            Files.writeString(folder.resolve("in"), "content");
            run("age", "-R", "ssh.pub", "-r", ONE.recipient().text(), "-o", "in.age", "in");

            assertThat(decrypted(Files.readAllBytes(folder.resolve("in.age")), ONE))
                    .asString()
                    .isEqualTo("content");
        }

        @Test
        void a_passphrase_works_in_both_directions() throws Exception {
            Tools.require("age", "script");
            IdentityFile.write(folder.resolve("plain"), ONE, Clock.systemUTC());
            for (var form : List.of("", "-a ")) {
                Files.deleteIfExists(folder.resolve("theirs"));
                assertThat(onTerminal("age -p " + form + "-o theirs plain", 2).exit())
                        .isZero();
                assertThat(IdentityFile.read(folder.resolve("theirs"), ANSWER))
                        .extracting(Identity::reveal)
                        .containsExactly(ONE.reveal());
            }
            IdentityFile.write(folder.resolve("ours"), TWO, Clock.systemUTC(), "correct horse".toCharArray());
            Files.write(folder.resolve("in.age"), encrypted(Workshop.text("content")));

            assertThat(onTerminal("age -d -i ours -o out in.age", 1).exit()).isZero();
            assertThat(folder.resolve("out")).content().isEqualTo("content");
        }

        private Tools.Result onTerminal(String command, int answers) throws Exception {
            var input = Files.writeString(folder.resolve("answers"), "correct horse\n".repeat(answers));
            return Tools.run(folder, input, "script", "-qec", command, "/dev/null");
        }

        private Tools.Result run(String... command) throws Exception {
            return Tools.run(folder, null, command);
        }
    }

    private static byte[] encrypted(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var encrypted = BOTH.encrypt(out)) {
            encrypted.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] decrypted(byte[] content, Identity... identities) throws IOException {
        try (InputStream in = Age.decryption(List.of(identities)).decrypt(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }

    private static byte[] flipped(byte[] content, int at) {
        var flipped = content.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
