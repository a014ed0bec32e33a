package dev.saddlebag.export.archive;

/**
 * What an export may have at most. The defaults are far above the largest exports that are known of (12.2 GB in 4 parts;
 * facts/notion-export.md §2.10) and within what the memory of the launcher bears.
 *
 * @param entries entries of all archives together; each costs about 80 bytes of memory
 * @param bytes bytes of all files together
 * @param ratio how many times its own length an archive may unpack to; DEFLATE itself ends at 1032
 * @param harmless bytes up to which the ratio does not matter, as a few equal tables compress very well
 * @param path bytes of a path in UTF-8, below what Linux takes (4096) with room for the folder above
 */
record UnpackLimits(long entries, long bytes, long ratio, long harmless, int path) {
    static final UnpackLimits STANDARD = new UnpackLimits(1_000_000, 256L << 30, 200, 64L << 20, 3000);
}
