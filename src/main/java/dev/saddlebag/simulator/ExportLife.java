package dev.saddlebag.simulator;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the tasks of the internal API live and what the API tells about them (facts/notion-export.md §1.2 to §1.7).
 * Immutable; begin with {@link #standard()} and change what matters. A task keeps what held when it was made.
 *
 * @param ending how the tasks that fail end, {@link Ending#SUCCESS} when none does
 * @param failures so many tasks end as {@code ending} says, then tasks succeed
 * @param pagesFail whether tasks for single pages end so too; otherwise these succeed and do not count
 * @param error what {@code error} says of a task that failed
 * @param polls so many answers call a task unfinished before it ends
 * @param time a task does not end earlier after its begin than this, by the clock of the {@link Behaviour}
 * @param missing so many answers of {@code getTasks} do not list the task at all
 * @param status what tells how far a task is
 * @param enqueuedAt whether tasks tell when they were made, in a key that Notion misspells, as until April 2026
 * @param link where the link to the download is
 * @param nesting how deep the records of a {@code recordMap} lie
 * @param feedLag so many answers of the feed lack the export after the task succeeded
 * @param feedAtNewHostOnly whether the old host answers with an empty feed
 * @param olderExport whether the feed holds an export of two days ago, first in its map
 * @param foreignExport whether an export as HTML that somebody else asked for ends right after ours was asked for
 * @param disabled whether the workspace forbids exports
 * @param member whether the session belongs to a member of the workspace
 */
public record ExportLife(
        Ending ending,
        int failures,
        boolean pagesFail,
        String error,
        int polls,
        Duration time,
        int missing,
        Status status,
        boolean enqueuedAt,
        Link link,
        Nesting nesting,
        int feedLag,
        boolean feedAtNewHostOnly,
        boolean olderExport,
        boolean foreignExport,
        boolean disabled,
        boolean member) {
    /** How a task ends. */
    public enum Ending {
        SUCCESS,
        FAILURE,
        RETRYABLE_FAILURE,
        /** It stays {@code in_progress} for ever. */
        NEVER,
        /** It stays in a state that no client knows. */
        UNKNOWN
    }

    /** Where the link is. */
    public enum Link {
        /** In the {@code status} of the task, as until 2024 and still for single pages. */
        TASK,
        /** In the feed of notifications alone. */
        FEED,
        BOTH,
        NOWHERE
    }

    /** What {@code status} of a task is. */
    public enum Status {
        PAGES_EXPORTED,
        EXPORTED_COUNT,
        /** There is no such key. */
        ABSENT
    }

    /** How deep a record lies. */
    public enum Nesting {
        /** {@code value} is the record, as until March 2026. */
        SINGLE,
        /** {@code value.value} is the record. */
        DOUBLE
    }

    /** As Notion does it in the autumn of 2026: the link comes by the feed alone, one level deeper than before. */
    public static ExportLife standard() {
        return new Builder().build();
    }

    public ExportLife withEnding(Ending newEnding) {
        return with(builder -> builder.ending = newEnding);
    }

    public ExportLife withFailures(int newFailures) {
        return with(builder -> builder.failures = newFailures);
    }

    public ExportLife withPagesFail(boolean newPagesFail) {
        return with(builder -> builder.pagesFail = newPagesFail);
    }

    public ExportLife withError(String newError) {
        return with(builder -> builder.error = newError);
    }

    public ExportLife withPolls(int newPolls) {
        return with(builder -> builder.polls = newPolls);
    }

    public ExportLife withTime(Duration newTime) {
        return with(builder -> builder.time = newTime);
    }

    public ExportLife withMissing(int newMissing) {
        return with(builder -> builder.missing = newMissing);
    }

    public ExportLife withStatus(Status newStatus) {
        return with(builder -> builder.status = newStatus);
    }

    public ExportLife withEnqueuedAt(boolean newEnqueuedAt) {
        return with(builder -> builder.enqueuedAt = newEnqueuedAt);
    }

    public ExportLife withLink(Link newLink) {
        return with(builder -> builder.link = newLink);
    }

    public ExportLife withNesting(Nesting newNesting) {
        return with(builder -> builder.nesting = newNesting);
    }

    public ExportLife withFeedLag(int newFeedLag) {
        return with(builder -> builder.feedLag = newFeedLag);
    }

    public ExportLife withFeedAtNewHostOnly(boolean newFeedAtNewHostOnly) {
        return with(builder -> builder.feedAtNewHostOnly = newFeedAtNewHostOnly);
    }

    public ExportLife withOlderExport(boolean newOlderExport) {
        return with(builder -> builder.olderExport = newOlderExport);
    }

    public ExportLife withForeignExport(boolean newForeignExport) {
        return with(builder -> builder.foreignExport = newForeignExport);
    }

    public ExportLife withDisabled(boolean newDisabled) {
        return with(builder -> builder.disabled = newDisabled);
    }

    public ExportLife withMember(boolean newMember) {
        return with(builder -> builder.member = newMember);
    }

    private ExportLife with(Consumer<Builder> change) {
        var builder = new Builder(this);
        change.accept(builder);
        return builder.build();
    }

    private static final class Builder {
        private Ending ending = Ending.SUCCESS;
        private int failures = Integer.MAX_VALUE;
        private boolean pagesFail = true;
        private String error = "Cannot read properties of undefined (reading 'value')";
        private int polls = 1;
        private Duration time = Duration.ZERO;
        private int missing = 0;
        private Status status = Status.PAGES_EXPORTED;
        private boolean enqueuedAt = false;
        private Link link = Link.FEED;
        private Nesting nesting = Nesting.DOUBLE;
        private int feedLag = 0;
        private boolean feedAtNewHostOnly = false;
        private boolean olderExport = false;
        private boolean foreignExport = false;
        private boolean disabled = false;
        private boolean member = true;

        private Builder() {}

        private Builder(ExportLife from) {
            ending = from.ending;
            failures = from.failures;
            pagesFail = from.pagesFail;
            error = from.error;
            polls = from.polls;
            time = from.time;
            missing = from.missing;
            status = from.status;
            enqueuedAt = from.enqueuedAt;
            link = from.link;
            nesting = from.nesting;
            feedLag = from.feedLag;
            feedAtNewHostOnly = from.feedAtNewHostOnly;
            olderExport = from.olderExport;
            foreignExport = from.foreignExport;
            disabled = from.disabled;
            member = from.member;
        }

        private ExportLife build() {
            return new ExportLife(
                    ending,
                    failures,
                    pagesFail,
                    error,
                    polls,
                    time,
                    missing,
                    status,
                    enqueuedAt,
                    link,
                    nesting,
                    feedLag,
                    feedAtNewHostOnly,
                    olderExport,
                    foreignExport,
                    disabled,
                    member);
        }
    }
}
