package dev.saddlebag.report;

import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.report.Alarms.Trouble;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what of a run is to be told, and puts it in words. */
public final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final String RUN = "run";
    private static final int FAULTS_NAMED = 10;

    /** The options of destinations that say where these are, and are never secret. */
    private static final List<String> PLACES = List.of("directory", "endpoint", "bucket", "prefix", "host", "path");

    /** What a quick run that finds nothing new proves to be over: that Notion could not be asked. */
    private static final Set<Outcome> ENDED_BY_AN_ANSWER = Set.of(Outcome.FAILED, Outcome.REFUSED);

    private static final Map<Gap.Reason, String> REASONS = new EnumMap<>(Map.of(
            Gap.Reason.NOT_SHARED, "not shared with the connection, or gone",
            Gap.Reason.UNSUPPORTED, "not given out by Notion",
            Gap.Reason.LINKED_VIEW, "linked views, whose databases are collected where they live",
            Gap.Reason.NOT_PERMITTED, "not permitted to the connection",
            Gap.Reason.UNREACHABLE, "outside Notion, and not given out there",
            Gap.Reason.FAILED, "could not be collected"));

    private final Settings settings;
    private final Vaults vaults;
    private final Alarms alarms;
    private final Redaction redaction;
    private final Clock clock;

    public Notices(Settings settings, Vaults vaults, Clock clock) {
        this.settings = settings;
        this.vaults = vaults;
        this.alarms = new Alarms(settings.stateDirectory(), clock);
        this.redaction = new Redaction(settings.secrets());
        this.clock = clock;
    }

    /**
     * What is to be told of a run that has ended.
     *
     * @return null when nobody needs to hear of it: it found nothing new, or the same trouble was told within a day
     * @throws IOException when the state directory cannot be read
     */
    public Notice about(RunSummary summary) throws IOException {
        WorkspaceSettings workspace = settings.workspace(summary.workspace()).orElseThrow();
        String healed = healed(workspace, summary);
        return switch (summary.outcome()) {
            case COMPLETE -> wellEnded(workspace, summary, healed);
            case UNCHANGED -> unchanged(workspace, summary);
            default -> trouble(workspace, summary, healed);
        };
    }

    /** Which destinations have got what they had missed, in a sentence; empty for none. */
    private String healed(WorkspaceSettings workspace, RunSummary summary) {
        List<String> healed = new ArrayList<>();
        for (Delivery delivery : summary.deliveries()) {
            String topic = "delivery-" + delivery.destination();
            if (!delivery.delivered()) {
                alarms.raise(workspace.name(), topic, topic);
            } else {
                alarms.settle(workspace.name(), topic)
                        .ifPresent(ended -> healed.add("%s has this snapshot and all that it had missed since %s"
                                .formatted(
                                        delivery.destination(), Words.time(ended.sinceWhen(), workspace.timeZone()))));
            }
        }
        return healed.isEmpty() ? "" : "Healed: " + String.join("; ", healed) + ".";
    }

    private static String joined(String sentence, String more) {
        return more.isEmpty() ? sentence : sentence + " " + more;
    }

    /** A notice that says nothing but that messages arrive. */
    public Notice test(String name) throws IOException {
        WorkspaceSettings workspace = settings.workspace(name).orElseThrow();
        NoticeDraft draft = draft(UUID.randomUUID().toString(), Notice.Topic.TEST, Notice.Level.OK, workspace)
                .says(
                        "Test message",
                        "Saddlebag was asked to send a test message about the workspace " + name
                                + ". Reports of its backups will come this way.")
                .next(
                        List.of("Nothing. If you did not ask for it, somebody who operates Saddlebag did."),
                        next(workspace));
        return finished(draft, workspace);
    }

    /**
     * What goes by message to a destination that holds nothing.
     *
     * @param parcel what goes along, or why not, in sentences
     * @param isEncrypted whether it takes a key to open the archive that goes along
     * @param archive the name of that archive; empty for none
     * @param receipts what the destinations got that hold something
     * @param before when the same message may have arrived already
     * @throws IOException when the state directory cannot be read
     */
    public Notice about(
            WorkspaceSettings workspace,
            Sealed sealed,
            String parcel,
            boolean isEncrypted,
            String archive,
            List<Receipt> receipts,
            Optional<Instant> before)
            throws IOException {
        String name = workspace.name();
        String at = Words.time(sealed.id().started(), workspace.timeZone());
        boolean complete = sealed.snapshot().facts().complete();
        Map<String, String> got = places(workspace, sealed, receipts);
        List<String> toDo = new ArrayList<>();
        if (!archive.isEmpty()) {
            toDo.add("Keep this message. To look into the archive: \"saddlebag ls --vault " + archive
                    + (isEncrypted ? " --identity KEYFILE" : "")
                    + " latest\"; \"saddlebag export\" writes it to a folder.");
        } else if (!got.isEmpty()) {
            toDo.add("To have it as one file: \"saddlebag export " + sealed.id() + " --workspace " + name
                    + " --destination " + got.keySet().iterator().next() + " --to FILE.zip\".");
        } else {
            toDo.add(
                    "No vault has it yet: it waits in the state directory of this host. Mend the destinations that failed.");
        }
        NoticeDraft draft = draft(
                        sealed.id() + "-" + UUID.randomUUID(),
                        Notice.Topic.SNAPSHOT,
                        complete ? Notice.Level.OK : Notice.Level.WARNING,
                        workspace)
                .says(
                        "Snapshot of " + at + (archive.isEmpty() ? "" : ", with archive"),
                        "%s: this is about the snapshot %s, which is %s. %s"
                                .formatted(
                                        name,
                                        sealed.id(),
                                        complete ? "complete" : "PARTIAL: something could not be collected",
                                        parcel))
                .holds(held(sealed), null)
                .judged(sealed.snapshot().facts().verdict()
                        + ". The SHA-256 of its list, which stands for all of it, is "
                        + sealed.snapshot().listSha256() + ".")
                .delivered(got.entrySet().stream()
                        .map(place -> new Notice.Got(place.getKey(), true, place.getValue()))
                        .toList())
                .next(toDo, next(workspace));
        Notice notice = finished(draft, workspace);
        return before.map(first -> notice.late("You may have this message already: one was sent at "
                        + Words.time(first, workspace.timeZone())
                        + ", and the answer of the mail server did not arrive. The Message-ID is the same."))
                .orElse(notice);
    }

    /** The vaults that have a snapshot, with where they are. */
    private Map<String, String> places(WorkspaceSettings workspace, Sealed sealed, List<Receipt> receipts)
            throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        for (String vault : workspace.vaults()) {
            if (vaults.spool(workspace.name()).delivered(vault).contains(sealed.id())) {
                String words = receipts.stream()
                        .filter(receipt -> receipt.destination().equals(vault)
                                && receipt.run().equals(sealed.id()))
                        .findFirst()
                        .map(receipt -> got(Delivery.of(receipt)).words())
                        .orElse("delivered by an earlier run");
                places.put(
                        vault, settings.destination(vault).map(Notices::place).orElse(vault) + ": " + words);
            }
        }
        return places;
    }

    /** The kind of a destination, and of its options those that say where it is. */
    private static String place(DestinationSettings destination) {
        String where = PLACES.stream()
                .filter(destination.options()::containsKey)
                .map(option -> option + " " + destination.options().get(option))
                .collect(Collectors.joining(", "));
        return where.isEmpty() ? destination.kind() : destination.kind() + " (" + where + ")";
    }

    private static List<Notice.Amount> held(Sealed sealed) throws IOException {
        return sealed.facts().counts().entrySet().stream()
                .map(count -> new Notice.Amount(
                        count.getKey().replace('_', ' '),
                        count.getKey().contains("bytes")
                                ? Sizes.text(count.getValue())
                                : Words.amount(count.getValue())))
                .toList();
    }

    private Notice wellEnded(WorkspaceSettings workspace, RunSummary summary, String healed) throws IOException {
        Optional<Trouble> ended = alarms.settle(workspace.name(), RUN);
        Notice.Topic topic = ended.isPresent() ? Notice.Topic.RECOVERED : Notice.Topic.RUN;
        NoticeDraft draft = draft(summary.run(), topic, Notice.Level.OK, workspace)
                .says(
                        ended.isPresent() ? "Recovered: backup complete" : "Backup complete",
                        joined(summary.sentence(), healed))
                .repeats(ended.map(trouble -> over(trouble, workspace)).orElse(null))
                .next(List.of(), next(workspace));
        return finished(ofRun(draft, summary), workspace);
    }

    private Notice unchanged(WorkspaceSettings workspace, RunSummary summary) throws IOException {
        boolean over = alarms.known(workspace.name(), RUN)
                .filter(trouble -> ENDED_BY_AN_ANSWER.stream()
                        .anyMatch(outcome -> trouble.problem().startsWith(outcome.word() + ":")))
                .isPresent();
        if (!over) {
            return null;
        }
        Trouble ended = alarms.settle(workspace.name(), RUN).orElseThrow();
        NoticeDraft draft = draft(summary.run(), Notice.Topic.RECOVERED, Notice.Level.OK, workspace)
                .says("Recovered: nothing new to back up", summary.sentence())
                .repeats(over(ended, workspace))
                .next(List.of(), next(workspace));
        return finished(ofRun(draft, summary), workspace);
    }

    private Notice trouble(WorkspaceSettings workspace, RunSummary summary, String healed) throws IOException {
        Optional<Trouble> told = alarms.raise(workspace.name(), RUN, problem(summary));
        if (told.isEmpty()) {
            LOG.info("{}: the same was told less than a day ago, and is not told again.", workspace.name());
            return healed.isEmpty() ? null : healedAlone(workspace, summary, healed);
        }
        NoticeDraft draft = draft(summary.run(), Notice.Topic.RUN, level(summary.outcome()), workspace)
                .says(headline(summary.outcome()), joined(summary.sentence(), healed))
                .repeats(again(told.get(), workspace))
                .next(toDo(summary), next(workspace));
        return finished(ofRun(draft, summary), workspace);
    }

    private Notice healedAlone(WorkspaceSettings workspace, RunSummary summary, String healed) throws IOException {
        NoticeDraft draft = draft(summary.run(), Notice.Topic.RECOVERED, Notice.Level.OK, workspace)
                .says("Recovered: a destination has caught up", joined(summary.sentence(), healed))
                .next(List.of(), next(workspace));
        return finished(ofRun(draft, summary), workspace);
    }

    /** The same problem is the same words, whatever the numbers in them. */
    private static String problem(RunSummary summary) {
        String what = switch (summary.outcome()) {
            case HELD -> summary.verdict().sentence();
            case UNDELIVERED -> String.join(",", undelivered(summary));
            case FAILED, REFUSED -> String.valueOf(summary.failure());
            default -> "";
        };
        return summary.outcome().word() + ":" + Alarms.essence(what);
    }

    private static Notice.Level level(Outcome outcome) {
        return outcome == Outcome.PARTIAL ? Notice.Level.WARNING : Notice.Level.PROBLEM;
    }

    private static String headline(Outcome outcome) {
        return switch (outcome) {
            case PARTIAL -> "Backup with gaps";
            case HELD -> "Backup held back";
            case UNDELIVERED -> "Backup not delivered everywhere";
            case REFUSED -> "Backup failed: Notion refuses the token";
            default -> "Backup failed";
        };
    }

    private List<String> toDo(RunSummary summary) {
        String name = summary.workspace();
        return switch (summary.outcome()) {
            case PARTIAL ->
                List.of(
                        "Read below what could not be collected, and run \"saddlebag backup " + name + "\" once more.",
                        "This snapshot is kept and delivered, but no later one is measured against it.");
            case HELD ->
                List.of(
                        "Find out whether it is true: did somebody delete pages, or did the connection lose access to a page"
                                + " at the top?",
                        "\"saddlebag gate show " + summary.run()
                                + "\" has all numbers. If it is as it should be, \"saddlebag gate accept "
                                + summary.run()
                                + "\" promotes it.",
                        "The held snapshot lies in "
                                + settings.stateDirectory()
                                        .resolve(name)
                                        .resolve("held")
                                        .resolve(summary.run())
                                + ". The last good snapshot stays the newest.");
            case UNDELIVERED ->
                List.of("Mend " + String.join(", ", undelivered(summary))
                        + ": what was wrong stands below. The snapshot waits here, and the next run brings it there.");
            case REFUSED ->
                List.of(
                        "Make a new token at Notion, set it, and restart Saddlebag. Then ask \"saddlebag doctor " + name
                                + "\".",
                        "All snapshots are as they were; there will be no new one before.");
            default ->
                List.of("Do what the sentence above says, or ask \"saddlebag doctor " + name
                        + "\". All snapshots are as they were; the next run tries again.");
        };
    }

    private static List<String> undelivered(RunSummary summary) {
        return summary.deliveries().stream()
                .filter(delivery -> !delivery.delivered())
                .map(Delivery::destination)
                .sorted()
                .toList();
    }

    private static NoticeDraft ofRun(NoticeDraft draft, RunSummary summary) {
        Instant started = Instant.parse(summary.started());
        Instant finished = Instant.parse(summary.finished());
        List<String> faults = summary.gaps().stream()
                .filter(gap -> gap.reason().isFault())
                .map(gap -> gap.object() + " " + gap.id() + ": " + gap.explanation())
                .toList();
        return draft.about(new Notice.AboutRun(
                        summary.run(),
                        summary.outcome().word(),
                        summary.exitCode(),
                        summary.depth(),
                        summary.started(),
                        summary.finished(),
                        Sizes.text(Duration.between(started, finished)),
                        summary.requests()))
                .holds(summary.verdict() == null ? List.of() : amounts(summary.counts()), summary.changes())
                .lacks(byReason(summary.gaps()), named(faults))
                .judged(
                        summary.verdict() == null
                                ? null
                                : summary.verdict().word() + ". "
                                        + summary.verdict().sentence())
                .delivered(summary.deliveries().stream().map(Notices::got).toList());
    }

    private static List<String> named(List<String> faults) {
        if (faults.size() <= FAULTS_NAMED) {
            return faults;
        }
        List<String> first = new ArrayList<>(faults.subList(0, FAULTS_NAMED));
        first.add("and " + Words.amount(faults.size() - FAULTS_NAMED) + " more, in failures.json of the run");
        return first;
    }

    private static List<Notice.Amount> amounts(Counts counts) {
        Map<String, Long> all = new TreeMap<>(Comparator.comparing(
                List.of("pages", "databases", "data sources", "views", "blocks", "comments", "files")::indexOf));
        all.put("pages", counts.pages());
        all.put("databases", counts.databases());
        all.put("data sources", counts.dataSources());
        all.put("views", counts.views());
        all.put("blocks", counts.blocks());
        all.put("comments", counts.comments());
        List<Notice.Amount> amounts = new ArrayList<>();
        all.forEach((name, count) -> amounts.add(new Notice.Amount(name, Words.amount(count))));
        amounts.add(
                new Notice.Amount("files", Words.amount(counts.files()) + " (" + Sizes.text(counts.fileBytes()) + ")"));
        return amounts;
    }

    private static List<Notice.GapCount> byReason(List<Gap> gaps) {
        return Stream.of(Gap.Reason.values())
                .sorted(Comparator.comparing(Gap.Reason::isFault).reversed())
                .map(reason -> new Notice.GapCount(
                        reason.word(),
                        REASONS.getOrDefault(reason, reason.word()),
                        gaps.stream().filter(gap -> gap.reason() == reason).count()))
                .filter(counted -> counted.count() > 0)
                .toList();
    }

    private static Notice.Got got(Delivery delivery) {
        if (delivery.verified().equals("answered")) {
            return new Notice.Got(delivery.destination(), true, "Taken by its server. " + delivery.note());
        }
        String words = delivery.delivered()
                ? "%s new in %s files, %s there before, %s, in %s"
                        .formatted(
                                Sizes.text(delivery.bytes()),
                                Words.amount(delivery.objects()),
                                Words.amount(delivery.alreadyThere()),
                                checked(delivery.verified()),
                                Sizes.text(Duration.ofMillis((long) (delivery.seconds() * 1000))))
                : Optional.ofNullable(delivery.error())
                        .filter(said -> !said.isEmpty())
                        .orElse(delivery.outcome());
        boolean hasNote = delivery.note() != null && !delivery.note().isEmpty();
        return new Notice.Got(
                delivery.destination(), delivery.delivered(), hasNote ? words + ". " + delivery.note() : words);
    }

    private static String checked(String verified) {
        return switch (verified) {
            case "read_back" -> "read back and compared";
            case "listed" -> "seen in a listing";
            default -> "not checked";
        };
    }

    /** That it is so again; null for the first time. */
    static Notice.Repeat again(Trouble trouble, WorkspaceSettings workspace) {
        if (trouble.times() < 2) {
            return null;
        }
        String since = Words.time(trouble.sinceWhen(), workspace.timeZone());
        return new Notice.Repeat(
                trouble.times(), since, "This is the " + Words.nth(trouble.times()) + " time since " + since + ".");
    }

    /** That it was so until now. */
    static Notice.Repeat over(Trouble trouble, WorkspaceSettings workspace) {
        String since = Words.time(trouble.sinceWhen(), workspace.timeZone());
        String times = trouble.times() == 1 ? "once" : trouble.times() + " times";
        return new Notice.Repeat(
                trouble.times(),
                since,
                "The trouble is over. It was reported first on " + since + " and met " + times + ".");
    }

    NoticeDraft draft(String id, Notice.Topic topic, Notice.Level level, WorkspaceSettings workspace) {
        return new NoticeDraft(
                id, topic, level, workspace.name(), clock.instant().toString());
    }

    /** The notice with what is true of the workspace, whatever the notice is about. */
    Notice finished(NoticeDraft draft, WorkspaceSettings workspace) throws IOException {
        Standing standing = Standing.of(workspace, settings, vaults);
        Notice.RecoveryPoint point = standing.newest()
                .map(newest -> recoveryPoint(newest.value(), newest.started(), workspace))
                .orElse(null);
        return draft.safe(standing.rule().orElse(null), point).notice(redaction);
    }

    private Notice.RecoveryPoint recoveryPoint(String snapshot, Instant started, WorkspaceSettings workspace) {
        String at = Words.time(started, workspace.timeZone());
        String age = Words.span(Duration.between(started, clock.instant()));
        return new Notice.RecoveryPoint(
                snapshot, started.toString(), age, "%s, %s ago: snapshot %s".formatted(at, age, snapshot));
    }

    /** When the next run begins, by whatever timer. */
    String next(WorkspaceSettings workspace) {
        Instant now = clock.instant();
        Function<String, Optional<Instant>> fires = cron -> Cron.next(cron, workspace.timeZone(), now);
        return Stream.of(
                        Optional.of(workspace.schedule()),
                        Optional.of(workspace.sweepSchedule()),
                        workspace.quickSchedule())
                .flatMap(Optional::stream)
                .flatMap(cron -> fires.apply(cron).stream())
                .min(Comparator.naturalOrder())
                .map(first -> Words.time(first, workspace.timeZone()))
                .orElse(null);
    }
}
