package dev.saddlebag.doctor;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whether a destination of any kind can be written: one small file is put beside the vaults, read back and deleted. The
 * file always has the same name and the same bytes. So where nothing can be deleted it stays, but no second one ever
 * comes beside it.
 */
final class WritingTrial {
    /** No workspace has such a name. */
    static final String NAME = ".saddlebag-doctor";

    /** Never to be changed: a destination that cannot delete would refuse other bytes. */
    private static final String CONTENT =
            "\"saddlebag doctor\" puts this file here to see whether it can. Nothing needs it: it may be deleted.\n";

    private final Store destination;
    private final boolean locked;

    /**
     * A trial of a destination.
     *
     * @param destination the destination itself, above its vaults
     * @param locked whether what is put there is locked; then each deletion would only hide a version for which another
     *     comes the next time
     */
    WritingTrial(Store destination, boolean locked) {
        this.destination = destination;
        this.locked = locked;
    }

    /**
     * Tries it.
     *
     * @return what turned out, to follow the name of the destination
     * @throws IOException when it cannot be written, or gives back something else
     */
    String outcome() throws IOException {
        boolean leftBefore = isThere() && !canBeDeleted();
        Path file = Files.createTempFile("saddlebag-doctor", "");
        try {
            destination.put(NAME, Files.writeString(file, CONTENT));
        } finally {
            Files.delete(file);
        }
        if (!isThere()) {
            throw new IOException(NAME + " was put and is not there");
        }
        if (leftBefore) {
            return "could be written when " + NAME + " was put there, which stays, " + staying();
        }
        return canBeDeleted() ? "can be written" : "can be written; " + NAME + " stays there, " + staying();
    }

    private String staying() {
        return locked ? "locked as all that is put there" : "since these credentials can delete nothing";
    }

    private boolean isThere() throws IOException {
        String found;
        try (InputStream in = destination.get(NAME)) {
            found = new String(in.readNBytes(CONTENT.length() + 1), StandardCharsets.UTF_8);
        } catch (NoSuchFileException missing) {
            return false;
        }
        if (!found.equals(CONTENT)) {
            throw new IOException(NAME + " holds other bytes than were put there");
        }
        return true;
    }

    private boolean canBeDeleted() {
        if (locked) {
            return false;
        }
        try {
            destination.delete(NAME);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
