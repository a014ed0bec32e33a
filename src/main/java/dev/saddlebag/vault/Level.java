package dev.saddlebag.vault;

/** How much verification reads (facts/vault-study.md §4.8). */
public enum Level {
    /** Listings, signatures, lists and sizes; a few requests a snapshot. */
    QUICK,
    /** Every stored byte against the signed lists. */
    STORED,
    /** Every entry, unpacked, against the manifests as well. */
    FULL
}
