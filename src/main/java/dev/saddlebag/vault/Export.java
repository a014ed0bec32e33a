package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** Writes the tree of one snapshot into a folder, each file whole or not at all, and nothing outside of it. */
final class Export {
    private final Vault vault;
    private final Snapshot snapshot;
    private final Path target;
    private final Progress progress;
    private final Map<String, Finding> lost = new LinkedHashMap<>();
    private Path root;
    private Path temporary;
    private Path provenFolder;

    Export(Vault vault, Snapshot snapshot, Path target, Progress progress) {
        this.vault = vault;
        this.snapshot = snapshot;
        this.target = target;
        this.progress = progress;
    }

    Exported run(Predicate<Entry> filter) throws IOException {
        try (var entries = GroupedEntries.of(vault, snapshot, filter);
                var content = EntryContent.of(vault, snapshot, entries)) {
            Files.createDirectories(target);
            root = target.toRealPath();
            temporary = root.resolve(".export-" + UUID.randomUUID());
            var files = 0L;
            var bytes = 0L;
            var badFile = -1;
            for (int i = 0; i < entries.count(); i++) {
                var entry = entries.get(i);
                try {
                    if (entries.file(i) == badFile) {
                        lose(lost.get(entries.files().get(badFile)), entry);
                        continue;
                    }
                    write(entry, content);
                    files++;
                    bytes += entry.size();
                    progress.done(files, entries.count(), bytes, entries.bytes());
                } catch (DamageException e) {
                    var finding = e.findings().get(0);
                    badFile = finding.affected() == 0
                                    && finding.file().equals(entries.files().get(entries.file(i)))
                            ? entries.file(i)
                            : badFile;
                    lose(finding, entry);
                }
            }
            if (!lost.isEmpty()) {
                throw new DamageException(
                        "of the snapshot " + snapshot.id() + ", " + files + " of " + entries.count()
                                + " files were written to " + target + "; the others are lost at this destination: ",
                        List.copyOf(lost.values()));
            }
            return new Exported(files, bytes);
        }
    }

    private void lose(Finding finding, Entry entry) {
        var before = lost.get(finding.file());
        if (before == null) {
            lost.put(finding.file(), finding.concerning(List.of(entry.path()), 1));
            return;
        }
        List<String> paths = new ArrayList<>(before.paths());
        if (paths.size() < Finding.SHOWN) {
            paths.add(entry.path());
        }
        lost.put(finding.file(), before.concerning(paths, before.affected() + 1));
    }

    private void write(Entry entry, EntryContent content) throws IOException {
        var file = place(entry.path());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireSame(entry, file);
            return;
        }
        proveFolder(file.getParent());
        try {
            try (var in = content.stream(entry);
                    var out = Files.newOutputStream(temporary)) {
                in.transferTo(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private Path place(String path) throws IOException {
        try {
            var file = root.resolve(path).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("the path \"" + path + "\" would lead out of " + target);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException(
                    "this system cannot write the file name \"" + path + "\" (" + e.getReason()
                            + "). Set the environment variable LC_ALL to a UTF-8 locale such as C.UTF-8",
                    e);
        }
    }

    /** A link inside the target could lead out of it. */
    private void proveFolder(Path folder) throws IOException {
        if (folder.equals(provenFolder)) {
            return;
        }
        var existing = folder;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!existing.toRealPath().equals(existing)) {
            throw new IOException(
                    existing + " is a link out of the folder that is exported to, or through one. Nothing was"
                            + " written there. Choose an empty folder");
        }
        Files.createDirectories(folder);
        provenFolder = folder;
    }

    private void requireSame(Entry entry, Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == entry.size()
                && Hashes.of(file).equals(entry.sha256())) {
            return;
        }
        throw new FileAlreadyExistsException(
                file.toString(), null, "is there with other content and was not overwritten. Choose an empty folder");
    }
}
