package dev.saddlebag.vault;

/**
 * How content is cut into stored files; none of it matters to a reader. All sizes are bytes.
 *
 * @param looseBinary binary files of this size or more are stored alone, as they are
 * @param looseText text files of this size or more are stored alone; below it they are worth deflating
 * @param part a loose file longer than this is split, so that a failed upload costs little and no host's limit is hit
 * @param pack a pack is closed when the next entry might make it larger than this
 * @param entries a pack is closed when it holds this many entries, well below what would need ZIP64
 */
record Limits(long looseBinary, long looseText, long part, long pack, int entries) {
    private static final long MIB = 1 << 20;

    /** The limits of facts/vault-study.md §4.1. */
    static final Limits STANDARD = new Limits(4 * MIB, 64 * MIB, 64 * MIB, 64 * MIB, 20_000);
}
