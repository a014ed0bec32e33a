package dev.saddlebag.cli;

import dev.saddlebag.vault.DamageException;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Repairer;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.WrongIdentityException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The paths that a repair could not save: all of them in a file of the state directory, and a sentence for each snapshot. */
final class LostPaths {
    private final Path folder;
    private final Path file;
    private final SortedMap<RunId, Long> counts = new TreeMap<>();
    private final SortedMap<RunId, String> untold = new TreeMap<>();

    LostPaths(Path folder, String destination) {
        this.folder = folder;
        this.file = folder.resolve(destination + ".tsv");
    }

    /** Writes a line for each path: the snapshot, the stored file, the path. */
    void write(Repairer repairer, Repairer.Repaired repaired) throws IOException {
        if (repaired.lost().isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(folder);
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            for (Finding finding : repaired.left()) {
                if (finding.snapshot() != null && repaired.lost().contains(finding.file())) {
                    write(repairer, finding, lines);
                }
            }
        }
    }

    private void write(Repairer repairer, Finding finding, PrintWriter lines) throws IOException {
        RunId run = finding.snapshot();
        counts.putIfAbsent(run, 0L);
        try {
            repairer.paths(run, finding.file(), path -> {
                lines.printf("%s\t%s\t%s%n", run, finding.file(), path);
                counts.merge(run, 1L, Long::sum);
            });
        } catch (WrongIdentityException locked) {
            untold.put(run, "which paths, shows with an identity only (--identity FILE)");
        } catch (DamageException unreadable) {
            untold.put(run, "which paths, cannot be told: its listing is lost too");
        }
    }

    /** What is lost, and what becomes of it; nothing when nothing is. */
    List<String> sentences(Repairer.Repaired repaired) {
        List<String> sentences = new ArrayList<>();
        if (repaired.lost().isEmpty()) {
            return sentences;
        }
        sentences.add("No place has a good copy of " + String.join(", ", repaired.lost()) + ".");
        counts.forEach((run, paths) -> sentences.add("  The snapshot " + run + " has lost "
                + (untold.containsKey(run) ? "paths; " + untold.get(run) : paths + " paths") + "."));
        sentences.add("All lost paths that can be told: " + file
                + ". The next run reads everything, and stores anew what is still in Notion.");
        return sentences;
    }
}
