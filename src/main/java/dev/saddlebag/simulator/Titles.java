package dev.saddlebag.simulator;

import java.util.List;

/** Titles of pages and rows: mostly ordinary, some of the kind that breaks file systems, CSV and HTML. */
final class Titles {
    /** The first standalone page whose title is taken from {@link #AWKWARD}. */
    static final int AWKWARD_FROM = 14;

    static final List<String> AWKWARD = List.of(
            "",
            "Long title " + "that goes on and on ".repeat(14) + "here it ends",
            "Budget 2025/26 \\ draft",
            "He said \"hello\" & <b>left</b>",
            "🚀 Launch plan 👩‍🚀",
            "会議の議事録",
            "محضر الاجتماع",
            "CON",
            "NUL",
            "Trailing dots...",
            "Trailing spaces   ",
            "Case Twin",
            "case twin",
            "Same title",
            "Same title",
            "Same title",
            "../..",
            "-rf",
            "Two\nlines",
            "=SUM(A1:A9)",
            "{{ $json }} ${jndi} #{x}",
            "e\u0301 and é");
    private static final List<String> FIRST = List.of(
            "Quarterly", "Weekly", "Draft", "Public", "Internal", "Annual", "Regional", "Launch", "Hiring", "Customer");
    private static final List<String> SECOND = List.of(
            "plan", "review", "report", "notes", "budget", "roadmap", "interview", "guide", "checklist", "handover");
    private static final List<String> WORDS = List.of(
            "we",
            "the",
            "plan",
            "ship",
            "before",
            "after",
            "team",
            "customer",
            "budget",
            "asks",
            "answers",
            "draft",
            "new",
            "old",
            "first",
            "second",
            "moves",
            "keeps",
            "harvest",
            "river",
            "signal",
            "copper",
            "quiet",
            "maps",
            "señor",
            "naïve",
            "Straße",
            "データ",
            "window",
            "lantern",
            "ledger",
            "pasture",
            "saddle",
            "bridle");

    private final Seed seed;
    private final Plan plan;

    Titles(Seed seed, Plan plan) {
        this.seed = seed;
        this.plan = plan;
    }

    String page(int page) {
        if (page == Plan.HOME) {
            return "Home";
        }
        if (page == Plan.SHOWCASE) {
            return "Every kind of block";
        }
        if (plan.hasAwkwardTitles() && page >= AWKWARD_FROM && page < AWKWARD_FROM + AWKWARD.size()) {
            return AWKWARD.get(page - AWKWARD_FROM);
        }
        Seed.Dice dice = seed.dice(1, page, 0);
        if (plan.isRow(page) && dice.oneIn(40)) {
            return dice.pick(AWKWARD);
        }
        return dice.pick(FIRST) + " " + dice.pick(SECOND) + " " + page;
    }

    /** A sentence of a few words. */
    static String sentence(Seed.Dice dice) {
        var sentence = new StringBuilder();
        int words = 4 + dice.below(12);
        for (int word = 0; word < words; word++) {
            sentence.append(word == 0 ? "" : " ").append(dice.pick(WORDS));
        }
        return sentence.append('.').toString();
    }
}
