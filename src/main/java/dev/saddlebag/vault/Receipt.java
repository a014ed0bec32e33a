package dev.saddlebag.vault;

import java.time.Duration;

/**
 * What one destination got of one run.
 *
 * @param destination its name
 * @param run the snapshot
 * @param listSha256 hash of the snapshot's list, which stands for all of it: to be shown in reports, as an anchor outside
 * @param outcome how it ended
 * @param objects stored files put
 * @param bytes bytes put
 * @param alreadyThere files that the destination had before
 * @param verified how it is known that they are there
 * @param duration how long it took
 * @param error what failed, where and why, what is safe and what to do; empty when nothing failed
 * @param note what somebody should know although nothing failed; empty for nothing
 */
public record Receipt(
        String destination,
        RunId run,
        String listSha256,
        Outcome outcome,
        int objects,
        long bytes,
        int alreadyThere,
        Verified verified,
        Duration duration,
        String error,
        String note) {
    /** A receipt that leaves nothing more to say. */
    public Receipt(
            String destination,
            RunId run,
            String listSha256,
            Outcome outcome,
            int objects,
            long bytes,
            int alreadyThere,
            Verified verified,
            Duration duration,
            String error) {
        this(destination, run, listSha256, outcome, objects, bytes, alreadyThere, verified, duration, error, "");
    }

    /** How a delivery ended. */
    public enum Outcome {
        /** The destination has the whole snapshot now. */
        COMMITTED,
        /** It had it before; nothing was written. */
        ALREADY_COMMITTED,
        /** A prune is about to delete what the snapshot needs; the same run may be shipped again later. */
        CONFLICT,
        /** Something failed; shipping the same run again goes on where this ended. */
        FAILED
    }

    /** How a delivery was checked. */
    public enum Verified {
        /**
         * Every file of this run was read back and its hash compared; or, of a tree, the destination shows the very hash that
         * stands for all its files.
         */
        READ_BACK,
        /** A listing shows every file with its size. */
        LISTED,
        /** The server said that it took the message; what becomes of it is not to be seen from here. */
        ANSWERED,
        NOT
    }

    /** True when the destination has the whole snapshot. */
    public boolean delivered() {
        return outcome == Outcome.COMMITTED || outcome == Outcome.ALREADY_COMMITTED;
    }
}
