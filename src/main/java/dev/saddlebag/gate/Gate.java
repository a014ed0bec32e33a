package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures a staged snapshot against the last accepted one and against the limits of its workspace. */
public final class Gate {
    private final Baselines baselines;

    public Gate(Baselines baselines) {
        this.baselines = baselines;
    }

    /**
     * Judges the staged snapshot of {@code run}.
     *
     * @throws IOException also when the state directory was lost and no destination can be asked what was accepted last
     */
    public Verdict judge(Run run) throws IOException {
        Ledger ledger = run.ledger();
        long failed =
                ledger.gaps().stream().filter(gap -> gap.reason().isFault()).count();
        Measurement measured = new Measurement(ledger.counts(), failed, baselines.of(run));
        return judge(measured, ledger.complete(), run.workspace().gate());
    }

    static Verdict judge(Measurement measured, boolean complete, Map<String, BigDecimal> limits) {
        List<Verdict.Finding> findings = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            BigDecimal limit = limits.get(rule.setting());
            rule.broken(measured, limit)
                    .forEach(sentence -> findings.add(new Verdict.Finding(rule.setting(), sentence)));
        }
        return new Verdict(findings.isEmpty(), complete, findings);
    }
}
