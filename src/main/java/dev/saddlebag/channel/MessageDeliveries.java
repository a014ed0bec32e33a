package dev.saddlebag.channel;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.NotSentException;
import dev.saddlebag.destination.Posted;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.report.Message;
import dev.saddlebag.report.Notices;
import dev.saddlebag.report.Redaction;
import dev.saddlebag.report.Templates;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.PortableVault;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.Recipient;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings sealed snapshots to destinations that send messages: each once. */
public final class MessageDeliveries {
    private static final Logger LOG = LoggerFactory.getLogger(MessageDeliveries.class);

    private final Settings settings;
    private final Vaults vaults;
    private final Destinations destinations;
    private final Notices notices;
    private final Templates templates;
    private final Redaction redaction;
    private final Clock clock;

    public MessageDeliveries(
            Settings settings,
            Vaults vaults,
            Destinations destinations,
            Notices notices,
            Templates templates,
            Clock clock) {
        this.settings = settings;
        this.vaults = vaults;
        this.destinations = destinations;
        this.notices = notices;
        this.templates = templates;
        this.redaction = new Redaction(settings.secrets());
        this.clock = clock;
    }

    /**
     * Sends the message about every snapshot that waits for {@code destination}, the oldest first.
     *
     * @param receipts what the destinations got that hold something
     * @return the receipt of {@code sealed}, or of the earlier snapshot whose message could not be sent before it
     */
    public Receipt deliver(Run run, Sealed sealed, List<Receipt> receipts, String destination) throws IOException {
        Spool spool = vaults.spool(run.workspace().name());
        for (Sealed waiting : spool.waiting()) {
            if (waiting.id().compareTo(sealed.id()) < 0
                    && !spool.delivered(destination).contains(waiting.id())) {
                Receipt earlier = deliver(run.workspace(), waiting, spool, receipts, destination);
                if (!earlier.delivered()) {
                    if (!spool.needsLost(waiting.snapshot())) {
                        return earlier;
                    }
                    // Nothing will ever send it: it stops none of those that follow.
                    LOG.warn("{}", earlier.error());
                    continue;
                }
                LOG.info("{}: what an earlier run could not send was sent now. {}", destination, earlier.note());
            }
        }
        return deliver(run.workspace(), sealed, spool, receipts, destination);
    }

    private Receipt deliver(
            WorkspaceSettings workspace, Sealed sealed, Spool spool, List<Receipt> receipts, String destination)
            throws IOException {
        Instant start = clock.instant();
        if (spool.delivered(destination).contains(sealed.id())) {
            return receipt(destination, sealed, Receipt.Outcome.ALREADY_COMMITTED, null, start, "", "");
        }
        Departure departure = Departure.at(settings.stateDirectory()
                .resolve(workspace.name())
                .resolve("departures")
                .resolve(destination)
                .resolve(sealed.id().value()));
        Path scratch = settings.stateDirectory().resolve(workspace.name()).resolve("scratch");
        Files.createDirectories(scratch);
        try (Dispatch dispatch = new Dispatch(
                sealed,
                destination,
                PortableVault.of(spool, destinations.vaults(workspace), vaults.signingKey()),
                workspace.encryption().recipients().stream().map(Recipient::new).toList(),
                scratch,
                departure,
                parcel -> new Message(
                        notices.about(
                                workspace,
                                sealed,
                                parcel.words(),
                                parcel.isEncrypted(),
                                parcel.name(),
                                receipts,
                                departure.before()),
                        templates),
                clock)) {
            Posted posted = destinations.outlet(destination, workspace.name()).put(sealed.id(), dispatch);
            spool.delivered(destination, sealed.id());
            departure.arrived();
            String again = departure
                    .before()
                    .map(before -> " It may have arrived a second time: what became of the one of " + before
                            + " was never heard.")
                    .orElse("");
            return receipt(destination, sealed, Receipt.Outcome.COMMITTED, posted, start, "", posted.words() + again);
        } catch (NotSentException stayed) {
            departure.didNotLeave();
            return failed(destination, sealed, start, stayed, "The next run sends it");
        } catch (IOException unheard) {
            return failed(
                    destination,
                    sealed,
                    start,
                    unheard,
                    "Whether it has arrived is not known. The next run sends it again, and says so in it");
        }
    }

    private Receipt failed(String destination, Sealed sealed, Instant start, IOException failure, String next) {
        return receipt(
                destination,
                sealed,
                Receipt.Outcome.FAILED,
                null,
                start,
                "the message about the snapshot " + sealed.id() + " was not taken by \"" + destination + "\": "
                        + redaction.of(String.valueOf(failure.getMessage()))
                        + ". The snapshot is safe in the spool and in the vaults that have it. " + next,
                "");
    }

    private Receipt receipt(
            String destination,
            Sealed sealed,
            Receipt.Outcome outcome,
            Posted posted,
            Instant start,
            String error,
            String note) {
        boolean answered = posted != null && posted.isAnswered();
        return new Receipt(
                destination,
                sealed.id(),
                sealed.snapshot().listSha256(),
                outcome,
                posted == null ? 0 : posted.attachments(),
                posted == null ? 0 : posted.bytes(),
                0,
                answered ? Receipt.Verified.ANSWERED : Receipt.Verified.NOT,
                Duration.between(start, clock.instant()),
                error,
                note);
    }
}
