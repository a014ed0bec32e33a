package dev.saddlebag.export;

import dev.saddlebag.report.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says beside a file of the drop folder why it could not be taken in. */
public final class DropFolder {
    /**
     * Writes {@code failed/<name>.txt}, to where the file itself is moved next.
     *
     * @param file the absolute path of the file that a person dropped
     * @param why why it was not taken in
     * @throws IOException when the folder cannot be written
     */
    public void explain(String file, Exception why) throws IOException {
        Path dropped = Path.of(file);
        Path failed = Files.createDirectories(dropped.resolveSibling("failed"));
        Files.writeString(
                failed.resolve(dropped.getFileName() + ".txt"), why.getMessage() + "\n", StandardCharsets.UTF_8);
    }

    /**
     * Lets the file be moved to the failed ones when no snapshot came of it.
     *
     * @throws IOException with what the summary says
     */
    public void requireSnapshot(RunSummary summary) throws IOException {
        if (summary.isFailure()) {
            throw new IOException(summary.sentence());
        }
    }
}
