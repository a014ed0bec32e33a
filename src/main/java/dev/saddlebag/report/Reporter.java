package dev.saddlebag.report;

import dev.saddlebag.gate.Verdict;
import dev.saddlebag.notion.CredentialsRefused;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of a run, and writes it down. */
public final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    /** A disk with less room than that, in bytes, is what ended a run that failed on it. */
    private static final long LITTLE = 1 << 20;

    private final Path stateDirectory;
    private final Clock clock;

    public Reporter(Path stateDirectory, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    /**
     * Sums up a run in {@code runs/<run>/run_summary.json} of the workspace's state, if that can be written.
     *
     * @param failure what ended the run early, or null
     * @param verdict what the gate said, or null when the run did not come so far
     * @param receipts what the destinations said, or null when none was asked
     */
    public RunSummary report(Run run, Exception failure, Verdict verdict, List<Receipt> receipts) {
        List<Receipt> all = receipts == null ? List.of() : receipts;
        RunSummary summary = new RunSummary(
                run.id().value(),
                run.workspace().name(),
                run.depth().word(),
                run.source().name().toLowerCase(Locale.ROOT),
                run.about().path("collected_because").asText(null),
                run.started().toString(),
                clock.instant().toString(),
                outcome(run, failure, verdict, all),
                run.ledger().counts(),
                run.connection().requests(),
                run.ledger().gaps(),
                run.ledger().unknown(),
                verdict,
                all.stream().map(Delivery::of).toList(),
                failure == null ? null : words(failure));
        Path file = stateDirectory
                .resolve(run.workspace().name())
                .resolve("runs")
                .resolve(run.id().value())
                .resolve("run_summary.json");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Json.PRETTY.writeValueAsBytes(summary));
        } catch (IOException unwritten) {
            // The disk that ended the run has no room for its summary either; what it says is not lost for that.
            LOG.warn("The summary {} could not be written: {}", file, unwritten.toString());
        }
        return summary;
    }

    private String words(Exception failure) {
        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (!isFull() || said.contains("make room")) {
            return said;
        }
        return said + (said.endsWith("?") ? "" : ".") + " The disk of " + stateDirectory
                + " is full: make room and run again. All snapshots are as they were, and within a day the next run goes on"
                + " with what this one has collected";
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(stateDirectory).getUsableSpace() < LITTLE;
        } catch (IOException unknown) {
            LOG.debug("The free space of {} is not known", stateDirectory, unknown);
            return false;
        }
    }

    private static Outcome outcome(Run run, Exception failure, Verdict verdict, List<Receipt> receipts) {
        if (failure instanceof CredentialsRefused) {
            return Outcome.REFUSED;
        }
        if (failure == null && verdict == null && run.unchanged()) {
            return Outcome.UNCHANGED;
        }
        if (failure != null || verdict == null) {
            return Outcome.FAILED;
        }
        if (verdict.held()) {
            return Outcome.HELD;
        }
        if (!receipts.stream().allMatch(Receipt::delivered)) {
            return Outcome.UNDELIVERED;
        }
        return verdict.complete() ? Outcome.COMPLETE : Outcome.PARTIAL;
    }
}
