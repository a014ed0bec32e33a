package dev.saddlebag.report;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Gap;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings with one workspace, and summaries of its runs. */
final class Summaries {
    static final String HOOK = "https://hooks.example.org/T0/very-secret";

    private Summaries() {}

    static Settings settings(Path folder, String... more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "saddlebag.workspaces", "acme",
                "saddlebag.workspace.acme.token", "ntn_0123456789",
                "saddlebag.workspace.acme.time-zone", "UTC",
                "saddlebag.workspace.acme.destinations", "vault",
                "saddlebag.workspace.acme.channels", "chat",
                "saddlebag.routes-directory", Path.of("routes").toAbsolutePath().toString(),
                "saddlebag.destination.vault.kind", "folder",
                "saddlebag.destination.vault.directory", "vault",
                "saddlebag.channel.chat.kind", "slack"));
        values.put("saddlebag.state-directory", "state");
        values.put("saddlebag.channel.chat.url", HOOK);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return Settings.of(folder, values);
    }

    static RunSummary failed(Clock clock, String failure) {
        return summary(clock, Outcome.FAILED, null, List.of(), List.of(), failure);
    }

    static RunSummary complete(Clock clock) {
        return summary(clock, Outcome.COMPLETE, new Verdict(true, true, List.of()), List.of(), List.of(), null);
    }

    static RunSummary partial(Clock clock, List<Gap> gaps) {
        return summary(clock, Outcome.PARTIAL, new Verdict(true, false, List.of()), gaps, List.of(), null);
    }

    static RunSummary held(Clock clock, String sentence) {
        Verdict verdict = new Verdict(false, true, List.of(new Verdict.Finding("minimum-pages", sentence)));
        return summary(clock, Outcome.HELD, verdict, List.of(), List.of(), null);
    }

    static RunSummary undelivered(Clock clock, String destination) {
        Delivery delivery = new Delivery(
                destination,
                false,
                "failed",
                "20261120T020005Z-7f3a91",
                "ab",
                0,
                0,
                0,
                "not",
                1,
                "No route to host.",
                "");
        return summary(
                clock, Outcome.UNDELIVERED, new Verdict(true, true, List.of()), List.of(), List.of(delivery), null);
    }

    static RunSummary delivered(Clock clock, String destination) {
        Delivery delivery = new Delivery(
                destination, true, "committed", "20261120T020005Z-7f3a91", "ab", 1, 1, 0, "read_back", 1, "", "");
        return summary(clock, Outcome.COMPLETE, new Verdict(true, true, List.of()), List.of(), List.of(delivery), null);
    }

    static RunSummary unchanged(Clock clock) {
        return summary(clock, Outcome.UNCHANGED, null, List.of(), List.of(), null);
    }

    private static RunSummary summary(
            Clock clock, Outcome outcome, Verdict verdict, List<Gap> gaps, List<Delivery> deliveries, String failure) {
        String now = clock.instant().toString();
        return new RunSummary(
                "20261120T020005Z-7f3a91",
                "acme",
                "changed",
                "api",
                null,
                now,
                now,
                outcome,
                new Counts(1254, 2, 2, 3, 40, 5, 6, 7000),
                12,
                gaps,
                Map.of(),
                verdict,
                deliveries,
                null,
                failure);
    }
}
