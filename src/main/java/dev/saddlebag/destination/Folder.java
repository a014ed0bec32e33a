package dev.saddlebag.destination;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A vault in a local folder. A file is written under a temporary name beside its place, fsynced, renamed, and the folder
 * fsynced: a name that is there is whole and survives a power cut. That is why this is no route over {@code camel-file},
 * which does none of it (facts/vault-study.md §4.6).
 */
public final class Folder implements Store {
    /** Temporary files of this age belong to no write that still runs. */
    private static final Duration LEFT_OVER = Duration.ofDays(7);

    private static final int AT_ONCE = 3;

    private static final boolean POSIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

    private final Path root;
    private final Clock clock;

    /** A vault in {@code root}, which is made at the first {@link #put} when it is not there. */
    public Folder(Path root) {
        this(root, Clock.systemUTC());
    }

    /** The same, for routes: Camel converts no text to a path by itself. */
    public static Folder at(String directory) {
        return new Folder(Path.of(directory));
    }

    Folder(Path root, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
    }

    @Override
    public void put(String name, Path file) throws IOException {
        var target = place(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            acceptSame(name, target, file);
            return;
        }
        try {
            createFolders(target.getParent());
            var temporary = target.resolveSibling(Names.TEMPORARY + UUID.randomUUID());
            try {
                copy(file, temporary);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            sync(target.getParent());
        } catch (FileSystemException e) {
            throw explained(name, e);
        } catch (IOException e) {
            throw full(name, e);
        }
    }

    @Override
    public InputStream get(String name) throws IOException {
        var file = place(name);
        if (Files.isDirectory(file)) {
            throw new NoSuchFileException(name, null, "is a folder");
        }
        return Files.newInputStream(file);
    }

    @Override
    public List<Stored> list(String folder) throws IOException {
        List<Stored> stored = new ArrayList<>();
        try {
            if (folder.isEmpty()) {
                list(root, "", false, stored);
            } else {
                list(place(folder), folder + "/", true, stored);
            }
        } catch (NoSuchFileException missing) {
            throw missing;
        } catch (FileSystemException e) {
            throw new IOException(
                    "The folder " + root + " cannot be listed: " + reason(e)
                            + ". Check its permissions, and that it is mounted",
                    e);
        }
        return stored;
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public void delete(String name) throws IOException {
        var file = place(name);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.deleteIfExists(file)) {
                sync(file.getParent());
            }
        } catch (FileSystemException e) {
            throw new IOException(name + " in " + root + " cannot be deleted: " + reason(e) + ". It is still there", e);
        }
    }

    private void list(Path folder, String prefix, boolean deep, List<Stored> stored) throws IOException {
        try (var children = Files.newDirectoryStream(folder)) {
            for (var child : children) {
                var name = child.getFileName().toString();
                var attributes = attributes(child);
                if (name.startsWith(Names.TEMPORARY)) {
                    sweep(child, attributes);
                } else if (attributes != null && attributes.isDirectory()) {
                    if (deep) {
                        list(child, prefix + name + "/", true, stored);
                    }
                } else if (attributes != null && attributes.isRegularFile()) {
                    stored.add(new Stored(prefix + name, attributes.size()));
                }
            }
        } catch (NoSuchFileException e) {
            if (prefix.isEmpty() || Files.isDirectory(root) || !Files.exists(root)) {
                return; // What was never written to has no folder yet.
            }
            throw e;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Null when the file went away after its name was listed. */
    private static BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void sweep(Path temporary, BasicFileAttributes attributes) throws IOException {
        if (attributes != null
                && attributes.isRegularFile()
                && attributes
                        .lastModifiedTime()
                        .toInstant()
                        .isBefore(clock.instant().minus(LEFT_OVER))
                && Files.isWritable(temporary.getParent())) {
            Files.deleteIfExists(temporary);
        }
    }

    private void acceptSame(String name, Path target, Path file) throws IOException {
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(target, file) >= 0) {
            throw new FileAlreadyExistsException(
                    name, null, "is in " + root + " with other content; it was left as it is");
        }
    }

    private static void copy(Path file, Path temporary) throws IOException {
        try (var in = FileChannel.open(file, StandardOpenOption.READ);
                var out = FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        permissions("rw-------"))) {
            var size = in.size();
            for (long done = 0; done < size; ) {
                var n = in.transferTo(done, size - done, out);
                if (n <= 0) {
                    throw new IOException(file + " became shorter while it was copied");
                }
                done += n;
            }
            out.force(true);
        }
    }

    private static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder, permissions("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        sync(parent);
    }

    private static void sync(Path folder) throws IOException {
        if (POSIX && folder != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private Path place(String name) throws IOException {
        Names.check(name);
        var place = root.resolve(name).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new IOException("\"" + name + "\" would lie outside of " + root);
        }
        return place;
    }

    private IOException explained(String name, FileSystemException e) {
        return new IOException(
                name + " cannot be written to " + root + ": " + reason(e)
                        + ". What is there already was not touched. Check the folder's permissions, that it is mounted for"
                        + " writing, and its free space",
                e);
    }

    private IOException full(String name, IOException e) {
        return new IOException(
                name + " could not be written whole to " + root + ": " + e.getMessage()
                        + ". The part of it was removed, and what is there already was not touched. Check the free space",
                e);
    }

    private static String reason(FileSystemException e) {
        var kind = e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.getReason();
        return kind == null ? e.getClass().getSimpleName() + " " + e.getFile() : kind + " (" + e.getFile() + ")";
    }
}
