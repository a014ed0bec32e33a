package dev.saddlebag.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder {@code files/} of a snapshot while a run fills it: each content once, named by its hash. Bytes go straight
 * from the network to the disk, and a file has its name only when it is whole.
 */
public final class FileTree {
    private final Staging staging;
    private final Map<String, StoredFile> byAddress = new ConcurrentHashMap<>();
    private final Map<String, SortedSet<String>> extensions = new ConcurrentHashMap<>();

    /**
     * Goes on with what a run that was broken off has stored. A file whose bytes are not what its name says was cut short
     * by a crash, and is removed.
     */
    public FileTree(Staging staging) throws IOException {
        this.staging = staging;
        for (Path file : present()) {
            String name = file.getFileName().toString();
            int dot = name.indexOf('.');
            String sha256 = dot < 0 ? name : name.substring(0, dot);
            if (Hashes.of(file).equals(sha256)) {
                extensions.put(sha256, new TreeSet<>(Set.of(dot < 0 ? "" : name.substring(dot))));
            } else {
                Files.delete(file);
            }
        }
        replay();
    }

    private void replay() throws IOException {
        if (Files.exists(staging.addresses())) {
            try (Lines lines = new Lines(staging.addresses())) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    named(line)
                            .filter(file -> holds(file.sha256()))
                            .ifPresent(file -> know(file.path(), file.stored()));
                }
            }
        }
    }

    /** A line that a crash cut short costs no more than one file that is fetched once more. */
    private static Optional<Account.NamedFile> named(byte[] line) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(line, Account.NamedFile.class));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    private synchronized void note(String address, StoredFile file) throws IOException {
        String line = Json.MAPPER.writeValueAsString(new Account.NamedFile(address, file.sha256(), file.size()));
        Files.writeString(staging.addresses(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<Path> present() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.toList();
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
    }

    /** Whether the bytes with this hash lie in the folder. */
    public boolean holds(String sha256) {
        return extensions.containsKey(sha256);
    }

    /** What is known to lie at {@code address}, the file's address without its query. */
    public Optional<StoredFile> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Notes what lies at {@code address} as an earlier snapshot has it, so that it need not be fetched. */
    public void know(String address, StoredFile file) {
        byAddress.put(address, file);
    }

    /**
     * Stores the bytes of the file at {@code address}.
     *
     * @param extension the end of the file's name with its dot, or empty
     * @return what was stored, and whether the snapshot did not hold these bytes yet
     */
    public Stored store(String address, String extension, InputStream bytes) throws IOException {
        Path temporary = staging.temporary(UUID.randomUUID().toString());
        try {
            var digest = Hashes.sha256();
            long size;
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
                size = bytes.transferTo(out);
            }
            StoredFile file = new StoredFile(Hashes.hex(digest.digest()), size);
            // First the note, which counts for nothing without the bytes: whatever lies in the folder is known.
            note(address, file);
            boolean isNew = place(temporary, file, extension);
            byAddress.put(address, file);
            return new Stored(file, isNew);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Takes in a file that lies on this disk already: where the disk allows it, under a second name, without a second copy of
     * the bytes.
     *
     * @param address what the file is known by, for {@link #at}
     * @param extension the end of the file's name with its dot, or empty
     */
    public Stored take(String address, String extension, Path file) throws IOException {
        Path temporary = staging.temporary(UUID.randomUUID().toString());
        try {
            try {
                Files.createLink(temporary, file);
            } catch (UnsupportedOperationException | FileSystemException noLinks) {
                Files.copy(file, temporary);
            }
            StoredFile stored = new StoredFile(Hashes.of(temporary), Files.size(temporary));
            boolean isNew = place(temporary, stored, extension);
            byAddress.put(address, stored);
            return new Stored(stored, isNew);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The path in the snapshot of the bytes with this hash; empty when they are not there. */
    public Optional<String> path(String sha256) {
        SortedSet<String> known = extensions.get(sha256);
        if (known == null) {
            return Optional.empty();
        }
        synchronized (known) {
            return Optional.of("files/" + sha256 + known.first());
        }
    }

    /** The bytes of every file in the folder. */
    public List<StoredFile> all() throws IOException {
        List<StoredFile> all = new ArrayList<>();
        for (Path file : present()) {
            String name = file.getFileName().toString();
            int dot = name.indexOf('.');
            all.add(new StoredFile(dot < 0 ? name : name.substring(0, dot), Files.size(file)));
        }
        return all;
    }

    /** The outcome of {@link #store}. */
    public record Stored(StoredFile file, boolean isNew) {}

    /** Removes what nothing names any more, since the object that named it was read again. */
    public void keepOnly(Set<String> needed) throws IOException {
        for (String sha256 : List.copyOf(extensions.keySet())) {
            if (!needed.contains(sha256)) {
                Files.delete(path(sha256, extensions.remove(sha256).first()));
            }
        }
    }

    private boolean place(Path temporary, StoredFile file, String extension) throws IOException {
        boolean[] isNew = {false};
        SortedSet<String> known = extensions.computeIfAbsent(file.sha256(), hash -> {
            isNew[0] = true;
            return new TreeSet<>();
        });
        // The same bytes under several names keep one extension, and it must not depend on which download ended first.
        synchronized (known) {
            String before = known.isEmpty() ? null : known.first();
            known.add(extension);
            if (before == null) {
                Path target = path(file.sha256(), extension);
                Files.createDirectories(target.getParent());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } else if (!known.first().equals(before)) {
                Files.move(
                        path(file.sha256(), before),
                        path(file.sha256(), known.first()),
                        StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return isNew[0];
    }

    private Path folder() {
        return staging.tree().resolve("files");
    }

    private Path path(String sha256, String extension) {
        return folder().resolve(sha256 + extension);
    }
}
