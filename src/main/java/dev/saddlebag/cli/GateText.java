package dev.saddlebag.cli;

import dev.saddlebag.cli.JudgedRuns.JudgedRun;
import dev.saddlebag.gate.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A verdict for people: what is wrong, what was measured, and what to do about it. */
final class GateText {
    private GateText() {}

    static List<String> of(JudgedRun run) {
        Verdict verdict = run.verdict();
        List<String> lines = new ArrayList<>();
        lines.add(run.workspace() + ": run " + run.run() + " is " + verdict.words() + ".");
        lines.add("  compared with   "
                + (verdict.baseline() == null
                        ? "nothing: no accepted, complete snapshot was there, or none that can be read here"
                        : verdict.baseline()));
        if (verdict.acceptance() != null) {
            String because = verdict.acceptance().because();
            lines.add("  accepted        by hand at " + verdict.acceptance().at()
                    + (because.isEmpty() ? "" : ", because: " + because));
        }
        if (verdict.findings().isEmpty()) {
            lines.add("  found           nothing: no rule is broken");
        }
        verdict.faults().forEach(finding -> add("  BROKEN          ", finding, lines));
        verdict.warnings().forEach(finding -> add("  warning         ", finding, lines));
        for (Verdict.Measure measure : verdict.rules()) {
            lines.add("  %s  %s: %s = %s, limit %s"
                    .formatted(
                            measure.kept() ? "kept          " : "over the limit",
                            measure.rule(),
                            measure.what(),
                            plain(measure.measured()),
                            plain(measure.limit())));
        }
        if (run.brokenOff()) {
            lines.add(
                    "  The command that accepted it was broken off. Say it again, and it delivers: ./saddlebag gate accept "
                            + run.run());
        }
        if (run.isHeld()) {
            addWhatToDo(run, lines);
        } else if (verdict.held()) {
            lines.add("  The run is no longer kept, so that it cannot be accepted.");
        }
        return lines;
    }

    private static void add(String label, Verdict.Finding finding, List<String> lines) {
        lines.add(label + finding.rule() + ": " + finding.sentence());
        finding.examples()
                .forEach(example -> lines.add("                    " + example.type() + " " + example.id() + " "
                        + example.title().replaceAll("\\p{Cntrl}", " ")));
    }

    private static void addWhatToDo(JudgedRun run, List<String> lines) {
        lines.add("");
        lines.add("Nothing of this run was delivered; the last good snapshot is still the newest. What it collected: "
                + run.tree());
        lines.add(
                "- Is something wrong in Notion? Repair it there (what was deleted lies in its trash for 30 days), and"
                        + " make a new run.");
        lines.add("- Is all as it should be? ./saddlebag gate accept " + run.run() + " --because \"…\"");
        var limits = new TreeSet<String>();
        var broken = run.verdict().faults().stream().map(Verdict.Finding::rule).toList();
        run.verdict().rules().stream()
                .filter(measure -> !measure.kept() && broken.contains(measure.rule()))
                .forEach(measure -> limits.add("saddlebag.workspace." + run.workspace() + ".gate." + measure.rule()));
        if (!limits.isEmpty()) {
            lines.add("- Will it be so again? Change the limit: " + String.join(", ", limits) + ".");
        }
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
