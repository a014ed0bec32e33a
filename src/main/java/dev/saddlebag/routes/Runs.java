package dev.saddlebag.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.export.Given;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.FileTree;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.Observations;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.Trash;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends runs. A workspace has one run at a time, in this process or in any other on the same state directory. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** A run that was broken off longer ago is begun afresh: too much of what it read would be old. */
    private static final Duration RESUMABLE = Duration.ofDays(1);

    /** A clock is corrected by hours; a snapshot that is further ahead comes from one that was all wrong. */
    private static final Duration SET_BACK = Duration.ofDays(1);

    /** Under this name {@code workspace.json} says why the content does not come from the first source. */
    private static final String BECAUSE = "collected_because";

    private record Underway(Run run, FileChannel lockFile) {}

    private final Settings settings;
    private final Vaults vaults;
    private final Planner planner;
    private final Connections connections;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Underway> underway = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastIds = new HashMap<>();

    Runs(
            Settings settings,
            Vaults vaults,
            Planner planner,
            Connections connections,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.vaults = vaults;
        this.planner = planner;
        this.connections = connections;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins a run of the workspace of this name, or goes on with the one that was broken off.
     *
     * @param depth how much to read again, in a word; null for what the settings say
     * @throws RunRefusedException when another run of it is going on
     * @throws IOException when the state directory cannot be written, or the vault was made with another encryption
     */
    public Run begin(String name, String depth) throws RunRefusedException, IOException {
        WorkspaceSettings workspace = planner.workspace(name);
        Depth wanted = depth == null || depth.isEmpty() ? workspace.depth() : Depth.of(depth);
        return begin(workspace, wanted, Optional.empty());
    }

    /**
     * Begins a run that takes in an export which a person has fetched.
     *
     * @param given the path of its file, which is only read, or the link to it
     * @throws RunRefusedException when another run of the workspace is going on
     * @throws IOException when the state directory cannot be written, or the vault was made with another encryption
     */
    public Run beginWith(String name, String given) throws RunRefusedException, IOException {
        return begin(planner.workspace(name), Depth.SWEEP, Optional.of(Given.of(given)));
    }

    private Run begin(WorkspaceSettings workspace, Depth wanted, Optional<Given> given)
            throws RunRefusedException, IOException {
        String name = workspace.name();
        Path state = settings.stateDirectory().resolve(name);
        if (Files.isDirectory(state.resolve("spool"))) {
            vaults.spool(name).requireEncryption(workspace.encryption().isOn());
        }
        try {
            Files.createDirectories(state);
            FileChannel lockFile = lock(name, state.resolve("lock"));
            try {
                Run run = prepare(workspace, wanted, given, new Staging(state.resolve("staging")));
                underway.put(name, new Underway(run, lockFile));
                return run;
            } catch (IOException failed) {
                lockFile.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new IOException(
                    "A run of " + name + " could not begin, because the state directory " + state
                            + " cannot be used: " + failed.getMessage()
                            + ". Nothing was asked of Notion, and all snapshots are as they were. See that its disk has room"
                            + " and is mounted for writing, and run again",
                    failed);
        }
    }

    /** How a run comes about that is not begun here. */
    @FunctionalInterface
    interface Preparation {
        Run run() throws RunRefusedException, IOException;
    }

    /** Begins a run that somebody else prepares, while no other run of the workspace can; it is ended like any other. */
    Run beginWith(String name, Preparation preparation) throws RunRefusedException, IOException {
        Path state = Files.createDirectories(settings.stateDirectory().resolve(name));
        FileChannel lockFile = lock(name, state.resolve("lock"));
        boolean begun = false;
        try {
            Run run = preparation.run();
            underway.put(name, new Underway(run, lockFile));
            begun = true;
            return run;
        } finally {
            if (!begun) {
                lockFile.close();
            }
        }
    }

    /**
     * A run that asks Notion and keeps nothing: it takes no lock, and what it learns of the budget is forgotten with it.
     * Its staging area is never made.
     */
    Run look(WorkspaceSettings workspace) throws IOException {
        Staging nowhere = new Staging(
                Path.of(System.getProperty("java.io.tmpdir"), UUID.randomUUID().toString()));
        return new Run(
                RunId.create(clock, random),
                workspace,
                clock.instant(),
                Source.API,
                Depth.QUICK,
                Optional.empty(),
                connections.toLook(workspace),
                nowhere,
                new FileTree(nowhere),
                new Ledger(Accounts.none()),
                new Trash(),
                ConcurrentHashMap.newKeySet(),
                new Observations(),
                Json.MAPPER.createObjectNode(),
                new AtomicReference<>());
    }

    private Run prepare(WorkspaceSettings workspace, Depth wanted, Optional<Given> given, Staging staging)
            throws IOException {
        List<Source> sources = given.isPresent() ? List.of(Source.EXPORT) : workspace.sources();
        String key = given.isPresent() ? given.get().key() : "";
        Optional<BrokenOff> brokenOff = BrokenOff.in(staging)
                .filter(run -> isFresh(workspace, run))
                .filter(run -> !isOver(workspace.name(), run.id()));
        for (Source source : sources) {
            Plan plan = planner.plan(workspace, source, wanted);
            Optional<BrokenOff> same = brokenOff.filter(
                    run -> run.goesOnAs(source, wanted, workspace.collected(source), parent(plan.base()), key));
            if (same.isPresent()) {
                LOG.info(
                        "The run {} was broken off and goes on where it was.",
                        same.get().run());
                if (given.isPresent()) {
                    given.get().keep(staging);
                }
                return make(workspace, plan, same.get(), staging);
            }
        }
        Source source = sources.get(0);
        Plan plan = planner.plan(workspace, source, wanted);
        staging.delete();
        BrokenOff beginning = new BrokenOff(
                nextId(workspace.name()).value(),
                clock.instant().toString(),
                wanted,
                workspace.collected(source),
                parent(plan.base()),
                source,
                "",
                key);
        staging.keepNote(BrokenOff.NOTE, Json.MAPPER.valueToTree(beginning));
        if (given.isPresent()) {
            given.get().keep(staging);
        }
        return make(workspace, plan, beginning, staging);
    }

    private Run make(WorkspaceSettings workspace, Plan plan, BrokenOff beginning, Staging staging) throws IOException {
        ObjectNode about = Json.MAPPER.createObjectNode();
        if (!plan.why().isEmpty()) {
            LOG.info("{}", plan.why());
            about.put("depth_because", plan.why());
        }
        if (!beginning.because().isEmpty()) {
            about.put(BECAUSE, beginning.because());
        }
        FileTree files = new FileTree(staging);
        if (plan.base().isPresent()) {
            plan.base()
                    .get()
                    .accounts()
                    .forEach(account -> account.files().forEach(file -> files.know(file.path(), file.stored())));
        }
        return new Run(
                beginning.id(),
                workspace,
                beginning.startedAt(),
                beginning.source(),
                plan.depth(),
                plan.base(),
                connections.of(workspace),
                staging,
                files,
                new Ledger(Accounts.open(staging.accounts())),
                new Trash(),
                ConcurrentHashMap.newKeySet(),
                new Observations(),
                about,
                new AtomicReference<>());
    }

    /**
     * The same run with the next source of its workspace, when the one at hand has failed. What that one left is deleted.
     *
     * @throws Exception what made it fail, when there is no other source, or no other could do better
     */
    public Run fallBack(Run run, Exception failure) throws Exception {
        WorkspaceSettings workspace = run.workspace();
        int next = workspace.sources().indexOf(run.source()) + 1;
        Optional<BrokenOff> before = BrokenOff.in(run.staging());
        boolean isGiven = before.filter(noted -> !noted.given().isEmpty()).isPresent();
        if (failure instanceof StagingException
                || failure instanceof InterruptedException
                || isGiven
                || next == 0
                || next >= workspace.sources().size()) {
            throw failure;
        }
        Source source = workspace.sources().get(next);
        String because = "The source " + word(run.source()) + " failed: " + failure.getMessage();
        LOG.warn("{}: the source {} takes its place. {}", workspace.name(), word(source), because);
        Depth wanted = before.map(BrokenOff::depth).orElse(workspace.depth());
        Plan plan = planner.plan(workspace, source, wanted);
        run.staging().delete();
        BrokenOff beginning = new BrokenOff(
                run.id().value(),
                run.started().toString(),
                wanted,
                workspace.collected(source),
                parent(plan.base()),
                source,
                because,
                "");
        run.staging().keepNote(BrokenOff.NOTE, Json.MAPPER.valueToTree(beginning));
        Run other = make(workspace, plan, beginning, run.staging());
        underway.computeIfPresent(workspace.name(), (name, same) -> new Underway(other, same.lockFile()));
        return other;
    }

    private static String word(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    /** A wait for an export may last for a day and longer; what was read through the API grows old sooner. */
    private boolean isFresh(WorkspaceSettings workspace, BrokenOff run) {
        Duration resumable =
                run.source() == Source.EXPORT ? workspace.export().timeout().plus(RESUMABLE) : RESUMABLE;
        return run.startedAt().plus(resumable).isAfter(clock.instant());
    }

    private static String parent(Optional<Accepted> base) {
        return base.map(accepted -> accepted.header().run()).orElse("");
    }

    /** Whether the run was sealed or put aside, and only what it left in staging is still to be cleared. */
    private boolean isOver(String workspace, RunId run) {
        Path held = settings.stateDirectory().resolve(workspace).resolve("held").resolve(run.value());
        return Files.exists(held.resolve("tree")) || isSealed(workspace, run);
    }

    private boolean isSealed(String workspace, RunId run) {
        try {
            return vaults.spool(workspace)
                    .baseline()
                    .filter(newest -> newest.id().compareTo(run) >= 0)
                    .isPresent();
        } catch (IOException unreadable) {
            LOG.warn("It is unknown whether {} was sealed: {}", run, unreadable.getMessage());
            return true;
        }
    }

    /**
     * Ids sort by time. Two runs within one second would sort by chance, and one after the clock was set back would sort
     * before the snapshot that it builds upon.
     */
    private synchronized RunId nextId(String workspace) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant before = vaults.spool(workspace)
                .baseline()
                .map(newest -> newest.id().started())
                .filter(started -> started.isBefore(now.plus(SET_BACK)))
                .orElse(Instant.EPOCH);
        Instant last = lastIds.getOrDefault(workspace, Instant.EPOCH);
        Instant least = before.isAfter(last) ? before : last;
        Instant next = now.isAfter(least) ? now : least.plusSeconds(1);
        lastIds.put(workspace, next);
        return RunId.create(Clock.fixed(next, ZoneOffset.UTC), random);
    }

    /** Whether a run of the workspace was broken off so short a time ago that it should go on at once. */
    public boolean wasBrokenOff(String name) throws IOException {
        Staging staging = new Staging(settings.stateDirectory().resolve(name).resolve("staging"));
        Optional<WorkspaceSettings> workspace = settings.workspace(name);
        // What a person gave goes on when that person gives it again, or it still lies in its folder.
        return workspace.isPresent()
                && BrokenOff.in(staging)
                        .filter(run -> run.given().isEmpty())
                        .filter(run -> isFresh(workspace.get(), run))
                        .filter(run -> !isOver(name, run.id()))
                        .isPresent();
    }

    /** How much the run that was broken off was to read, in a word. */
    public String depthOfBrokenOff(String name) throws IOException {
        Staging staging = new Staging(settings.stateDirectory().resolve(name).resolve("staging"));
        return BrokenOff.in(staging).map(run -> run.depth().word()).orElse("");
    }

    /** Ends a run, whatever became of it: the next one may begin. */
    public void end(Run run) throws IOException {
        Underway ended = underway.remove(run.workspace().name());
        if (ended != null) {
            ended.lockFile().close();
        }
    }

    /** The runs that are going on in this process. */
    public Collection<Run> underway() {
        return underway.values().stream().map(Underway::run).toList();
    }

    private static FileChannel lock(String name, Path file) throws IOException, RunRefusedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            // It stays null: somebody has it, which is all that matters.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new RunRefusedException("Another run of the workspace " + name
                    + " is going on; a workspace has one at a time. Nothing was begun");
        }
        return channel;
    }
}
