package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file that is there for as long as a store takes to copy it. */
record ScratchFile(Path path) implements Closeable {
    static ScratchFile of(Path folder, String text) throws IOException {
        return of(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    static ScratchFile of(Path folder, byte[] content) throws IOException {
        var file = new ScratchFile(Files.createTempFile(folder, "put-", ".tmp"));
        try {
            Files.write(file.path(), content);
            return file;
        } catch (IOException full) {
            file.close();
            throw full;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
