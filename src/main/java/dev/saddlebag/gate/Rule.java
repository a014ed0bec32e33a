package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Observations.Weight;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A rule of the gate; its name is the last part of the setting that holds its limit, as in {@code
 * saddlebag.workspace.acme.gate.minimum-pages}.
 */
enum Rule {
    MINIMUM_PAGES("minimum-pages") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            atLeast("pages", measured.counts().pages(), limit, sheet);
        }
    },
    MINIMUM_DATABASES("minimum-databases") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            atLeast("databases", measured.counts().databases(), limit, sheet);
        }
    },
    MAXIMUM_DROP_PERCENT("maximum-drop-percent") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            measured.baseline().ifPresent(baseline -> new Drops(this, measured, baseline, limit, small, sheet).judge());
        }
    },
    MAXIMUM_EMPTIED_PERCENT("maximum-emptied-percent") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            measured.comparison().filter(Comparison::hasContents).ifPresent(with -> {
                boolean kept = !Words.exceeds(with.emptied(), with.filled(), limit);
                BigDecimal percent = Words.percent(with.emptied(), with.filled());
                sheet.measured(this, "pages that lost their content, in percent", percent, limit, kept);
                if (!kept) {
                    sheet.found(
                            this,
                            with.emptied() <= small ? Weight.WARNING : Weight.FAULT,
                            Words.count(with.emptied(), "page", "pages") + " of " + with.filled()
                                    + " that had content are empty or all but empty now, which is "
                                    + Words.plain(percent) + " %; " + Words.plain(limit) + " % are tolerated: "
                                    + names(with.emptiedMost(), with.emptied()) + ".",
                            percent,
                            limit,
                            with.emptiedMost());
                }
            });
        }
    },
    MAXIMUM_CHANGED_PERCENT("maximum-changed-percent") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            measured.comparison().filter(with -> with.comparable() >= ENOUGH).ifPresent(with -> {
                boolean kept = !Words.exceeds(with.changed(), with.comparable(), limit);
                BigDecimal percent = Words.percent(with.changed(), with.comparable());
                sheet.measured(this, "pages that were edited, in percent", percent, limit, kept);
                if (!kept) {
                    sheet.found(
                            this,
                            Weight.FAULT,
                            with.changed() + " of the " + with.comparable()
                                    + " pages that were there before were edited since, which is "
                                    + Words.plain(percent) + " %; " + Words.plain(limit)
                                    + " % are tolerated, for so much at once may be a program that ran wild, or"
                                    + " somebody who spoils the workspace: "
                                    + names(with.changedMost(), with.changed()) + ".",
                            percent,
                            limit,
                            with.changedMost());
                }
            });
        }
    },
    MAXIMUM_GAPS("maximum-gaps") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            BigDecimal gaps = BigDecimal.valueOf(measured.failedGaps());
            boolean kept = gaps.compareTo(limit) <= 0;
            sheet.measured(this, "objects and files that could not be collected", gaps, limit, kept);
            if (!kept) {
                sheet.found(
                        this,
                        Weight.FAULT,
                        measured.failedGaps() + " objects or files could not be collected; " + Words.plain(limit)
                                + " are tolerated.",
                        gaps,
                        limit,
                        List.of());
            }
        }
    },
    MAXIMUM_DEAD_LINK_INCREASE("maximum-dead-link-increase") {
        @Override
        void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet) {
            measured.baseline()
                    .filter(unused -> measured.likeness() == Likeness.ALIKE)
                    .ifPresent(baseline -> {
                        for (Map.Entry<String, Long> now : measured.numbers().entrySet()) {
                            Long before = baseline.numbers().get(now.getKey());
                            if (now.getKey().startsWith(DEAD_LINKS) && before != null) {
                                deadLinks(now.getKey(), before, now.getValue(), limit, baseline, sheet);
                            }
                        }
                    });
        }
    };

    private static final String DEAD_LINKS = "dead-links-";

    /** In a smaller workspace a day's work can touch most pages. */
    private static final long ENOUGH = 20;

    private final String setting;

    Rule(String setting) {
        this.setting = setting;
    }

    /** The name, as operators write it. */
    String setting() {
        return setting;
    }

    /**
     * Measures, and writes down what breaks the rule.
     *
     * @param small how many may go from one place without holding the snapshot
     */
    abstract void judge(Measurement measured, BigDecimal limit, long small, Judgement sheet);

    void atLeast(String what, long found, BigDecimal limit, Judgement sheet) {
        BigDecimal number = BigDecimal.valueOf(found);
        boolean kept = number.compareTo(limit) >= 0;
        sheet.measured(this, what, number, limit, kept);
        if (!kept) {
            sheet.found(
                    this,
                    Weight.FAULT,
                    found + " " + what + " were collected; " + Words.plain(limit) + " is the least.",
                    number,
                    limit,
                    List.of());
        }
    }

    void deadLinks(String kind, long before, long now, BigDecimal limit, Baseline baseline, Judgement sheet) {
        BigDecimal more = BigDecimal.valueOf(Math.max(0, now - before));
        boolean kept = more.compareTo(limit) <= 0;
        String what = kind.replace('-', ' ');
        sheet.measured(this, "further " + what, more, limit, kept);
        if (now > before) {
            sheet.found(
                    this,
                    kept ? Weight.WARNING : Weight.FAULT,
                    "There are " + now + " " + what + ", and there were " + before + " in " + baseline.run() + "; "
                            + Words.plain(limit) + " more are tolerated.",
                    more,
                    limit,
                    List.of());
        }
    }

    private static String names(List<Item> items, long all) {
        List<String> few =
                items.stream().limit(3).map(item -> Words.quoted(item.title())).toList();
        return Words.list(few, all);
    }
}
