package dev.saddlebag.gate;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** The limits of a workspace, by the names of the settings {@code gate.…}. */
record Limits(Map<String, BigDecimal> byName) {
    static final String SMALL_DROP = "small-drop";
    static final String KEEP_HELD = "keep-held";
    private static final long SMALL = 5;
    private static final long FEW = 3;

    Limits {
        byName = Map.copyOf(byName);
    }

    /** The limit of a rule; a rule without one is not applied. */
    Optional<BigDecimal> of(Rule rule) {
        return Optional.ofNullable(byName.get(rule.setting()));
    }

    /** How many may go from one place without holding the snapshot, whatever share of it they are. */
    long smallDrop() {
        return number(SMALL_DROP, SMALL);
    }

    /** How many held runs are kept. */
    int keepHeld() {
        return Math.toIntExact(number(KEEP_HELD, FEW));
    }

    private long number(String name, long otherwise) {
        return byName.getOrDefault(name, BigDecimal.valueOf(otherwise)).longValue();
    }
}
