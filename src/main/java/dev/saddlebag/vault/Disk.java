package dev.saddlebag.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Set;

/**
 * What the sealer and the spool do to the local disk, so that a test can stop them at each of these operations
 * (facts/vault-study.md §5 "crash at every operation").
 */
interface Disk {
    Disk LOCAL = new Local();

    /** Creates the folder and those above it, for the owner only, and makes them durable. */
    void createFolder(Path folder) throws IOException;

    /** Opens a new file for writing, for the owner only; closing the stream makes its bytes durable. */
    OutputStream create(Path file) throws IOException;

    /** Makes the names in a folder durable. */
    void sync(Path folder) throws IOException;

    /** Renames in one step that survives a power cut, replacing a file of the new name. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, or a folder with all that is in it; what is not there is no error. */
    void delete(Path path) throws IOException;

    /** The real disk. */
    final class Local implements Disk {
        private static final boolean POSIX =
                Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

        @Override
        public void createFolder(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, attributes("rwx------"));
                sync(folder);
                sync(folder.toAbsolutePath().getParent());
            }
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            var channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                    attributes("rw-------"));
            return new DurableOutput(channel);
        }

        @Override
        public void sync(Path folder) throws IOException {
            if (!POSIX) {
                return; // Windows cannot open a folder as a file, and journals its names itself.
            }
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            sync(to.toAbsolutePath().getParent());
        }

        @Override
        public void delete(Path path) throws IOException {
            if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                var children = new ArrayList<Path>();
                try (var listing = Files.newDirectoryStream(path)) {
                    listing.forEach(children::add);
                }
                for (var child : children) {
                    delete(child);
                }
            }
            Files.deleteIfExists(path);
        }

        private static FileAttribute<?>[] attributes(String permissions) {
            return POSIX
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                    }
                    : new FileAttribute<?>[0];
        }
    }

    /** Writes to a file and fsyncs it when it is closed. */
    final class DurableOutput extends OutputStream {
        private final FileChannel channel;
        private final OutputStream out;

        DurableOutput(FileChannel channel) {
            this.channel = channel;
            this.out = Channels.newOutputStream(channel);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                if (channel.isOpen()) {
                    channel.force(true);
                }
            }
        }
    }
}
