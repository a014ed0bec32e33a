package dev.saddlebag.snapshot;

import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder {@code files/} of a snapshot while a run fills it: each content once, named by its hash. Bytes go straight
 * from the network to the disk, and a file has its name only when it is whole.
 */
public final class FileTree {
    private final Staging staging;
    private final Map<String, StoredFile> byAddress = new ConcurrentHashMap<>();
    private final Map<String, SortedSet<String>> extensions = new ConcurrentHashMap<>();

    public FileTree(Staging staging) {
        this.staging = staging;
    }

    /** What this run has stored for {@code address}, the file's address without its query. */
    public Optional<StoredFile> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
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
            boolean isNew = place(temporary, file, extension);
            byAddress.put(address, file);
            return new Stored(file, isNew);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The outcome of {@link #store}. */
    public record Stored(StoredFile file, boolean isNew) {}

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
                Path target = path(file, extension);
                Files.createDirectories(target.getParent());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } else if (!known.first().equals(before)) {
                Files.move(path(file, before), path(file, known.first()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return isNew[0];
    }

    private Path path(StoredFile file, String extension) {
        return staging.tree().resolve("files").resolve(file.sha256() + extension);
    }
}
