package dev.saddlebag.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.snapshot.StagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The export that a run waits for, fetches, or has. Whatever is known of it is written down at every change, so that a restart
 * goes on with the wait or the download and does not export again.
 */
public final class ExportJob {
    static final String NOTE = "export";

    private final Run run;
    private final JobState state;
    private final Provider provider;
    private final Cookies cookies;
    private final Clock clock;

    /** What went unanswered since the last answer, and since when. */
    private final List<Exception> misses = new ArrayList<>();

    private Instant missingSince;
    private int missesInARow;
    private int unknownInARow;
    private Duration skew = Duration.ZERO;
    private Duration pause = Duration.ZERO;
    private Optional<TaskReport> report = Optional.empty();
    private List<String> found = List.of();
    private Optional<Instant> announced = Optional.empty();
    private List<Space> spaces = List.of();
    private Optional<ExportLink> redirected = Optional.empty();
    private int redirects;
    private boolean withoutCookie;
    private Optional<String> denial = Optional.empty();
    private int vainTries;
    private boolean trying;

    ExportJob(Run run, JobState state, Provider provider, Cookies cookies, Clock clock) {
        this.run = run;
        this.state = state;
        this.provider = provider;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** What an earlier run of this process or another one has kept. */
    static JobState kept(Staging staging) throws IOException {
        Optional<ObjectNode> note = staging.note(NOTE);
        if (note.isEmpty()) {
            return new JobState();
        }
        try {
            return Json.MAPPER.treeToValue(note.get(), JobState.class);
        } catch (JsonProcessingException otherVersion) {
            return new JobState();
        }
    }

    /** When the export of a run was ordered, by Notion's clock; nothing when a person gave it. */
    public static Optional<Instant> ordered(Run run) throws IOException {
        JobState state = kept(run.staging());
        return state.given.isEmpty() && state.enqueued > 0
                ? Optional.of(Instant.ofEpochMilli(state.enqueued))
                : Optional.empty();
    }

    static void keep(Staging staging, JobState state) throws IOException {
        staging.keepNote(NOTE, Json.MAPPER.valueToTree(state));
    }

    /** Changes what is known, and writes it down. */
    void change(Consumer<JobState> change) throws StagingException {
        change.accept(state);
        try {
            keep(run.staging(), state);
        } catch (IOException disk) {
            throw new StagingException("How far the export is cannot be written down", disk);
        }
    }

    /** Whether something is still to be done before all archives are there. */
    public boolean isOpen() {
        return state.phase != JobState.Phase.DONE;
    }

    /** Whether it is not known yet which workspace the credentials open. */
    public boolean lacksSpace() {
        return state.phase == JobState.Phase.PREFLIGHT;
    }

    /** Whether the export is still to be ordered. */
    public boolean lacksTask() {
        return state.phase == JobState.Phase.START;
    }

    /** Whether Notion is still at work. */
    public boolean lacksLink() {
        return state.phase == JobState.Phase.WAIT;
    }

    /** How long to wait before the next step, in milliseconds. */
    public long pause() {
        return pause.toMillis();
    }

    /** The archives of the export, whole and in their order. */
    public List<Path> archives() {
        return state.pieces.stream().map(piece -> Path.of(piece.file)).toList();
    }

    /** How many pages Notion says that it has exported; negative when it does not say. */
    public long pagesExported() {
        return state.pagesExported < 0 ? state.pagesExported : state.pagesOfFormerTasks + state.pagesExported;
    }

    /** The id of the workspace that was exported, dashed; empty when a person gave the export. */
    public String space() {
        return state.space;
    }

    /** What a person gave; empty for an export that Notion was asked for. */
    public String given() {
        return state.given;
    }

    /** The hashes of the archives, in hexadecimal SHA-256, in their order; empty for those that are still to be fetched. */
    public List<String> sha256() {
        return state.pieces.stream().map(piece -> piece.sha256).toList();
    }

    Run run() {
        return run;
    }

    JobState state() {
        return state;
    }

    Provider provider() {
        return provider;
    }

    Cookies cookies() {
        return cookies;
    }

    /** Now, by Notion's clock. */
    Instant now() {
        return clock.instant().plus(skew);
    }

    /** An answer told what time it is there. */
    void compareClocks(Instant there) {
        skew = Duration.between(clock.instant(), there);
    }

    void pauseFor(Duration time) {
        pause = time;
    }

    void miss(Exception why) {
        misses.add(why);
        missesInARow++;
        if (missingSince == null) {
            missingSince = clock.instant();
        }
    }

    void answered() {
        missesInARow = 0;
        missingSince = null;
    }

    int missesInARow() {
        return missesInARow;
    }

    /** For how long nothing has been answered. */
    Duration missing() {
        return missingSince == null ? Duration.ZERO : Duration.between(missingSince, clock.instant());
    }

    /** Begins a round of questions. */
    void beginRound() {
        misses.clear();
        report = Optional.empty();
        found = List.of();
        announced = Optional.empty();
        spaces = List.of();
        pause = Duration.ZERO;
    }

    List<Exception> misses() {
        return List.copyOf(misses);
    }

    /**
     * Passes on a miss that no repetition mends. One host's no does not count while another one answers.
     *
     * @param patience for how long a machine that is blocked keeps trying
     */
    void throwIfHopeless(Duration patience) throws ExportException, IOException {
        if (missesInARow == 0) {
            return;
        }
        for (Exception miss : misses) {
            if (miss instanceof CookieRefusedException refused) {
                throw refused;
            }
        }
        for (Exception miss : misses) {
            if (miss instanceof ExportRefusedException refused) {
                throw refused;
            }
            if (miss instanceof HostBlockedException blocked && missing().compareTo(patience) >= 0) {
                throw blocked;
            }
            if (!(miss instanceof ExportException) && !(miss instanceof IOException)) {
                throw new IllegalStateException("An answer of Notion's could not be understood", miss);
            }
        }
        if (!patience.isZero() && missing().compareTo(patience) > 0) {
            throw new IOException(
                    "Notion has not answered for " + Sizes.text(patience) + " while an export was under way: "
                            + misses.get(misses.size() - 1).getMessage()
                            + ". Nothing that was backed up before is touched, and the next run goes on with the wait",
                    misses.get(misses.size() - 1));
        }
    }

    Optional<TaskReport> report() {
        return report;
    }

    void report(TaskReport heard) {
        report = Optional.of(heard);
        unknownInARow = heard.stage() == TaskReport.Stage.UNKNOWN ? unknownInARow + 1 : 0;
    }

    int unknownInARow() {
        return unknownInARow;
    }

    List<String> found() {
        return found;
    }

    void found(List<String> links) {
        found = List.copyOf(links);
    }

    /** When the export was finished whose link was found in the feed. */
    Optional<Instant> announced() {
        return announced;
    }

    void announced(Instant time) {
        announced = Optional.of(time);
    }

    List<Space> spaces() {
        return spaces;
    }

    void spaces(List<Space> open) {
        spaces = List.copyOf(open);
    }

    /** The archive whose turn it is to be fetched. */
    Optional<JobState.Piece> piece() {
        return state.pieces.stream().filter(piece -> !piece.done).findFirst();
    }

    Optional<ExportLink> redirected() {
        return redirected;
    }

    /** Follows a redirection; how many that are now in a row. */
    int redirect(ExportLink target) {
        redirected = Optional.of(target);
        redirects++;
        return redirects;
    }

    /** The link itself is asked again. */
    void backToLink() {
        redirected = Optional.empty();
        redirects = 0;
    }

    boolean withoutCookie() {
        return withoutCookie;
    }

    /** The host did not give out the archive with the cookie; the next try goes without one. */
    void tryWithoutCookie(String why) {
        withoutCookie = true;
        denial = Optional.of(why);
    }

    /** What the host said when the cookie went along. */
    Optional<String> denial() {
        return denial;
    }

    /** A download begins. After one that broke off, the link itself is asked, since what it led to may not be good twice. */
    void beginTry() {
        if (trying) {
            backToLink();
        }
        trying = true;
        vainTries++;
    }

    /** A download was answered in whole. */
    void endTry() {
        trying = false;
        vainTries--;
    }

    /** A download broke off, with more bytes than before. */
    void progress() {
        vainTries = 0;
    }

    /** How many downloads in a row broke off without a byte more. */
    int vainTries() {
        return vainTries;
    }

    void fetched() {
        withoutCookie = false;
        denial = Optional.empty();
        backToLink();
    }

    @Override
    public String toString() {
        return "the export of " + run.workspace().name() + ", " + state.phase;
    }
}
