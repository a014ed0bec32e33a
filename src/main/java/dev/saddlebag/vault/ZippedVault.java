package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files of a {@link PortableVault}, read where they lie in the ZIP. */
public final class ZippedVault implements Store, Closeable {
    private static final byte[] AGE = "age-encryption.org/".getBytes(StandardCharsets.US_ASCII);

    private final ZipFile zip;

    private ZippedVault(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens the ZIP in {@code file}. One that age has encrypted as a whole is decrypted into {@code scratch} first.
     *
     * @param decryption null when there are no identities
     * @throws WrongIdentityException when it is encrypted, and the identities at hand do not open it
     * @throws IOException when {@code file} is no ZIP, or is cut off
     */
    public static ZippedVault open(Path file, Decryption decryption, Path scratch) throws IOException {
        try {
            var zip = isEncrypted(file) ? decrypted(file, decryption, scratch) : file;
            return new ZippedVault(new ZipFile(zip.toFile()));
        } catch (ZipException e) {
            throw new IOException(file + " is no whole ZIP file: " + e.getMessage(), e);
        }
    }

    private static boolean isEncrypted(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(AGE.length), AGE);
        }
    }

    private static Path decrypted(Path file, Decryption decryption, Path scratch) throws IOException {
        if (decryption == null) {
            throw new WrongIdentityException(
                    file + " is encrypted. Give an identity file of one of its keys (--identity FILE)", null);
        }
        var zip = Files.createTempFile(scratch, "vault-", ".zip");
        try (var in = decryption.decrypt(Files.newInputStream(file))) {
            Files.copy(in, zip, StandardCopyOption.REPLACE_EXISTING);
            return zip;
        } catch (WrongIdentityException e) {
            throw new WrongIdentityException(
                    file + " " + e.getMessage() + ". Give one of its keys (--identity FILE)", e);
        } catch (CannotDecryptException e) {
            throw new IOException(file + " " + e.getMessage() + ". Take another copy of it", e);
        }
    }

    @Override
    public InputStream get(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null || entry.isDirectory()) {
            throw new NoSuchFileException(name, null, "is not in " + zip.getName());
        }
        return zip.getInputStream(entry);
    }

    @Override
    public List<Stored> list(String folder) {
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .filter(entry -> folder.isEmpty()
                        ? entry.getName().indexOf('/') < 0
                        : entry.getName().startsWith(folder + "/"))
                .map(entry -> new Stored(entry.getName(), entry.getSize()))
                .toList();
    }

    @Override
    public void put(String name, Path file) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public void delete(String name) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
