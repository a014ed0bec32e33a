package dev.saddlebag.doctor;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the state directory can be written, and has room for what a run puts there. */
final class StateCheck {
    /** Least room when no snapshot tells how much is needed, in bytes. */
    private static final long LITTLE = 2_000_000_000L;

    private static final long TOO_LITTLE = 500_000_000L;

    /** Tells how much room there is. */
    @FunctionalInterface
    interface Room {
        /** The real disks. */
        Room OF_DISKS = folder -> Files.getFileStore(folder).getUsableSpace();

        /** Bytes that this process may still write on the disk of a folder. */
        long at(Path folder) throws IOException;
    }

    private final Path directory;
    private final Room room;

    StateCheck(Path directory, Room room) {
        this.directory = directory;
        this.room = room;
    }

    /**
     * Looks at the directory.
     *
     * @param newest the size of the newest snapshots of all workspaces together, in bytes; 0 when there are none
     */
    List<Finding> of(List<WorkspaceSettings> workspaces, long newest) {
        List<Finding> findings = new ArrayList<>();
        findings.add(written(workspaces));
        findings.add(roomFor(newest));
        return findings;
    }

    private Finding written(List<WorkspaceSettings> workspaces) {
        Path there = WriteTest.existing(directory);
        Optional<String> refusal = WriteTest.refusal(there);
        if (refusal.isPresent()) {
            return unwritable(there, refusal.get());
        }
        for (WorkspaceSettings workspace : workspaces) {
            for (Path folder : folders(directory.resolve(workspace.name()))) {
                if (!Files.isWritable(folder)) {
                    return unwritable(folder, "it belongs to somebody else");
                }
            }
        }
        return Finding.ok(
                Area.STATE,
                directory.toString(),
                Files.exists(directory) ? "can be written" : "is not there yet; the first run makes it");
    }

    private Finding unwritable(Path folder, String why) {
        return Finding.failed(
                Area.STATE,
                directory.toString(),
                "cannot be written: " + folder + ": " + why,
                "Give the folder to the user that runs Saddlebag, or set saddlebag.state-directory to one that it may "
                        + "write. Until then no run begins.");
    }

    private static List<Path> folders(Path workspace) {
        if (!Files.isDirectory(workspace)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(workspace)) {
            return Stream.concat(Stream.of(workspace), inside.filter(Files::isDirectory))
                    .toList();
        } catch (IOException unreadable) {
            return List.of(workspace);
        }
    }

    private Finding roomFor(long newest) {
        String subject = directory + " disk";
        try {
            long free = room.at(WriteTest.existing(directory));
            String found = Sizes.text(free) + " are free"
                    + (newest > 0 ? "; the newest snapshots together have " + Sizes.text(newest) : "");
            String remedy =
                    "Free space there, or set saddlebag.state-directory to a larger disk: a run needs room for a "
                            + "whole snapshot, and another one may wait for a destination.";
            if (free < Math.max(newest, TOO_LITTLE)) {
                return Finding.failed(Area.STATE, subject, found, remedy);
            }
            return free < Math.max(2 * newest, LITTLE)
                    ? Finding.warning(Area.STATE, subject, found, remedy)
                    : Finding.ok(Area.STATE, subject, found);
        } catch (IOException unknown) {
            return Finding.warning(
                    Area.STATE,
                    subject,
                    "nobody knows how much space is free: " + unknown.getMessage(),
                    "Look yourself, with df.");
        }
    }
}
