package dev.saddlebag.vault;

/**
 * What a run knows to be unchanged and therefore did not read again: it is in the new snapshot as it is in the parent,
 * without its bytes, which the host may not be able to read (facts/vault-study.md §4.12, invariant 10). Paths of the
 * staged tree are none of it, whatever it says of them.
 */
public interface CarriedOver {
    /** For runs that read everything. */
    CarriedOver NOTHING = new CarriedOver() {
        @Override
        public boolean contains(String path, String sha256) {
            return false;
        }

        @Override
        public long expected() {
            return 0;
        }
    };

    /**
     * Whether the path of the parent is unchanged.
     *
     * @param sha256 the hash that the parent gives for it: another than the run expects is no unchanged path
     */
    boolean contains(String path, String sha256);

    /** How many paths must be carried over; with any other number no snapshot is made. */
    long expected();
}
