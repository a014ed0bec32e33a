package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Observations.Weight;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The sheet on which the rules write what they measured, and what they found. */
final class Judgement {
    private final List<Verdict.Measure> measures = new ArrayList<>();
    private final List<Verdict.Finding> findings = new ArrayList<>();

    void measured(Rule rule, String what, BigDecimal number, BigDecimal limit, boolean kept) {
        measures.add(new Verdict.Measure(rule.setting(), what, number, limit, kept));
    }

    void found(Rule rule, Weight weight, String sentence, BigDecimal measured, BigDecimal limit, List<Item> examples) {
        findings.add(new Verdict.Finding(
                rule.setting(),
                weight,
                sentence,
                measured,
                limit,
                examples.stream().map(Verdict.Example::of).toList()));
    }

    void found(Verdict.Finding finding) {
        findings.add(finding);
    }

    List<Verdict.Measure> measures() {
        return List.copyOf(measures);
    }

    /** The faults first. */
    List<Verdict.Finding> findings() {
        List<Verdict.Finding> sorted = new ArrayList<>(
                findings.stream().filter(Verdict.Finding::isFault).toList());
        sorted.addAll(findings.stream().filter(finding -> !finding.isFault()).toList());
        return sorted;
    }
}
