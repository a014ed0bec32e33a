package dev.saddlebag.doctor;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a file can be made in a folder, tried with an empty one that is gone at once. */
final class WriteTest {
    private WriteTest() {}

    /** Why it cannot; empty when it can. */
    static Optional<String> refusal(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of(folder + " is no folder");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".tmp-", ".doctor"));
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(reason(refused));
        }
    }

    private static String reason(IOException refused) {
        String reason = refused instanceof FileSystemException file ? file.getReason() : refused.getMessage();
        return reason == null ? refused.getClass().getSimpleName() : reason;
    }

    /** The folder itself, or the next one above it that is there. */
    static Path existing(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return place;
    }
}
