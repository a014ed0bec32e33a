package dev.saddlebag.destination;

import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Shipper;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings sealed snapshots to destinations. */
public final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Vaults vaults;
    private final Destinations destinations;

    public Deliveries(Vaults vaults, Destinations destinations) {
        this.vaults = vaults;
        this.destinations = destinations;
    }

    /** The addresses of the routes that deliver to each destination of the run's workspace that holds something. */
    public String routes(Run run) {
        return routes(run, destination -> !destinations.sendsMessages(destination));
    }

    /** The addresses of the routes that deliver to those that send messages, which say where the snapshot is. */
    public String outlets(Run run) {
        return routes(run, destinations::sendsMessages);
    }

    private static String routes(Run run, Predicate<String> wanted) {
        return run.workspace().destinations().stream()
                .filter(wanted)
                .map(destination -> "direct:deliver-to-" + destination)
                .collect(Collectors.joining(","));
    }

    /**
     * Brings everything that waits for {@code destination} there, the oldest first: what an earlier run could not deliver
     * is healed before its newest snapshot follows. What cannot get there any more, because it needs content that is lost,
     * is left out.
     *
     * @return the receipt of {@code sealed}, or of the earlier snapshot that could not be delivered before it
     */
    public Receipt deliver(Run run, Sealed sealed, String destination) throws IOException {
        String workspace = run.workspace().name();
        Spool spool = vaults.spool(workspace);
        Shipper shipper = new Shipper(spool, vaults.signingKey(), destinations.readsBack(destination));
        Store store = destinations.vault(destination, workspace);
        List<Store> others = run.workspace().vaults().stream()
                .filter(other -> !other.equals(destination))
                .map(other -> destinations.vault(other, workspace))
                .toList();
        for (Sealed waiting : spool.waiting()) {
            if (!waiting.id().equals(sealed.id())
                    && !spool.delivered(destination).contains(waiting.id())) {
                Receipt earlier = shipper.ship(waiting, destination, store, others);
                if (!earlier.delivered()) {
                    if (!spool.needsLost(waiting.snapshot())) {
                        return earlier;
                    }
                    // Nothing will ever bring it there: it stops none of those that follow.
                    LOG.warn("{}", earlier.error());
                }
            }
        }
        return shipper.ship(sealed, destination, store, others);
    }

    /** Clears the spool of what all destinations of the workspace have. */
    public void tidy(Run run) throws IOException {
        vaults.spool(run.workspace().name()).clear(run.workspace().destinations());
    }
}
