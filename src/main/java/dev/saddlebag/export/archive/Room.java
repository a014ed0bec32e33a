package dev.saddlebag.export.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room the disk of a folder has. */
final class Room {
    /** What has to stay free, so that the run can still write its notes. */
    private static final long REST = 64L << 20;

    private final Path folder;
    private final Free free;

    /** Asks the disk. */
    @FunctionalInterface
    interface Free {
        Free OF_DISKS = folder -> Files.getFileStore(folder).getUsableSpace();

        long of(Path folder) throws IOException;
    }

    Room(Path folder, Free free) {
        this.folder = folder;
        this.free = free;
    }

    /** Refuses to begin what cannot end well. */
    void check(long needed) throws IOException {
        long there = free.of(folder);
        if (needed > there - REST) {
            throw new NoRoomException(
                    "Unpacking the export needs %s on the disk of %s, of which %s are free: %s more are needed."
                            .formatted(
                                    Sizes.text(needed + REST),
                                    folder,
                                    Sizes.text(there),
                                    Sizes.text(needed + REST - there)),
                    null);
        }
    }

    /** What to say when a file cannot be written. */
    IOException explained(Path file, IOException failure) {
        boolean full;
        try {
            full = free.of(folder) < REST / 16;
        } catch (IOException e) {
            failure.addSuppressed(e);
            full = false;
        }
        if (full || String.valueOf(failure.getMessage()).contains("No space left")) {
            return new NoRoomException(
                    "The disk of " + folder + " became full while the export was unpacked.", failure);
        }
        return new IOException(
                "cannot write " + Sizes.quoted(file.getFileName().toString()) + " of the export: " + failure, failure);
    }
}
