package dev.saddlebag.destination;

import java.util.List;

/**
 * What a destination that holds trees did for one snapshot.
 *
 * @param isNew whether the tree was put; if not, it was there before
 * @param proven whether the destination has shown the hash that stands for the whole tree
 * @param files how many files were written, because they are new or changed
 * @param bytes how large these are together
 * @param unchanged how many files the destination had before
 * @param leftOut the files of the snapshot that are not in the tree
 */
public record Planted(boolean isNew, boolean proven, int files, long bytes, int unchanged, List<LeftOut> leftOut) {
    public Planted {
        leftOut = List.copyOf(leftOut);
    }

    /** The tree was put, by a destination that says nothing more. */
    static Planted unproven() {
        return new Planted(true, false, 0, 0, 0, List.of());
    }

    /** The tree was there before. */
    static Planted before() {
        return new Planted(false, false, 0, 0, 0, List.of());
    }
}
