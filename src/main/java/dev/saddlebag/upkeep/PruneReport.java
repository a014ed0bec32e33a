package dev.saddlebag.upkeep;

import dev.saddlebag.report.Sizes;
import dev.saddlebag.report.UpkeepNotices;
import dev.saddlebag.vault.Pruned;
import dev.saddlebag.vault.RunId;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a prune of one destination did.
 *
 * @param pruned what it did, or would do; empty when it was refused or failed
 * @param isDry whether nothing was to be changed
 * @param error why it did nothing more, in words; empty when it came to its end
 */
public record PruneReport(String workspace, String destination, Optional<Pruned> pruned, boolean isDry, String error)
        implements UpkeepNotices.Prune {

    /** Whether it came to its end. */
    public boolean isDone() {
        return error.isEmpty();
    }

    /** The whole report in a few sentences. */
    @Override
    public String sentence() {
        String subject = workspace + " at " + destination + ": ";
        return pruned.map(done -> subject + text(done)).orElse(subject + error);
    }

    private String text(Pruned done) {
        StringBuilder text = new StringBuilder();
        text.append("%d snapshots stay; %s %s; %s for good %s, with %d data files (%s)."
                .formatted(
                        done.kept(),
                        isDry ? "would hide" : "hid",
                        named(done.hidden()),
                        isDry ? "would remove" : "removed",
                        named(done.removed()),
                        done.files(),
                        Sizes.text(done.bytes())));
        if (isDry) {
            text.append(" Nothing was changed.");
        } else if (!done.hidden().isEmpty()) {
            text.append(" For a week, `saddlebag undelete ID` shows a hidden one again.");
        }
        if (!done.future().isEmpty()) {
            text.append(" By the clock of this host, ")
                    .append(named(done.future()))
                    .append(done.future().size() == 1 ? " is" : " are")
                    .append(" of the future: a clock is or was wrong. They stay, and count for nothing.");
        }
        if (done.spared() > 0) {
            text.append(" A run came to need ").append(done.spared()).append(" other files meanwhile; they stay.");
        }
        if (done.left() > 0) {
            text.append(" It took more than an hour: ")
                    .append(done.left())
                    .append(" files or snapshots are left to the next prune.");
        }
        return text.toString();
    }

    private static String named(Collection<RunId> runs) {
        return runs.isEmpty() ? "none" : runs.stream().map(RunId::value).collect(Collectors.joining(", "));
    }
}
