package dev.saddlebag.report;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Alarms.Trouble;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what of verifications and prunes is to be told: what is damaged or does not go on, and that it is over. */
public final class UpkeepNotices {
    private final Settings settings;
    private final Notices notices;
    private final Alarms alarms;
    private final Clock clock;

    public UpkeepNotices(Settings settings, Notices notices, Clock clock) {
        this.settings = settings;
        this.notices = notices;
        this.alarms = new Alarms(settings.stateDirectory(), clock);
        this.clock = clock;
    }

    /** What a verification of one destination found. */
    public interface Verification {
        String workspace();

        String destination();

        /** What is damaged, in sentences, but for what is known to be lost. */
        List<String> damage();

        /** Why nothing could be verified; empty when it could. */
        String error();

        /** The whole report. */
        String sentence();
    }

    /** What a prune of one destination did. */
    public interface Prune {
        String workspace();

        String destination();

        /** Why it did not come to its end; empty when it did. */
        String error();

        /** The whole report. */
        String sentence();
    }

    /**
     * What is to be told of a verification.
     *
     * @throws IOException when the state directory cannot be read
     */
    public List<Notice> verified(Verification found) throws IOException {
        String workspace = found.workspace();
        String destination = found.destination();
        boolean looked = found.error().isEmpty();
        Topic unverified = new Topic(
                workspace,
                "unverified-" + destination,
                Notice.Level.WARNING,
                "Not verified: " + destination,
                "Recovered: " + destination + " can be verified again",
                "See whether the destination answers: \"saddlebag doctor " + workspace + "\".");
        Topic damaged = new Topic(
                workspace,
                "damage-" + destination,
                Notice.Level.PROBLEM,
                "Damage found at " + destination,
                "Recovered: no damage at " + destination,
                "Run \"saddlebag repair --workspace " + workspace + " --destination " + destination
                        + "\", and find out what damaged it: a disk, or somebody.");
        // Who could not look knows of no end of the damage.
        return Stream.of(
                        told(unverified, !looked, true, found.error(), found.sentence()),
                        told(damaged, !found.damage().isEmpty(), looked, found.sentence(), found.sentence()))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * What is to be told of a prune.
     *
     * @throws IOException when the state directory cannot be read
     */
    public List<Notice> pruned(Prune done) throws IOException {
        String workspace = done.workspace();
        String destination = done.destination();
        Topic refused = new Topic(
                workspace,
                "prune-" + destination,
                Notice.Level.WARNING,
                "Nothing pruned at " + destination,
                "Recovered: " + destination + " is pruned again",
                "Nothing is lost, and the vault grows until it is mended. \"saddlebag prune --dry-run --workspace "
                        + workspace + " --destination " + destination + "\" shows what would go.");
        return told(refused, !done.error().isEmpty(), true, done.sentence(), done.sentence()).stream()
                .toList();
    }

    private Optional<Notice> told(Topic topic, boolean isTrouble, boolean mayEnd, String problem, String sentence)
            throws IOException {
        WorkspaceSettings workspace = settings.workspace(topic.workspace()).orElseThrow();
        if (isTrouble) {
            Optional<Trouble> trouble = alarms.raise(topic.workspace(), topic.name(), Alarms.essence(problem));
            return trouble.isEmpty()
                    ? Optional.empty()
                    : Optional.of(notices.finished(
                            draft(topic, Notice.Topic.UPKEEP, topic.level(), workspace)
                                    .says(topic.headline(), sentence)
                                    .repeats(Notices.again(trouble.get(), workspace))
                                    .next(List.of(topic.toDo()), notices.next(workspace)),
                            workspace));
        }
        Optional<Trouble> ended = mayEnd ? alarms.settle(topic.workspace(), topic.name()) : Optional.empty();
        return ended.isEmpty()
                ? Optional.empty()
                : Optional.of(notices.finished(
                        draft(topic, Notice.Topic.RECOVERED, Notice.Level.OK, workspace)
                                .says(topic.over(), sentence)
                                .repeats(Notices.over(ended.get(), workspace))
                                .next(List.of(), notices.next(workspace)),
                        workspace));
    }

    private NoticeDraft draft(Topic topic, Notice.Topic about, Notice.Level level, WorkspaceSettings workspace) {
        String id = topic.name() + "-" + clock.instant().getEpochSecond();
        return notices.draft(id, about, level, workspace);
    }

    /** A trouble by its name, and what is said of it and of its end. */
    private record Topic(
            String workspace, String name, Notice.Level level, String headline, String over, String toDo) {}
}
