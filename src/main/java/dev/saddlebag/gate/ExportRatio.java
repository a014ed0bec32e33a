package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Observations.Weight;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What Notion's server says that it exported, beside the pages that came. What it counts is not known, so that only the
 * share of the last accepted export tells what to expect (facts/notion-export.md §A.2).
 */
final class ExportRatio {
    private static final String EXPORTED = "export-pages-exported";
    private static final BigDecimal TOLERATED = BigDecimal.TEN;

    private ExportRatio() {}

    /**
     * A warning when the share of the pages that came is another than in the last accepted export.
     *
     * @param small by how many pages it may be off in any case
     */
    static Optional<Verdict.Finding> of(Measurement measured, long small) {
        Optional<Baseline> baseline =
                measured.baseline().filter(unused -> measured.likeness().isSameSource());
        long exported = measured.numbers().getOrDefault(EXPORTED, 0L);
        long before =
                baseline.map(base -> base.numbers().getOrDefault(EXPORTED, 0L)).orElse(0L);
        if (exported <= 0 || before <= 0) {
            return Optional.empty();
        }
        Baseline base = baseline.orElseThrow();
        long expected = Math.round((double) exported * base.counts().pages() / before);
        long off = Math.abs(measured.counts().pages() - expected);
        if (off <= small || !Words.exceeds(off, expected, TOLERATED)) {
            return Optional.empty();
        }
        BigDecimal percent = Words.percent(off, expected);
        return Optional.of(new Verdict.Finding(
                "export-warnings",
                Weight.WARNING,
                "Notion says that it exported " + exported + ", and "
                        + measured.counts().pages()
                        + " pages came; by the share of " + base.run() + " ("
                        + base.counts().pages() + " pages of " + before
                        + ") it would be " + expected + ". Look whether pages are missing.",
                percent,
                TOLERATED,
                List.of()));
    }
}
