package dev.saddlebag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the folders of tests in memory where the system has room for them. The suite makes and deletes some hundred thousand
 * small files, and ext4 spent a third of the processor's time on finding inodes that were not deleted just before.
 */
public final class MemoryFolders implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** A container has 64 MB there unless told otherwise. Both of the suite's processes together need less than a GB. */
    private static final long ENOUGH = 4L << 30;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        return create("junit-");
    }

    /** A new folder for tests whose framework makes none; they delete it themselves. */
    public static Path create(String prefix) throws IOException {
        return isRoomy() ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix);
    }

    /** The suites of real sizes are about the disk, and larger than memory. */
    private static boolean isRoomy() throws IOException {
        return !Boolean.getBoolean("saddlebag.scale")
                && Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH;
    }
}
