package dev.saddlebag.report;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.report.Alarms.Trouble;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The dead-man's switch: finds workspaces and destinations that have had no accepted snapshot for too long a time, whether runs
 * fail, hang, or never begin.
 */
public final class Watch {
    private static final String STALE = "stale";

    private final Settings settings;
    private final Vaults vaults;
    private final Notices notices;
    private final Alarms alarms;
    private final Clock clock;

    public Watch(Settings settings, Vaults vaults, Notices notices, Clock clock) {
        this.settings = settings;
        this.vaults = vaults;
        this.notices = notices;
        this.alarms = new Alarms(settings.stateDirectory(), clock);
        this.clock = clock;
    }

    /**
     * Looks at a workspace and at each of its destinations.
     *
     * @return what is to be told now: alarms, and that what was told before is over
     * @throws IOException when the state directory cannot be read
     */
    public List<Notice> look(String name) throws IOException {
        WorkspaceSettings workspace = settings.workspace(name).orElseThrow();
        Standing standing = Standing.of(workspace, settings, vaults);
        Instant begun = watchedSince(name);
        Optional<Instant> confirmed = lastUnchanged(name);
        Instant fresh = latest(
                standing.since().orElse(begun),
                confirmed.filter(found -> standing.newest().isPresent()));
        List<Notice> told = new ArrayList<>();
        boolean stale = judge(workspace, STALE, "the workspace " + name, standing.newest(), fresh, told);
        for (String destination : workspace.destinations()) {
            Optional<RunId> has = Optional.ofNullable(standing.at().get(destination));
            boolean upToDate = has.isPresent() && has.equals(standing.newest());
            Instant since = upToDate ? fresh : has.map(RunId::started).orElse(begun);
            // When the workspace has nothing new, its destinations cannot have it either: that is one trouble, told
            // once.
            if (!stale) {
                judge(workspace, STALE + "-" + destination, "the destination " + destination, has, since, told);
            }
        }
        return told;
    }

    private boolean judge(
            WorkspaceSettings workspace,
            String topic,
            String what,
            Optional<RunId> newest,
            Instant since,
            List<Notice> told)
            throws IOException {
        boolean stale = Duration.between(since, clock.instant()).compareTo(workspace.alarmAfter()) > 0;
        if (stale) {
            Optional<Trouble> trouble = alarms.raise(workspace.name(), topic, topic);
            if (trouble.isPresent()) {
                told.add(alarm(workspace, topic, what, newest, since, trouble.get()));
            }
        } else {
            Optional<Trouble> ended = alarms.settle(workspace.name(), topic);
            if (ended.isPresent()) {
                told.add(recovery(workspace, topic, what, newest, ended.get()));
            }
        }
        return stale;
    }

    private Notice alarm(
            WorkspaceSettings workspace,
            String topic,
            String what,
            Optional<RunId> newest,
            Instant since,
            Trouble trouble)
            throws IOException {
        String name = workspace.name();
        String age = Words.span(Duration.between(since, clock.instant()));
        String allowed = "alarm-after allows " + Words.span(workspace.alarmAfter());
        String sentence = newest.isPresent()
                ? "%s: the newest accepted snapshot of %s is %s old (%s); %s."
                        .formatted(name, what, age, newest.get().value(), allowed)
                : "%s: %s has no accepted snapshot after %s; %s.".formatted(name, what, age, allowed);
        NoticeDraft draft = notices.draft(id(topic), Notice.Topic.STALE, Notice.Level.PROBLEM, workspace)
                .says(
                        topic.equals(STALE)
                                ? "No backup for " + age
                                : "No backup at " + topic.substring(STALE.length() + 1) + " for " + age,
                        sentence)
                .repeats(onAnotherDay(trouble, workspace))
                .next(
                        List.of("Ask \"saddlebag doctor " + name
                                + "\": it looks at everything that a run needs. See in the log whether runs begin, and how"
                                + " they end."),
                        notices.next(workspace));
        return notices.finished(draft, workspace);
    }

    /** How often somebody looked says nothing; how long it has been so does. */
    private static Notice.Repeat onAnotherDay(Trouble trouble, WorkspaceSettings workspace) {
        if (trouble.times() < 2) {
            return null;
        }
        String since = Words.time(trouble.sinceWhen(), workspace.timeZone());
        return new Notice.Repeat(trouble.times(), since, "This was first reported on " + since + ".");
    }

    private Notice recovery(
            WorkspaceSettings workspace, String topic, String what, Optional<RunId> newest, Trouble ended)
            throws IOException {
        String since = Words.time(ended.sinceWhen(), workspace.timeZone());
        NoticeDraft draft = notices.draft(id(topic), Notice.Topic.RECOVERED, Notice.Level.OK, workspace)
                .says(
                        "Recovered: backups again",
                        "%s: %s has an accepted snapshot again%s."
                                .formatted(
                                        workspace.name(),
                                        what,
                                        newest.map(run -> " (" + run.value() + ")")
                                                .orElse("")))
                .repeats(new Notice.Repeat(
                        ended.times(), since, "The trouble is over. It was first reported on " + since + "."))
                .next(List.of(), notices.next(workspace));
        return notices.finished(draft, workspace);
    }

    private String id(String topic) {
        return topic + "-" + clock.instant().getEpochSecond();
    }

    /** A workspace that never had a snapshot is late when it has been watched for that long without one. */
    private Instant watchedSince(String name) throws IOException {
        Path file = settings.stateDirectory().resolve(name).resolve("alarms").resolve("watched-since");
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            try {
                Files.writeString(file, clock.instant() + "\n", StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException another) {
                // Another process has begun to watch at the same time.
            }
        }
        try {
            return Instant.parse(Files.readString(file).strip());
        } catch (DateTimeException torn) {
            Files.delete(file);
            return clock.instant();
        }
    }

    /** A quick run that finds nothing new makes no snapshot, and proves that the newest is still like Notion. */
    private Optional<Instant> lastUnchanged(String name) throws IOException {
        return new RunHistory(settings.stateDirectory(), name)
                .newest(past -> past.outcome().equals(Outcome.UNCHANGED.word()))
                .map(RunHistory.Past::finished);
    }

    private static Instant latest(Instant one, Optional<Instant> other) {
        return other.filter(one::isBefore).orElse(one);
    }
}
