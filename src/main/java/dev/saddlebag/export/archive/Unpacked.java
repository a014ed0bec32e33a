package dev.saddlebag.export.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * A native export on disk: one tree, merged from all archives, every byte of which was checked.
 *
 * @param root the folder of the tree; wrapper folders are stripped
 * @param parts how many archives with content were merged: the parts of all downloads, or the downloads themselves
 * @param entries how many files the tree has
 * @param bytes how many bytes these files have together
 * @param format {@code markdown}, {@code html}, {@code mixed} or {@code unknown}, by the names of the pages
 * @param warnings sentences on what was left out or stored under another name
 * @param renamed the path of each file that could not keep its name, with the name of its entry without the wrapper
 *     folder: names in another Unicode normal form than C, longer than 240 bytes, ending with a dot or a blank, equal to
 *     another but for upper and lower case, and the {@code index.html} of a further download
 */
public record Unpacked(
        Path root,
        int parts,
        long entries,
        long bytes,
        String format,
        List<String> warnings,
        SortedMap<String, String> renamed) {}
