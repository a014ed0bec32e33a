package dev.saddlebag.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A vault in memory, whose bytes a test can see and change. */
final class MemoryStore implements Store {
    final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

    @Override
    public void put(String name, Path file) throws IOException {
        var content = Files.readAllBytes(file);
        var before = files.putIfAbsent(name, content);
        if (before != null && before.length != content.length) {
            throw new FileAlreadyExistsException(name);
        }
    }

    @Override
    public InputStream get(String name) throws IOException {
        var content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public List<Stored> list(String folder) {
        return files.entrySet().stream()
                .filter(file -> folder.isEmpty()
                        ? file.getKey().indexOf('/') < 0
                        : file.getKey().startsWith(folder + "/"))
                .map(file -> new Stored(file.getKey(), file.getValue().length))
                .toList();
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    MemoryStore copy() {
        var copy = new MemoryStore();
        files.forEach((name, content) -> copy.files.put(name, content.clone()));
        return copy;
    }
}
