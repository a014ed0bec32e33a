package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;

/**
 * Brings sealed runs to destinations by the protocol of facts/vault-study.md §4.5 step 3: the intent first, the signature
 * last, and in between only files that nobody else writes. Shipping the same run again goes on where it ended; shipping
 * it once more does nothing.
 */
public final class Shipper {
    private final Spool spool;
    private final SigningKey key;
    private final boolean readBack;
    private final String safe;

    /**
     * A shipper of the runs in {@code spool}.
     *
     * @param readBack whether every file of the run is read back and its hash compared before the run is committed
     */
    public Shipper(Spool spool, SigningKey key, boolean readBack) {
        this(spool, key, readBack, "in the spool");
    }

    /** @param safe where a run is that does not arrive, for the receipt */
    Shipper(Spool spool, SigningKey key, boolean readBack, String safe) {
        this.safe = safe;
        this.spool = spool;
        this.key = key;
        this.readBack = readBack;
    }

    /**
     * Ships {@code run} to {@code store}. Nothing is thrown for a destination that fails: the receipt says it, so that
     * one destination never stops another.
     *
     * @param destination its name, for the receipt and the ledger
     * @param others where to take an older pack from that {@code store} lacks
     */
    public Receipt ship(Sealed run, String destination, Store store, List<Store> others) {
        var clock = spool.clock();
        var start = clock.instant();
        var shipment = new Shipment(run, store, others, spool, key, readBack, Shipment.STEPS);
        var outcome = Receipt.Outcome.FAILED;
        var error = "";
        try {
            outcome = shipment.ship();
            spool.delivered(destination, run.id());
        } catch (TrashConflict e) {
            outcome = Receipt.Outcome.CONFLICT;
            error = e.getMessage() + ". Nothing is lost: the snapshot is safe " + safe
                    + ". Deliver it again when the prune is done";
        } catch (UnsupportedVaultException e) {
            outcome = Receipt.Outcome.FAILED;
            error = e.getMessage();
        } catch (IOException e) {
            outcome = Receipt.Outcome.FAILED;
            error = "the snapshot " + run.id() + " did not get to \"" + destination + "\": " + reason(e)
                    + ". What there is of it is safe " + safe
                    + ", and what this destination held before is untouched. Deliver again when"
                    + " the cause is gone: it goes on where it ended";
        }
        return new Receipt(
                destination,
                run.id(),
                run.snapshot().listSha256(),
                outcome,
                shipment.objects(),
                shipment.bytes(),
                shipment.alreadyThere(),
                verified(outcome),
                Duration.between(start, clock.instant()),
                error);
    }

    private Receipt.Verified verified(Receipt.Outcome outcome) {
        return switch (outcome) {
            case COMMITTED -> readBack ? Receipt.Verified.READ_BACK : Receipt.Verified.LISTED;
            case ALREADY_COMMITTED -> Receipt.Verified.LISTED;
            case CONFLICT, FAILED -> Receipt.Verified.NOT;
        };
    }

    /** The JDK's exceptions of files often name only the file. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? file.getClass().getSimpleName().replace("Exception", "") + " " + file.getMessage()
                : e.getMessage();
    }
}
