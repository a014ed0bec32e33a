package dev.saddlebag.report;

import java.util.List;

/** A notice that has everything in it, so that every part of a template is tried. */
final class SampleNotice {
    private SampleNotice() {}

    static Notice full() {
        String run = "20261120T020005Z-7f3a91";
        String started = "2026-11-20T02:00:05Z";
        Notice notice = new NoticeDraft(run, Notice.Topic.RUN, Notice.Level.PROBLEM, "acme", started)
                .says("Backup not delivered everywhere", "acme: not every destination has it.")
                .repeats(new Notice.Repeat(3, "2026-11-18 02:00 (UTC)", "This is the 3rd time."))
                .about(new Notice.AboutRun(run, "undelivered", 5, "changed", started, started, "12.0 s", 792))
                .holds(
                        List.of(new Notice.Amount("pages", "254")),
                        new Changes(run, new Changes.Count(1, 2, 3), new Changes.Count(0, 0, 1)))
                .lacks(List.of(new Notice.GapCount("failed", "could not be collected", 1)), List.of("page 1: a reset"))
                .judged("accepted. No rule is broken.")
                .delivered(List.of(
                        new Notice.Got("vault", true, "all of it"), new Notice.Got("offsite", false, "no answer")))
                .safe(
                        new Notice.Rule(false, "3-2-1: no."),
                        new Notice.RecoveryPoint(run, started, "2 minutes", "2 minutes ago"))
                .next(List.of("Mend offsite."), "2026-11-21 02:00 (UTC)")
                .notice(new Redaction(List.of()));
        return notice.late("This comes late.");
    }
}
