package dev.saddlebag.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.ExportProvider;
import dev.saddlebag.configuration.ExportSettings;
import dev.saddlebag.configuration.NotionSettings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.export.archive.ArchiveRefusedException;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionId;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of Notion's own export up to its link: find the workspace, order the export, wait for it (facts/notion-export.md §1). */
public final class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final String SAFE = " Nothing that was backed up before is touched. ";
    private static final String BY_HAND = "Meanwhile, export by hand in Notion, and give the file to saddlebag ingest";

    /** So often is a question repeated that must be answered before anything can be waited for. */
    private static final int TRIES = 8;

    /** A task that the server does not know, or in a state that nobody knows, so often in a row: the feed has to do. */
    private static final int UNKNOWN_LONG_ENOUGH = 3;

    /** An order that Notion broke off is given again when its feed shows nothing for this share of the grace for links. */
    private static final int DOUBT_SHARE = 4;

    private static final Duration TELL_EVERY = Duration.ofMinutes(10);

    private final NotionSettings notion;
    private final Path stateDirectory;
    private final Clock clock;
    private final Pace pace;

    /** @param stateDirectory the folder of the state of all workspaces */
    public Exports(NotionSettings notion, Path stateDirectory, Clock clock) {
        this.notion = notion;
        this.stateDirectory = stateDirectory;
        this.clock = clock;
        this.pace = new Pace(notion.exportPollInterval());
    }

    /** The export of a run: the one that was begun before it was broken off, or a new one. */
    public ExportJob begin(Run run) throws StagingException {
        WorkspaceSettings workspace = run.workspace();
        try {
            JobState state = ExportJob.kept(run.staging());
            Optional<Given> given = Given.in(run.staging());
            if (given.isPresent()) {
                ExportJob job = job(run, state.given.isEmpty() ? new JobState() : state);
                Path folder = folder(run);
                job.change(taken -> given.get().prepare(taken, folder));
                Given.forget(run.staging());
                return job;
            }
            ExportJob job = job(run, state);
            String provider = workspace.export().provider().name();
            if (!state.provider.equals(provider) && state.given.isEmpty()) {
                job = job(run, new JobState());
                job.change(fresh -> fresh.provider = provider);
            } else if (!state.task.isEmpty() && job.isOpen()) {
                LOG.info("{}: goes on with the export that was ordered before", workspace.name());
            }
            return job;
        } catch (IOException disk) {
            throw new StagingException("What is known of the export cannot be read", disk);
        }
    }

    /** An export that is only looked at: which workspace it would be of. Nothing is written. */
    public ExportJob look(Run run) {
        return job(run, new JobState());
    }

    private ExportJob job(Run run, JobState state) {
        ExportSettings settings = run.workspace().export();
        Hosts fileHosts = new Hosts(notion.fileHosts());
        Cookies cookies =
                new Cookies(run.workspace().tokenV2(), run.workspace().fileToken(), notion.exportBaseUrls(), fileHosts);
        Provider provider = settings.provider() == ExportProvider.ADMIN
                ? new AdminExport(settings, notion.adminUrl(), notion.adminStartPath())
                : new WebExport(settings, notion.exportBaseUrls(), cookies);
        return new ExportJob(run, state, provider, cookies, clock);
    }

    // ---- which workspace

    /** Asks one host after the other which workspaces the credentials open, until one answers. */
    public List<Question> askForSpaces(ExportJob job) {
        job.beginRound();
        Provider provider = job.provider();
        return provider.hosts().stream()
                .map(host -> provider.spaces(host, answer -> {
                            job.spaces(provider.readSpaces(answer));
                            job.found(List.of(host.toString()));
                        })
                        .onlyIf(() -> job.found().isEmpty()))
                .toList();
    }

    /** Takes the workspace that the settings mean. */
    public void chooseSpace(ExportJob job) throws ExportException, IOException, StagingException {
        if (job.found().isEmpty()) {
            repeatOrThrow(job, "Notion could not be asked which workspaces there are");
            return;
        }
        Space space = choose(job.run().workspace(), job.spaces());
        String host = job.found().get(0);
        LOG.info("{}: exports {} through {}", job.run().workspace().name(), space, host);
        boolean several = job.spaces().stream().map(Space::user).distinct().count() > 1;
        job.change(state -> {
            state.phase = state.task.isEmpty() ? JobState.Phase.START : JobState.Phase.WAIT;
            state.host = host;
            state.space = space.id();
            state.spaceName = space.name();
            state.user = several ? space.user() : "";
            state.spacePages = List.copyOf(space.pages());
        });
    }

    /**
     * The workspace that would be exported, as people know it, after {@link #askForSpaces} was answered.
     *
     * @throws ExportException why it could not be exported
     * @throws IOException when there was no answer
     */
    public String wouldExport(ExportJob job) throws ExportException, IOException {
        if (job.found().isEmpty()) {
            job.throwIfHopeless(Duration.ZERO);
            Exception last = job.misses().get(job.misses().size() - 1);
            throw new IOException(last.getMessage(), last);
        }
        return choose(job.run().workspace(), job.spaces()).toString();
    }

    static Space choose(WorkspaceSettings workspace, List<Space> spaces) throws ExportRefusedException {
        String names = spaces.stream().map(Space::toString).collect(Collectors.joining(", "));
        String key = "saddlebag.workspace." + workspace.name() + ".space-id";
        Optional<String> wanted = workspace.spaceId().map(NotionId::dashed);
        if (spaces.isEmpty()) {
            throw new ExportRefusedException(
                    "The credentials open no workspace at all, so that none was exported." + SAFE
                            + "Sign in to Notion with the account whose cookie it is, and see whether it is still a member");
        }
        if (wanted.isEmpty() && spaces.size() > 1) {
            throw new ExportRefusedException(
                    "The credentials open several workspaces, and the settings do not say which to" + " export: "
                            + names + "." + SAFE + "Set " + key + " to the id of one of them");
        }
        Space space = spaces.stream()
                .filter(open -> wanted.isEmpty() || open.id().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> new ExportRefusedException("The credentials do not open the workspace "
                        + wanted.orElse("") + ", which " + key + " names; they open " + names + "." + SAFE
                        + "Correct the id, or take the cookie of an account that is a member there"));
        if (space.exportDisabled()) {
            throw new ExportRefusedException(
                    "The settings of the workspace " + space + " forbid exports, so that none was"
                            + " ordered." + SAFE
                            + "An owner can allow them in Notion (Settings, Security: \"Disable export\"); until"
                            + " then, collect through the API (" + "saddlebag.workspace." + workspace.name()
                            + ".source = api)");
        }
        return space;
    }

    // ---- order

    /** Orders the export. */
    public List<Question> order(ExportJob job) throws StagingException {
        job.beginRound();
        // Should the answer get lost, this is the time after which a finished export can be this one.
        Instant now = job.now();
        job.change(state -> {
            state.enqueued = state.doubtful ? state.enqueued : now.toEpochMilli();
            state.lastRunning = 0;
            state.succeeded = 0;
        });
        return List.of(job.provider()
                .start(job.state(), answer -> job.found(List.of(job.provider().readTask(answer)))));
    }

    /** Notes the task, or that Notion broke off before it named one. */
    public void ordered(ExportJob job) throws ExportException, IOException, StagingException {
        if (!job.found().isEmpty()) {
            String task = job.found().get(0);
            LOG.info("{}: Notion exports {}", job.run().workspace().name(), what(job));
            job.change(state -> {
                state.phase = JobState.Phase.WAIT;
                state.task = task;
                state.doubtful = false;
                state.attempts++;
            });
            job.pauseFor(pace.interval());
            return;
        }
        Exception miss = job.misses().get(job.misses().size() - 1);
        if (leavesDoubt(miss)) {
            LOG.warn(
                    "{}: Notion broke off while it took the order for the export ({}). Whether one is under way, its feed will"
                            + " show",
                    job.run().workspace().name(),
                    miss.getMessage());
            job.change(state -> {
                state.phase = JobState.Phase.WAIT;
                state.task = "";
                state.doubtful = true;
                state.attempts++;
            });
            job.pauseFor(pace.interval());
            return;
        }
        repeatOrThrow(job, "Notion did not take the order for the export");
    }

    private static boolean leavesDoubt(Exception miss) {
        if (miss instanceof ExportBusyException busy) {
            return busy.leavesDoubt();
        }
        return miss instanceof IOException
                && !(miss instanceof ConnectException)
                && !(miss instanceof UnknownHostException)
                && !(miss instanceof NoRouteToHostException);
    }

    // ---- wait

    /** Asks how far the task is, and where it is finished or not known, what the feeds of all hosts show. */
    public List<Question> askHowFar(ExportJob job) {
        job.beginRound();
        JobState state = job.state();
        Provider provider = job.provider();
        List<Question> feeds = provider.feeds(state, answer -> lookInFeed(job, FeedEntry.in(answer))).stream()
                .map(feed -> feed.onlyIf(() -> job.found().isEmpty() && needsFeed(job)))
                .toList();
        if (state.task.isEmpty()) {
            return feeds;
        }
        Question progress = provider.progress(state, answer -> {
            TaskReport report = provider.readProgress(state, answer);
            job.report(report);
            if (report.stage() == TaskReport.Stage.SUCCESS) {
                job.found(report.links());
            }
        });
        return Stream.concat(Stream.of(progress), feeds.stream()).toList();
    }

    /** While a task is under way, what is finished in the feed is somebody else's. */
    private static boolean needsFeed(ExportJob job) {
        TaskReport.Stage stage = job.report().map(TaskReport::stage).orElse(TaskReport.Stage.UNKNOWN);
        return stage == TaskReport.Stage.SUCCESS
                || job.state().succeeded > 0
                || job.state().doubtful
                || (stage == TaskReport.Stage.UNKNOWN
                        && job.report().isPresent()
                        && job.unknownInARow() >= UNKNOWN_LONG_ENOUGH);
    }

    private void lookInFeed(ExportJob job, List<FeedEntry> entries) {
        JobState state = job.state();
        ConsumedLinks consumed = consumed(job);
        Predicate<String> taken = consumed::contain;
        Instant ordered = Instant.ofEpochMilli(state.enqueued);
        // What was finished while the task was still seen at work was not its result: others export too. When nothing
        // else
        // comes, it is taken after all, since the states of tasks may lag behind.
        boolean patience = state.succeeded == 0
                || Duration.between(Instant.ofEpochMilli(state.succeeded), job.now())
                                .compareTo(settings(job).linkGrace().dividedBy(2))
                        < 0;
        Instant since = patience && state.lastRunning > 0 ? Instant.ofEpochMilli(state.lastRunning) : ordered;
        FeedEntry.newest(entries, state.space, since.isBefore(ordered) ? ordered : since, taken)
                .ifPresent(entry -> {
                    job.found(List.of(entry.link()));
                    job.announced(entry.time());
                });
    }

    /** Decides what the answers mean. */
    public void conclude(ExportJob job) throws ExportException, IOException, StagingException {
        job.throwIfHopeless(settings(job).linkGrace());
        TaskReport report = job.report().orElse(TaskReport.NONE);
        note(job, report);
        if (!job.found().isEmpty()) {
            take(job, job.found());
            return;
        }
        switch (report.stage()) {
            case GIVEN_UP ->
                orderAgain(job, report, job.state().attempts < settings(job).attempts());
            case FAILED -> {
                job.change(state -> state.failures++);
                orderAgain(job, report, job.state().failures < 2);
            }
            default -> waitOn(job);
        }
    }

    private static void note(ExportJob job, TaskReport report) throws StagingException {
        long now = job.now().toEpochMilli();
        boolean running = report.stage() == TaskReport.Stage.RUNNING;
        boolean succeeded = report.stage() == TaskReport.Stage.SUCCESS && job.state().succeeded == 0;
        if (running || succeeded || report.pages() > job.state().pagesExported) {
            boolean tell = job.state().lastRunning == 0
                    || now / TELL_EVERY.toMillis() != job.state().lastRunning / TELL_EVERY.toMillis();
            if (tell && report.pages() > 0) {
                LOG.info(
                        "{}: Notion has exported {} pages so far",
                        job.run().workspace().name(),
                        report.pages());
            }
            job.change(state -> {
                state.lastRunning = running ? now : state.lastRunning;
                state.succeeded = succeeded ? now : state.succeeded;
                state.pagesExported = Math.max(state.pagesExported, report.pages());
            });
        }
    }

    private void take(ExportJob job, List<String> links) throws ExportException, StagingException {
        Hosts fileHosts = new Hosts(notion.fileHosts());
        for (String link : links) {
            ExportLink.parse(link).admit(fileHosts);
        }
        Path folder = folder(job.run());
        forgetOthers(job, links);
        job.change(state -> {
            state.phase = JobState.Phase.DOWNLOAD;
            int first = (int) state.pieces.stream().filter(piece -> piece.done).count();
            // A link that was refused before, or that was signed anew, takes the place of the old one.
            List<JobState.Piece> old = List.copyOf(state.pieces.subList(first, state.pieces.size()));
            state.pieces.subList(first, state.pieces.size()).clear();
            for (int i = 0; i < links.size(); i++) {
                JobState.Piece piece =
                        i < old.size() && sameExport(old.get(i).link, links.get(i)) ? old.get(i) : new JobState.Piece();
                piece.link = links.get(i);
                piece.file = folder.resolve("%03d.zip".formatted(first + i + 1)).toString();
                state.pieces.add(piece);
            }
        });
        LOG.info("{}: the export is ready at {}", job.run().workspace().name(), ExportLink.parse(links.get(0)));
    }

    /** What is left of a download of another export must not be gone on with. */
    private static void forgetOthers(ExportJob job, List<String> links) throws StagingException {
        Optional<JobState.Piece> left = job.piece();
        if (left.isPresent() && sameExport(left.get().link, links.get(0))) {
            return;
        }
        int first =
                (int) job.state().pieces.stream().filter(piece -> piece.done).count();
        try {
            for (int i = 0; i < links.size(); i++) {
                Files.deleteIfExists(folder(job.run()).resolve("%03d.zip.part".formatted(first + i + 1)));
            }
        } catch (IOException disk) {
            throw new StagingException("What is left of another export cannot be deleted", disk);
        }
    }

    private static boolean sameExport(String one, String other) {
        try {
            return ExportLink.parse(one).key().equals(ExportLink.parse(other).key());
        } catch (ExportRefusedException noLink) {
            return false;
        }
    }

    /** Where the archives of a run are put. */
    static Path folder(Run run) {
        return run.staging().tree().resolveSibling("export-download");
    }

    private void orderAgain(ExportJob job, TaskReport report, boolean whole) throws ExportException, StagingException {
        String why = report.error().isEmpty()
                ? "without a reason"
                : "with the words: " + job.cookies().without(report.error());
        LOG.warn("{}: Notion gave up {} {}", job.run().workspace().name(), what(job), why);
        if (whole) {
            job.change(Exports::forgetTask);
            job.pauseFor(pace.slowest());
            return;
        }
        List<String> pages = settings(job).pages().isEmpty()
                ? job.state().spacePages
                : settings(job).pages();
        if (job.provider().exportsPages() && !job.state().pageByPage && !pages.isEmpty()) {
            LOG.warn(
                    "{}: exports its {} top pages one by one, since the whole cannot be exported",
                    job.run().workspace().name(),
                    pages.size());
            job.change(state -> {
                forgetTask(state);
                state.pageByPage = true;
                state.pagesToDo = List.copyOf(pages.subList(1, pages.size()));
                state.page = pages.get(0);
                state.attempts = 0;
                state.failures = 0;
            });
            job.pauseFor(pace.slowest());
            return;
        }
        throw new ExportFailedException("Notion could not export " + what(job) + ", and ended every attempt " + why
                + "."
                + SAFE + "See whether an export by hand works in Notion. If it does, run again, or give that file to"
                + " saddlebag ingest; if not, ask Notion's support");
    }

    static void forgetTask(JobState state) {
        state.phase = JobState.Phase.START;
        state.task = "";
        state.doubtful = false;
        state.lastRunning = 0;
        state.succeeded = 0;
    }

    private void waitOn(ExportJob job) throws ExportException, StagingException {
        JobState state = job.state();
        Duration sinceOrder = Duration.between(Instant.ofEpochMilli(state.enqueued), job.now());
        Duration sinceSuccess = state.succeeded == 0
                ? Duration.ZERO
                : Duration.between(Instant.ofEpochMilli(state.succeeded), job.now());
        ExportSettings settings = settings(job);
        if (state.succeeded > 0 && sinceSuccess.compareTo(settings.linkGrace()) > 0) {
            throw new ExportFailedException(
                    "Notion calls " + what(job) + " a success, and " + Sizes.text(settings.linkGrace())
                            + " later there is still no link to it: not with the task, and in no feed of "
                            + hosts(job) + "." + SAFE
                            + "Look for the export in Notion's inbox: if it is there, give its file to saddlebag ingest. Notion may"
                            + " have moved; see notion.export.base-urls. For a large workspace, raise export.link-grace");
        }
        if (sinceOrder.compareTo(settings.timeout()) > 0) {
            throw new ExportFailedException("Notion has not finished " + what(job) + " within "
                    + Sizes.text(settings.timeout()) + "." + SAFE
                    + "Large workspaces may take 30 hours and more: raise export.timeout. " + BY_HAND);
        }
        if (state.doubtful && sinceOrder.compareTo(settings.linkGrace().dividedBy(DOUBT_SHARE)) > 0) {
            if (state.attempts >= settings.attempts()) {
                throw new ExportFailedException("Notion breaks off whenever " + what(job)
                        + " is ordered, and its feed shows" + " no result." + SAFE + "Run again later. " + BY_HAND);
            }
            LOG.warn(
                    "{}: nothing came of the order that Notion broke off; it is given again",
                    job.run().workspace().name());
            // An export that comes of the first order after all is as good: the time of that order still counts.
            job.change(doubtful -> doubtful.phase = JobState.Phase.START);
            return;
        }
        if (job.missesInARow() > 0) {
            Duration asked = job.misses().stream()
                    .filter(ExportBusyException.class::isInstance)
                    .map(miss -> ((ExportBusyException) miss).pause())
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            boolean blocked = job.misses().stream().anyMatch(HostBlockedException.class::isInstance);
            job.pauseFor(blocked ? pace.slowest() : pace.afterMiss(job.missesInARow(), asked));
        } else {
            job.pauseFor(pace.after(state.succeeded > 0 ? sinceSuccess : sinceOrder));
        }
    }

    // ---- answers

    /** Hears an answer. */
    public void hear(ExportJob job, Question question, ObjectNode answer) throws ExportException {
        job.answered();
        question.answered().of(answer);
    }

    /** Notes that a question was not answered; what that means is decided when all have been asked. */
    public void missed(ExportJob job, Question question, Exception why) {
        LOG.debug("{} was not answered", question, why);
        job.miss(why);
    }

    /** Waits before a question is repeated that must be answered, or says why there is no use in it. */
    private void repeatOrThrow(ExportJob job, String what) throws ExportException, IOException {
        job.throwIfHopeless(Duration.ZERO);
        Exception last = job.misses().get(job.misses().size() - 1);
        if (job.missesInARow() >= TRIES * Math.max(1, job.provider().hosts().size())) {
            throw new IOException(
                    what + ", however often it was tried: " + last.getMessage() + "." + SAFE
                            + "See whether this machine reaches " + hosts(job) + " and run again",
                    last);
        }
        Duration asked = last instanceof ExportBusyException busy ? busy.pause() : Duration.ZERO;
        job.pauseFor(pace.afterMiss(job.missesInARow(), asked));
    }

    // ---- the end

    /**
     * What becomes of the work of a run whose export failed: what a later run can go on with stays, what it would only fail at
     * again is forgotten, and so is a link that a person gave.
     */
    public void failed(Run run, Exception why) throws IOException {
        Given.forget(run.staging());
        JobState state = ExportJob.kept(run.staging());
        if (!state.given.isEmpty() && state.pieces.stream().anyMatch(piece -> !piece.link.isEmpty())) {
            state.pieces.forEach(piece -> piece.link = "");
            ExportJob.keep(run.staging(), state);
        }
        boolean goesOn = !(why instanceof ArchiveRefusedException)
                && !(why instanceof ExportException known && !known.canGoOn());
        if (!goesOn && state.given.isEmpty()) {
            PathUtils.delete(folder(run));
            ExportJob.keep(run.staging(), new JobState());
        }
    }

    /**
     * What {@code workspace.json} says of where the export came from; links are not among it.
     *
     * @throws ExportRefusedException when a file that a person gave is no longer the one that was taken in
     */
    public ObjectNode about(ExportJob job) throws ExportRefusedException {
        ExportDownloads.requireUnchanged(job);
        ObjectNode about = Json.MAPPER.createObjectNode();
        if (job.given().isEmpty()) {
            about.put("provider", job.state().provider.toLowerCase(Locale.ROOT));
            about.put("exported_space", job.space());
            about.put("ordered", Instant.ofEpochMilli(job.state().enqueued).toString());
        } else {
            about.put("given", job.given());
        }
        if (job.state().pageByPage) {
            about.put("page_by_page", true);
        }
        if (job.pagesExported() >= 0) {
            about.put("pages_exported", job.pagesExported());
        }
        ArrayNode archives = about.putArray("archives");
        for (JobState.Piece piece : job.state().pieces) {
            ObjectNode archive = archives.addObject();
            archive.put("name", Path.of(piece.file).getFileName().toString());
            if (!piece.sha256.isEmpty()) {
                // What is called sha256 there is a file of the snapshot.
                archive.put("zip_sha256", piece.sha256);
                archive.put("bytes", piece.bytes);
            }
        }
        return about;
    }

    ConsumedLinks consumed(ExportJob job) {
        return new ConsumedLinks(stateDirectory.resolve(job.run().workspace().name()));
    }

    private static ExportSettings settings(ExportJob job) {
        return job.run().workspace().export();
    }

    private static String hosts(ExportJob job) {
        return job.provider().hosts().stream()
                .map(host -> host.getRawAuthority())
                .collect(Collectors.joining(" and "));
    }

    private static String what(ExportJob job) {
        JobState state = job.state();
        String space = state.spaceName.isEmpty() ? state.space : "\"" + state.spaceName + "\"";
        return state.page.isEmpty() ? "the workspace " + space : "the page " + state.page + " of " + space;
    }
}
