package dev.saddlebag.export.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * An export, unpacked into one tree.
 *
 * @param root the folder of the tree, without any wrapper
 * @param parts how many parts it came in
 * @param entries how many files it has
 * @param bytes their size together
 * @param format {@code markdown}, {@code html}, {@code mixed} or {@code unknown}
 * @param warnings what a person should know of the archive, in sentences
 * @param renamed the paths of files whose names could not be kept, with those names
 */
public record Unpacked(
        Path root,
        int parts,
        long entries,
        long bytes,
        String format,
        List<String> warnings,
        SortedMap<String, String> renamed) {}
