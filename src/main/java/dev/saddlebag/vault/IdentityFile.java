package dev.saddlebag.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file with secret keys as {@code age-keygen} writes it and {@code age -i} takes it, as it is or protected by a
 * passphrase.
 */
public final class IdentityFile {
    private static final int LARGEST = 1 << 20;
    private static final String BINARY = "age-encryption.org/";
    private static final String ARMORED = "-----BEGIN AGE ENCRYPTED FILE-----";

    private IdentityFile() {}

    /** Where a passphrase comes from, when one is needed. */
    @FunctionalInterface
    public interface Passphrases {
        /**
         * The passphrase of {@code file}.
         *
         * @throws IOException when there is nobody to ask
         */
        char[] of(Path file) throws IOException;
    }

    /**
     * Reads the keys in {@code file}.
     *
     * @throws IOException when there are none; the message names the file and never a key
     */
    public static List<Identity> read(Path file, Passphrases passphrases) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no identity file " + file, e);
        }
        var begin = new String(content, 0, Math.min(content.length, ARMORED.length()), StandardCharsets.ISO_8859_1);
        if (begin.startsWith(BINARY) || begin.equals(ARMORED)) {
            content = unlocked(file, content, begin.equals(ARMORED), passphrases.of(file));
        }
        return parse(file, new String(content, StandardCharsets.UTF_8));
    }

    private static byte[] unlocked(Path file, byte[] content, boolean armored, char[] passphrase) throws IOException {
        var reader = new AgePassphrase(passphrase, AgePassphrase.WORK).reader();
        var decryption = armored ? Age.armored(reader) : Age.binary(reader);
        try (var in = decryption.decrypt(new ByteArrayInputStream(content))) {
            return in.readNBytes(LARGEST);
        } catch (WrongIdentityException e) {
            throw new IOException(
                    "the passphrase does not open the identity file " + file
                            + ", or it is encrypted to a key and not by a passphrase",
                    e);
        } catch (CannotDecryptException e) {
            throw new IOException("the identity file " + file + " cannot be opened: it " + e.getMessage(), e);
        }
    }

    private static List<Identity> parse(Path file, String text) throws IOException {
        List<Identity> identities = new ArrayList<>();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                try {
                    identities.add(Identity.parse(stripped));
                } catch (IllegalArgumentException e) {
                    throw new IOException("line " + number + " of the identity file " + file + " " + e.getMessage(), e);
                }
            }
        }
        if (identities.isEmpty()) {
            throw new IOException("the identity file " + file + " holds no secret key");
        }
        return identities;
    }

    /**
     * Writes {@code identity} into a new file for the owner only.
     *
     * @throws FileAlreadyExistsException when the file is there; it stays as it is
     */
    public static void write(Path file, Identity identity, Clock clock) throws IOException {
        try (var out = create(file)) {
            out.write(text(identity, clock));
        }
    }

    /** Writes {@code identity} into a new file for the owner only, so that it takes {@code passphrase} to read it. */
    public static void write(Path file, Identity identity, Clock clock, char[] passphrase) throws IOException {
        write(file, identity, clock, new AgePassphrase(passphrase, AgePassphrase.WORK));
    }

    static void write(Path file, Identity identity, Clock clock, AgePassphrase passphrase) throws IOException {
        try (var out = Age.encryption(List.of(passphrase.writer())).encrypt(create(file))) {
            out.write(text(identity, clock));
        }
    }

    /**
     * Opens a new file that only its owner may read, for secrets.
     *
     * @throws FileAlreadyExistsException when the file is there; it stays as it is
     */
    public static OutputStream create(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return Channels.newOutputStream(
                posix
                        ? Files.newByteChannel(
                                file,
                                options,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                        : Files.newByteChannel(file, options));
    }

    private static byte[] text(Identity identity, Clock clock) {
        var made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return ("# created: " + made + "\n# public key: " + identity.recipient() + "\n" + identity.reveal() + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
