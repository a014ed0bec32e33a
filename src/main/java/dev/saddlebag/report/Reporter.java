package dev.saddlebag.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
     * Sums up a run in {@code run_summary.json}, {@code failures.json} and {@code coverage_report.json}, in {@code runs/<run>} of the
     * workspace's state, if that can be written.
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
                changes(run, verdict),
                failure == null ? null : words(failure));
        Path folder = stateDirectory
                .resolve(run.workspace().name())
                .resolve("runs")
                .resolve(run.id().value());
        write(folder.resolve("failures.json"), failures(summary));
        write(folder.resolve("coverage_report.json"), coverage(run, summary));
        // The summary comes last: whoever finds it finds the others.
        write(folder.resolve("run_summary.json"), Json.MAPPER.valueToTree(summary));
        return summary;
    }

    private static void write(Path file, JsonNode content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Json.PRETTY.writeValueAsBytes(content));
        } catch (IOException unwritten) {
            // The disk that ended the run has no room for its summary either; what it says is not lost for that.
            LOG.warn("The summary {} could not be written: {}", file, unwritten.toString());
        }
    }

    /** Everything that went wrong, and nothing else. */
    private static ObjectNode failures(RunSummary summary) {
        ObjectNode json = about(summary);
        json.put("failure", summary.failure());
        json.put("held", summary.outcome() == Outcome.HELD ? summary.verdict().sentence() : null);
        json.set(
                "gaps",
                Json.MAPPER.valueToTree(summary.gaps().stream()
                        .filter(gap -> gap.reason().isFault())
                        .toList()));
        json.set(
                "deliveries",
                Json.MAPPER.valueToTree(summary.deliveries().stream()
                        .filter(delivery -> !delivery.delivered())
                        .toList()));
        return json;
    }

    /** What the run covered of what it met, and what it could not know. */
    private static ObjectNode coverage(Run run, RunSummary summary) {
        ObjectNode json = about(summary);
        json.setAll(run.ledger().toJson(run.depth()));
        return json;
    }

    private static ObjectNode about(RunSummary summary) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        return json.put("run", summary.run())
                .put("workspace", summary.workspace())
                .put("depth", summary.depth())
                .put("outcome", summary.outcome().word());
    }

    private Changes changes(Run run, Verdict verdict) {
        if (verdict == null || verdict.held()) {
            return null;
        }
        try {
            return Changes.of(
                            stateDirectory.resolve(run.workspace().name()),
                            run.id().value())
                    .orElse(null);
        } catch (IOException unreadable) {
            LOG.warn("What has changed since the last snapshot is not known: {}", unreadable.toString());
            return null;
        }
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
