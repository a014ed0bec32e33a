package dev.saddlebag.cli;

import dev.saddlebag.vault.Finding;
import java.util.List;

/** What a verification that found no damage may claim. */
final class Verdicts {
    private Verdicts() {}

    /** The claim, which says so when something encrypted was not looked into. */
    static String sound(List<Finding> findings) {
        long unseen = findings.stream().filter(Finding::isUnseen).count();
        return unseen == 0
                ? "all is as it was written."
                : "all stored bytes are as they were written. Snapshots that were not looked into, because no identity at"
                        + " hand opens them: " + unseen + " (--identity FILE).";
    }
}
