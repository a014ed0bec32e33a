package dev.saddlebag.vault;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Hides the snapshots that have expired, and a week later deletes what no snapshot needs any more. Runs may go on
 * meanwhile. It reads lists and records, which are never encrypted, and so needs no key that decrypts.
 */
public final class Pruner {
    private final Vault vault;
    private final Spool spool;
    private final String destination;
    private final PruneLimits limits;
    private final RandomGenerator random;

    /**
     * A pruner of one vault.
     *
     * @param vault the vault, with the keys to trust
     * @param spool what this host remembers of it
     * @param destination the name under which it remembers
     */
    public Pruner(Vault vault, Spool spool, String destination) {
        this(vault, spool, destination, PruneLimits.STANDARD, new SecureRandom());
    }

    Pruner(Vault vault, Spool spool, String destination, PruneLimits limits, RandomGenerator random) {
        this.vault = vault;
        this.spool = spool;
        this.destination = destination;
        this.limits = limits;
        this.random = random;
    }

    /**
     * Prunes.
     *
     * @param interval how often there should be a new snapshot: nothing is pruned when the newest is three times as old
     * @param overrideShare whether more than a quarter of the data files may go
     * @throws PruneRefusedException when what the destination shows cannot be believed; the message says why
     * @throws IOException when the destination failed; what has been announced and not deleted yet stays
     */
    public Pruned prune(Retention retention, Duration interval, boolean overrideShare) throws IOException {
        return pruning(retention, interval, overrideShare, Pruning.STEPS).run();
    }

    /** Tells what {@link #prune} would do now, and changes nothing; what it would hide counts as needed. */
    public Pruned foresee(Retention retention, Duration interval, boolean overrideShare) throws IOException {
        return pruning(retention, interval, overrideShare, Pruning.LOOK).run();
    }

    /**
     * Shows a hidden snapshot again.
     *
     * @param name its id, or the beginning of it
     * @return its id
     * @throws NoSuchSnapshotException when no hidden snapshot, or more than one, is called so
     * @throws DamageException when something that it needs is gone already
     * @throws IOException when a prune is deleting right now; the snapshot is hidden as before
     */
    public RunId undelete(String name) throws IOException {
        return new Undelete(vault, spool).of(name);
    }

    private Pruning pruning(Retention retention, Duration interval, boolean overrideShare, List<Pruning.Step> steps)
            throws IOException {
        return new Pruning(
                new Brakes(vault, spool, destination, spool.delivered(destination)),
                new PruneRules(retention, interval, limits, overrideShare),
                EnumSet.allOf(Root.class),
                steps,
                random);
    }
}
