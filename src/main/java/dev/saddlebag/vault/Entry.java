package dev.saddlebag.vault;

import java.util.List;

/**
 * One path of a snapshot: a line of its manifest (facts/vault-study.md §4.3).
 *
 * @param path where the file lies in the snapshot's tree
 * @param size bytes of the file
 * @param sha256 hash of the file
 * @param files the stored files that hold it, as positions in the manifest's list of files: one pack, or the parts of
 *     one loose file in order
 * @param inside its name in the pack, when that is not {@code path}; null otherwise
 * @param note what the caller gave
 */
public record Entry(String path, long size, String sha256, List<Integer> files, String inside, Note note) {
    public Entry {
        files = List.copyOf(files);
    }

    /** The name under which a pack holds it. */
    String nameInPack() {
        return inside == null ? path : inside;
    }
}
