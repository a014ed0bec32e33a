package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.Observations.Remark;
import dev.saddlebag.snapshot.Observations.Weight;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Measures a staged snapshot against the last accepted one and against the limits of its workspace. */
public final class Gate {
    private static final String BASELINE = "baseline";

    private final Path stateDirectory;
    private final Baselines baselines;

    /** A gate that keeps its verdicts in {@code stateDirectory}. */
    public Gate(Path stateDirectory, Baselines baselines) {
        this.stateDirectory = stateDirectory;
        this.baselines = baselines;
    }

    /**
     * Judges the staged snapshot of {@code run}.
     *
     * @throws IOException also when the state directory was lost and no destination can be asked what was accepted last
     */
    public Verdict judge(Run run) throws IOException {
        Optional<Baselines.Known> known = baselines.of(run);
        Measurement measured = measure(run, known);
        Verdict verdict = judge(
                measured, run.ledger().complete(), new Limits(run.workspace().gate()));
        Optional<String> doubt = known.flatMap(base -> base.doubt(run));
        return doubt.isPresent()
                ? verdict.and(new Verdict.Finding(BASELINE, Weight.WARNING, doubt.get(), null, null, List.of()))
                : verdict;
    }

    private static Measurement measure(Run run, Optional<Baselines.Known> known) throws IOException {
        Ledger ledger = run.ledger();
        Inventory inventory = Inventory.of(run.source(), ledger.accounts());
        Optional<Baseline> baseline = known.map(Baselines.Known::baseline).filter(base -> !base.isNameOnly());
        Likeness likeness = baseline.map(base -> Likeness.of(base, run.source(), Baseline.format(run.about())))
                .orElse(Likeness.ALIKE);
        Optional<Comparison> comparison = Optional.empty();
        if (known.isPresent() && known.get().baseline().items()) {
            Fates fates = new Fates(run, likeness.isSameSource());
            try (BaselineFile.Items before = known.get().file().items()) {
                comparison = Optional.of(Comparison.of(before, inventory, likeness == Likeness.ALIKE, fates::of));
            } catch (UncheckedIOException disk) {
                throw disk.getCause();
            }
        }
        long failed =
                ledger.gaps().stream().filter(gap -> gap.reason().isFault()).count();
        return new Measurement(
                ledger.counts(),
                failed,
                inventory.files(),
                run.observed().numbers(),
                run.observed().remarks(),
                baseline,
                comparison,
                likeness);
    }

    static Verdict judge(Measurement measured, boolean complete, Limits limits) {
        Judgement sheet = new Judgement();
        for (Rule rule : Rule.values()) {
            limits.of(rule).ifPresent(limit -> rule.judge(measured, limit, limits.smallDrop(), sheet));
        }
        for (Remark remark : measured.remarks()) {
            sheet.found(new Verdict.Finding(remark.rule(), remark.weight(), remark.sentence(), null, null, List.of()));
        }
        ExportRatio.of(measured, limits.smallDrop()).ifPresent(sheet::found);
        List<Verdict.Finding> findings = sheet.findings();
        return new Verdict(
                findings.stream().noneMatch(Verdict.Finding::isFault),
                complete,
                findings,
                measured.baseline().map(Baseline::run).orElse(null),
                sheet.measures(),
                measured.count(),
                null);
    }

    /**
     * Holds a snapshot by a rule of somebody's own.
     *
     * @param rule the name under which the finding is shown
     * @param said a sentence, several of them, or nothing when the rule is kept: null, an empty list or an empty text
     * @return the verdict with what was said
     * @throws IllegalArgumentException when it is anything else, such as true, of which nobody knows what it means
     */
    public Verdict hold(Verdict verdict, String rule, Object said) {
        return with(verdict, rule, Weight.FAULT, said);
    }

    /** The same as {@link #hold}, for what a person should know and what holds nothing. */
    public Verdict warn(Verdict verdict, String rule, Object said) {
        return with(verdict, rule, Weight.WARNING, said);
    }

    private static Verdict with(Verdict verdict, String rule, Weight weight, Object said) {
        Verdict judged = verdict;
        for (String sentence : sentences(rule, said)) {
            judged = judged.and(new Verdict.Finding(rule, weight, sentence, null, null, List.of()));
        }
        return judged;
    }

    private static List<String> sentences(String rule, Object said) {
        List<String> all = new ArrayList<>();
        Collection<?> each = said instanceof Collection<?> several ? several : said == null ? List.of() : List.of(said);
        for (Object one : each) {
            if (!(one instanceof CharSequence sentence)) {
                throw new IllegalArgumentException(
                        "The rule " + rule + " gave " + one
                                + " to the gate, which takes a sentence that says what is wrong, a list of sentences, or nothing");
            }
            if (!sentence.toString().isBlank()) {
                all.add(sentence.toString().strip());
            }
        }
        return all;
    }

    /** The verdict on a held run that somebody has looked at and accepts. */
    public Verdict accept(Run run) throws IOException {
        Held held = new Held(stateDirectory, run.workspace().name());
        Optional<Verdict> before =
                new Verdicts(stateDirectory, run.workspace().name()).of(run.id().value());
        if (before.isPresent() && before.get().acceptance() != null) {
            return before.get();
        }
        Verdict verdict = held.verdict(run.id())
                .orElseThrow(() -> new IOException("The held run " + run.id() + " has no verdict any more"));
        return verdict.acceptedBy(held.acceptance(run.id())
                .orElseThrow(() -> new IOException("Nobody has accepted the held run " + run.id())));
    }

    /** Keeps the verdict of a run beside its summary, whatever it says. */
    public void keep(Run run, Verdict verdict) throws IOException {
        new Verdicts(stateDirectory, run.workspace().name()).keep(run.id().value(), verdict);
    }
}
