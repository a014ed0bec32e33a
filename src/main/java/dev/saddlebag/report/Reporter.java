package dev.saddlebag.report;

import dev.saddlebag.gate.Verdict;
import dev.saddlebag.notion.AccessRefusedException;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Says what became of a run, and writes it down. */
public final class Reporter {
    private final Path stateDirectory;
    private final Clock clock;

    public Reporter(Path stateDirectory, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    /**
     * Sums up a run in {@code runs/<run>/run_summary.json} of the workspace's state.
     *
     * @param failure what ended the run early, or null
     * @param verdict what the gate said, or null when the run did not come so far
     * @param receipts what the destinations said, or null when none was asked
     */
    public RunSummary report(Run run, Exception failure, Verdict verdict, List<Receipt> receipts) throws IOException {
        List<Receipt> all = receipts == null ? List.of() : receipts;
        RunSummary summary = new RunSummary(
                run.id().value(),
                run.workspace().name(),
                run.depth().word(),
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
        Files.createDirectories(file.getParent());
        Files.write(file, Json.PRETTY.writeValueAsBytes(summary));
        return summary;
    }

    private static String words(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static Outcome outcome(Run run, Exception failure, Verdict verdict, List<Receipt> receipts) {
        if (failure instanceof AccessRefusedException) {
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
