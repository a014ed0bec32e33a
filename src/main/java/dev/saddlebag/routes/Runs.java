package dev.saddlebag.routes;

import dev.saddlebag.configuration.Secret;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.LearnedLimit;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.RequestBudget;
import dev.saddlebag.snapshot.Catalogue;
import dev.saddlebag.snapshot.FileTree;
import dev.saddlebag.snapshot.Ledger;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** Begins and ends runs. A workspace has one run at a time, in this process or in any other on the same state directory. */
public final class Runs {
    private record Underway(Run run, FileChannel lockFile) {}

    private final Settings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, RequestBudget> budgets = new ConcurrentHashMap<>();
    private final Map<String, Underway> underway = new ConcurrentHashMap<>();
    private Instant last = Instant.EPOCH;

    Runs(Settings settings, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins a run of the workspace of this name.
     *
     * @throws RunRefusedException when another run of it is going on
     * @throws IOException when the state directory cannot be written
     */
    public Run begin(String name) throws RunRefusedException, IOException {
        WorkspaceSettings workspace = settings.workspace(name)
                .orElseThrow(() ->
                        new RunRefusedException("There is no workspace \"" + name + "\" in saddlebag.workspaces"));
        if (!workspace.sources().contains(Source.API)) {
            throw new RunRefusedException("saddlebag.workspace." + name + ".source asks for Notion's own export, which "
                    + "this version cannot collect yet. Set it to api. Nothing was begun");
        }
        Path state = settings.stateDirectory().resolve(name);
        Files.createDirectories(state);
        FileChannel lockFile = lock(name, state.resolve("lock"));
        try {
            Run run = prepare(workspace, new Staging(state.resolve("staging")));
            underway.put(name, new Underway(run, lockFile));
            return run;
        } catch (IOException failed) {
            lockFile.close();
            throw failed;
        }
    }

    private Run prepare(WorkspaceSettings workspace, Staging staging) throws IOException {
        staging.delete();
        return new Run(
                nextId(),
                workspace,
                clock.instant(),
                connection(workspace),
                staging,
                new FileTree(staging),
                new Catalogue(staging.temporary("catalogue")),
                new Ledger(),
                Json.MAPPER.createObjectNode(),
                new AtomicReference<>());
    }

    /** Ids sort by time; two runs within one second would sort by chance. */
    private synchronized RunId nextId() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        last = now.isAfter(last) ? now : last.plusSeconds(1);
        return RunId.create(Clock.fixed(last, ZoneOffset.UTC), random);
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

    private NotionConnection connection(WorkspaceSettings workspace) {
        String token = token(workspace);
        // Whatever order runs begin in, workspaces with one token share one budget: the smallest of what they say.
        int requests = settings.workspaces().stream()
                .filter(other -> token(other).equals(token))
                .mapToInt(this::requestsPerMinute)
                .min()
                .orElseThrow();
        RequestBudget budget = budgets.computeIfAbsent(
                token, t -> new RequestBudget(requests, settings.notion().window()));
        budget.limitTo(requests);
        return workspace.requestsPerMinute().isPresent()
                ? new NotionConnection(token, budget)
                : new NotionConnection(token, budget, learnedLimit(workspace));
    }

    private int requestsPerMinute(WorkspaceSettings workspace) {
        return workspace
                .requestsPerMinute()
                .orElseGet(() -> learnedLimit(workspace).requests());
    }

    private LearnedLimit learnedLimit(WorkspaceSettings workspace) {
        return new LearnedLimit(
                settings.stateDirectory().resolve(workspace.name()).resolve("budget.json"), clock);
    }

    private static String token(WorkspaceSettings workspace) {
        return workspace.token().map(Secret::reveal).orElse("");
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
