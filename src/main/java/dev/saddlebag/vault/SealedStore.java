package dev.saddlebag.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a spool holds, as the vault that it will be at every destination; for reading only. */
record SealedStore(Spool spool, SpoolStore files, SigningKey key) implements Store {
    @Override
    public InputStream get(String name) throws IOException {
        return switch (name) {
            case Names.README, Names.VAULT -> Files.newInputStream(spool.topFile(name));
            case Names.SIGNERS -> new ByteArrayInputStream(signers());
            default -> files.get(name);
        };
    }

    private byte[] signers() {
        return (key.allowedSigner() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Only the top is listed: what a snapshot needs is known from its list. */
    @Override
    public List<Stored> list(String folder) {
        if (!folder.isEmpty()) {
            return files.list(folder);
        }
        return List.of(new Stored(Names.SIGNERS, signers().length));
    }

    @Override
    public void put(String name, Path file) {
        files.put(name, file);
    }

    @Override
    public void delete(String name) {
        files.delete(name);
    }
}
