package dev.saddlebag.cli;

import dev.saddlebag.vault.Encryption;
import dev.saddlebag.vault.Exported;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.output.CloseShieldOutputStream;

/** Where an export goes, by the name that was given: a folder, a ZIP, or a ZIP that age encrypts. */
record ExportTarget(Path path) {
    static final String ENCRYPTED = ".age";
    private static final String ZIP = ".zip";
    private static final Set<StandardOpenOption> FRESH =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    /** Writes what an export consists of. */
    @FunctionalInterface
    interface Content {
        Exported write(OutputStream out) throws IOException;
    }

    boolean isFolder() {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.endsWith(ZIP) && !name.endsWith(ZIP + ENCRYPTED);
    }

    boolean isEncrypted() {
        return !isFolder() && path.toString().toLowerCase(Locale.ROOT).endsWith(ENCRYPTED);
    }

    /** Makes the file, which appears under its name when it is whole and on the disk; what is there is never replaced. */
    Exported write(Content content, Optional<Encryption> encryption) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(path + " is there already, and was left as it is. Choose another name");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "There is no folder " + folder + " to write " + path.getFileName() + " to");
        }
        Path temporary = folder.resolve("." + path.getFileName() + ".part");
        try {
            Exported exported;
            try (FileChannel file = FileChannel.open(temporary, FRESH)) {
                exported = written(content, encryption, CloseShieldOutputStream.wrap(Channels.newOutputStream(file)));
                file.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return exported;
        } catch (FileSystemException e) {
            throw new IOException(path + " could not be written: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Exported written(Content content, Optional<Encryption> encryption, OutputStream file)
            throws IOException {
        if (encryption.isEmpty()) {
            return content.write(file);
        }
        try (OutputStream encrypting = encryption.get().encrypt(file)) {
            return content.write(encrypting);
        }
    }
}
