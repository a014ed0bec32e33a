package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Counts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A rule of the gate; its name is the last part of the setting that holds its limit, as in {@code
 * saddlebag.workspace.acme.gate.minimum-pages}.
 */
enum Rule {
    MINIMUM_PAGES("minimum-pages") {
        @Override
        List<String> broken(Measurement measured, BigDecimal limit) {
            return tooFew("pages", measured.counts().pages(), limit);
        }
    },
    MINIMUM_DATABASES("minimum-databases") {
        @Override
        List<String> broken(Measurement measured, BigDecimal limit) {
            return tooFew("databases", measured.counts().databases(), limit);
        }
    },
    MAXIMUM_DROP_PERCENT("maximum-drop-percent") {
        @Override
        List<String> broken(Measurement measured, BigDecimal limit) {
            return Stream.of(
                            dropped("pages", measured, Counts::pages, limit),
                            dropped("databases", measured, Counts::databases, limit),
                            dropped("files", measured, Counts::files, limit))
                    .flatMap(List::stream)
                    .toList();
        }
    },
    MAXIMUM_GAPS("maximum-gaps") {
        @Override
        List<String> broken(Measurement measured, BigDecimal limit) {
            long gaps = measured.failedGaps();
            return BigDecimal.valueOf(gaps).compareTo(limit) <= 0
                    ? List.of()
                    : List.of(gaps + " objects or files could not be collected; " + limit.toPlainString()
                            + " are tolerated.");
        }
    };

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String setting;

    Rule(String setting) {
        this.setting = setting;
    }

    /** The name, as operators write it. */
    String setting() {
        return setting;
    }

    /** Sentences that say how the snapshot breaks the rule; none when it keeps it. */
    abstract List<String> broken(Measurement measured, BigDecimal limit);

    private static List<String> tooFew(String what, long found, BigDecimal limit) {
        return BigDecimal.valueOf(found).compareTo(limit) >= 0
                ? List.of()
                : List.of(found + " " + what + " were collected; " + limit.toPlainString() + " is the least.");
    }

    /** Rounded up to one decimal, so that a broken limit never looks as if it were kept. */
    private static String share(BigDecimal hundredfold, long whole) {
        return hundredfold
                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.CEILING)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static List<String> dropped(
            String what, Measurement measured, ToLongFunction<Counts> count, BigDecimal limit) {
        if (measured.baseline().isEmpty()) {
            return List.of();
        }
        Baseline baseline = measured.baseline().get();
        long before = count.applyAsLong(baseline.counts());
        long now = count.applyAsLong(measured.counts());
        BigDecimal lost = BigDecimal.valueOf(before - now).multiply(HUNDRED);
        if (lost.compareTo(limit.multiply(BigDecimal.valueOf(before))) <= 0) {
            return List.of();
        }
        return List.of(now + " " + what + " are left of " + before + " in " + baseline.run() + ", which is "
                + share(lost, before) + " % fewer; " + limit.toPlainString()
                + " % are tolerated.");
    }
}
