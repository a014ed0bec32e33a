package dev.saddlebag.cli;

import dev.saddlebag.gate.Verdict;
import dev.saddlebag.report.Delivery;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A run summary for people: the verdict first, then what is in the snapshot, what is missing, and who has it. */
final class SummaryText {
    private static final int SHOWN_FAILURES = 10;

    private SummaryText() {}

    static List<String> of(RunSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(summary.sentence());
        Counts counts = summary.counts();
        lines.add(
                "  holds       %,d pages, %,d databases, %,d data sources, %,d views, %,d blocks, %,d comments, %,d files (%s)"
                        .formatted(
                                counts.pages(),
                                counts.databases(),
                                counts.dataSources(),
                                counts.views(),
                                counts.blocks(),
                                counts.comments(),
                                counts.files(),
                                Sizes.text(counts.fileBytes())));
        lines.add(
                "  requests    %,d in %s, depth %s".formatted(summary.requests(), duration(summary), summary.depth()));
        addGaps(summary, lines);
        if (summary.verdict() != null) {
            addVerdict(summary, lines);
        }
        for (Delivery delivery : summary.deliveries()) {
            lines.add("  delivered   " + delivery(delivery));
        }
        return lines;
    }

    private static void addGaps(RunSummary summary, List<String> lines) {
        if (summary.outcome() == Outcome.UNCHANGED) {
            return;
        }
        if (summary.verdict() == null) {
            lines.add("  missing     unknown, since the run did not come to its end");
        } else if (summary.gaps().isEmpty()) {
            lines.add("  missing     nothing");
        }
        Map<Gap.Reason, Long> byReason = summary.gaps().stream()
                .collect(Collectors.groupingBy(Gap::reason, TreeMap::new, Collectors.counting()));
        byReason.forEach((reason, count) -> lines.add("  missing     %s: %,d".formatted(sentence(reason), count)));
        summary.unknown()
                .forEach((name, times) -> lines.add("  unknown     %s: %,d, kept as it came".formatted(name, times)));
        summary.gaps().stream()
                .filter(gap -> gap.reason().isFault())
                .limit(SHOWN_FAILURES)
                .forEach(gap -> lines.add("              " + gap.object() + " " + gap.id() + ": " + gap.explanation()));
    }

    private static String sentence(Gap.Reason reason) {
        return switch (reason) {
            case NOT_SHARED -> "not shared with the connection, or gone";
            case UNSUPPORTED -> "not given out by Notion";
            case LINKED_VIEW -> "linked views, whose databases are collected where they live";
            case NOT_PERMITTED -> "not permitted to the connection, which lacks a capability";
            case UNREACHABLE -> "outside Notion, and not to be had there";
            case FAILED -> "FAILED, each named in completeness.json";
        };
    }

    private static void addVerdict(RunSummary summary, List<String> lines) {
        Verdict verdict = summary.verdict();
        lines.add("  gate        " + verdict.words() + (verdict.findings().isEmpty() ? ". No rule is broken." : ":"));
        verdict.faults()
                .forEach(finding -> lines.add("              BROKEN " + finding.rule() + ": " + finding.sentence()));
        verdict.warnings()
                .forEach(finding -> lines.add("              warning " + finding.rule() + ": " + finding.sentence()));
        if (verdict.held()) {
            lines.add("              All numbers: ./saddlebag gate show " + summary.run()
                    + ". If it is as it should be: ./saddlebag gate accept " + summary.run());
        }
    }

    private static String delivery(Delivery delivery) {
        if (!delivery.delivered()) {
            return delivery.destination() + ": FAILED. " + delivery.error();
        }
        if (delivery.verified().equals("answered")) {
            return "%s: taken by its server, in %.1f s. %s"
                    .formatted(delivery.destination(), delivery.seconds(), delivery.note());
        }
        String note = delivery.note().isEmpty() ? "" : ". " + delivery.note();
        return "%s: %,d objects, %s new, %,d already there, %s, in %.1f s%s"
                .formatted(
                        delivery.destination(),
                        delivery.objects(),
                        Sizes.text(delivery.bytes()),
                        delivery.alreadyThere(),
                        delivery.verified().equals("read_back") ? "read back and compared" : delivery.verified(),
                        delivery.seconds(),
                        note);
    }

    private static String duration(RunSummary summary) {
        return Sizes.text(Duration.between(Instant.parse(summary.started()), Instant.parse(summary.finished())));
    }
}
