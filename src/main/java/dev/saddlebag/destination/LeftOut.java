package dev.saddlebag.destination;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of a snapshot that is not in its tree at a destination.
 *
 * @param path where it lies in the snapshot
 * @param size in bytes
 * @param why as the end of a sentence
 */
public record LeftOut(String path, long size, String why) {
    private static final int SHOWN = 3;

    /** What a tree is missing, in a sentence; empty when that is nothing. */
    static String sentence(List<LeftOut> files) {
        if (files.isEmpty()) {
            return "";
        }
        String shown = files.stream()
                .limit(SHOWN)
                .map(file -> file.path() + " (" + file.why() + ")")
                .collect(Collectors.joining(", "));
        return "%,d %s left out of the tree and %s in the vaults only: %s%s"
                .formatted(
                        files.size(),
                        files.size() == 1 ? "file was" : "files were",
                        files.size() == 1 ? "is" : "are",
                        shown,
                        files.size() > SHOWN ? ", …" : "");
    }
}
