package dev.saddlebag.export.archive;

import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * Makes one tree of the ZIPs of a native export (facts/notion-export.md §2.1): takes up to two wrappers off, reads all
 * parts, strips the wrapper folder, and believes nothing that it has not checked. ZIPs among the attachments stay packed.
 */
public final class ExportArchives {
    private static final int LEAST_THREADS = 2;
    private static final int MOST_THREADS = 8;

    private final UnpackLimits limits;
    private final Room.Free free;
    private final int threads;

    /** With the limits and the number of threads that suit this machine. */
    public ExportArchives() {
        this(
                UnpackLimits.STANDARD,
                Room.Free.OF_DISKS,
                Math.max(
                        LEAST_THREADS,
                        Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())));
    }

    ExportArchives(UnpackLimits limits, Room.Free free, int threads) {
        this.limits = limits;
        this.free = free;
        this.threads = threads;
    }

    /**
     * Unpacks the downloads of a run into the folder {@code export} of its tree, which exists only when it is whole; what
     * an interrupted unpacking has left is removed.
     *
     * @param archives complete downloads: one, or several of page trees, or the parts of one
     * @throws ArchiveRefusedException when an archive is damaged, incomplete, contradictory or hostile
     * @throws NoRoomException when the disk has too little room
     */
    public Unpacked unpack(Run run, List<Path> archives) throws IOException {
        return unpack(
                archives,
                run.staging().temporary("unpacking"),
                run.staging().tree().resolve("export"));
    }

    /**
     * @param working a folder to work in, on the same disk as {@code root}; it is deleted before and after
     * @param root where the tree shall be; what is there is replaced
     */
    Unpacked unpack(List<Path> archives, Path working, Path root) throws IOException {
        delete(working);
        delete(root);
        Files.createDirectories(working);
        Files.createDirectories(root.toAbsolutePath().getParent());
        try (Unpacking unpacking = new Unpacking(working, limits, free, threads)) {
            unpacking.unpack(archives);
            Files.move(unpacking.tree(), root, StandardCopyOption.ATOMIC_MOVE);
            return unpacking.result(root);
        } finally {
            delete(working);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            PathUtils.deleteDirectory(folder);
        }
    }
}
