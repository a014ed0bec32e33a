package dev.saddlebag.destination;

import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Tree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the readable trees of sealed snapshots to destinations that hold trees. */
public final class TreeDeliveries {
    private static final Logger LOG = LoggerFactory.getLogger(TreeDeliveries.class);

    private final Vaults vaults;
    private final Destinations destinations;

    public TreeDeliveries(Vaults vaults, Destinations destinations) {
        this.vaults = vaults;
        this.destinations = destinations;
    }

    /**
     * Brings everything that waits for {@code destination} there, the oldest first, so that what an earlier run could not
     * deliver stands in the history before its newest snapshot.
     *
     * @return the receipt of {@code sealed}, or of the earlier snapshot that could not be delivered before it
     */
    public Receipt deliver(Run run, Sealed sealed, String destination) throws IOException {
        String workspace = run.workspace().name();
        Spool spool = vaults.spool(workspace);
        List<Store> others = destinations.vaults(run.workspace());
        for (Sealed waiting : spool.waiting()) {
            if (waiting.id().compareTo(sealed.id()) < 0
                    && !spool.delivered(destination).contains(waiting.id())) {
                Receipt earlier = deliver(waiting, spool, others, destination);
                if (!earlier.delivered()) {
                    return earlier;
                }
            }
        }
        return deliver(sealed, spool, others, destination);
    }

    private Receipt deliver(Sealed sealed, Spool spool, List<Store> others, String destination) {
        Instant start = vaults.clock().instant();
        Planted planted = Planted.before();
        Receipt.Outcome outcome = Receipt.Outcome.FAILED;
        String error = "";
        try {
            TreeStore store = destinations.trees(destination, sealed.snapshot().workspace());
            planted = store.put(Tree.of(sealed, spool, others, vaults.signingKey()));
            if (!planted.proven() && !store.list().containsKey(sealed.id())) {
                throw new IOException("it was put, and the destination does not show it");
            }
            spool.delivered(destination, sealed.id());
            outcome = planted.isNew() ? Receipt.Outcome.COMMITTED : Receipt.Outcome.ALREADY_COMMITTED;
            if (!planted.leftOut().isEmpty()) {
                LOG.warn("{} of {}: {}", destination, sealed.id(), LeftOut.sentence(planted.leftOut()));
            }
        } catch (IOException failed) {
            error = "the tree of the snapshot " + sealed.id() + " did not get to \"" + destination + "\": "
                    + failed.getMessage()
                    + ". The snapshot is safe in the spool and in the vaults that have it; the next"
                    + " run tries again, in order";
        }
        return new Receipt(
                destination,
                sealed.id(),
                sealed.snapshot().listSha256(),
                outcome,
                planted.files(),
                planted.bytes(),
                planted.unchanged(),
                verified(outcome, planted),
                Duration.between(start, vaults.clock().instant()),
                error,
                LeftOut.sentence(planted.leftOut()));
    }

    private static Receipt.Verified verified(Receipt.Outcome outcome, Planted planted) {
        if (outcome == Receipt.Outcome.FAILED) {
            return Receipt.Verified.NOT;
        }
        return planted.proven() ? Receipt.Verified.READ_BACK : Receipt.Verified.LISTED;
    }
}
