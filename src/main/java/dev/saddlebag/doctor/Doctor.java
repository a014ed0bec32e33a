package dev.saddlebag.doctor;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.routes.Checkup;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Looks at everything that a run needs, from the settings to the destinations, and says what to do about what is not well.
 * Whatever is found, the rest is looked at all the same, as far as that makes sense: who is asked with settings that
 * have a mistake might be the wrong one.
 */
public final class Doctor {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern OF_ONE = Pattern.compile("saddlebag\\.(workspace|destination|channel)\\.[^.]+\\..*");

    private final Path configuration;
    private final Checkup checkup;
    private final List<WorkspaceSettings> workspaces;
    private final Clock clock;
    private final StateCheck.Room room;

    /**
     * Prepares for looking.
     *
     * @param configuration the properties file
     * @param checkup what it says, with all mistakes
     * @param workspaces those to look at
     */
    public Doctor(Path configuration, Checkup checkup, List<WorkspaceSettings> workspaces, Clock clock) {
        this(configuration, checkup, workspaces, clock, StateCheck.Room.OF_DISKS);
    }

    Doctor(Path configuration, Checkup checkup, List<WorkspaceSettings> workspaces, Clock clock, StateCheck.Room room) {
        this.configuration = configuration;
        this.checkup = checkup;
        this.workspaces = List.copyOf(workspaces);
        this.clock = clock;
        this.room = room;
    }

    /** Whether there is sense in starting the routes: the mistakes, if any, belong to single workspaces and destinations. */
    public boolean canAsk() {
        return checkup.mistakes().stream()
                .allMatch(mistake -> OF_ONE.matcher(mistake.key()).matches());
    }

    /** Looks at everything, through the routes at work. */
    public Diagnosis examine(Flow flow) throws InterruptedException {
        return examine(flow, false);
    }

    /**
     * Looks at everything, through the routes at work.
     *
     * @param sendTest whether a test message is sent by each channel
     */
    public Diagnosis examine(Flow flow, boolean sendTest) throws InterruptedException {
        List<Finding> findings = atHome();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            DestinationCheck destinations = new DestinationCheck(
                    settings().stateDirectory(), flow.vaults(), flow.destinations(), threads, PATIENCE);
            for (WorkspaceSettings workspace : workspaces) {
                findings.addAll(notion(flow, workspace));
                for (String name : workspace.destinations()) {
                    findings.add(destination(destinations, workspace, name));
                    verification(workspace, name).ifPresent(findings::add);
                }
                findings.add(runs(workspace));
                findings.addAll(channels().of(workspace));
                if (sendTest) {
                    findings.addAll(channels().sendTest(workspace, flow));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return diagnosis(findings);
    }

    /**
     * Looks at what can be seen without the routes.
     *
     * @param why why they do not start, when no mistake explains it; empty otherwise
     */
    public Diagnosis examineWithoutRoutes(String why) {
        List<Finding> findings = atHome();
        if (!why.isEmpty()) {
            findings.add(Finding.failed(
                    Area.CONFIGURATION,
                    settings().routesDirectory().toString(),
                    "the routes do not start: " + why,
                    "Do what the message says, then ask again."));
        }
        for (WorkspaceSettings workspace : workspaces) {
            findings.add(notAsked(Area.NOTION, workspace.name(), "the routes do not start"));
            for (String destination : workspace.destinations()) {
                findings.add(
                        notAsked(Area.DESTINATION, workspace.name() + " at " + destination, "the routes do not start"));
                verification(workspace, destination).ifPresent(findings::add);
            }
            findings.add(runs(workspace));
            findings.addAll(channels().of(workspace));
        }
        return diagnosis(findings);
    }

    private Settings settings() {
        return checkup.settings();
    }

    private List<Finding> atHome() {
        List<Finding> findings = new ArrayList<>(ConfigurationCheck.of(configuration, checkup));
        findings.addAll(new StateCheck(settings().stateDirectory(), room).of(workspaces, newestSnapshots()));
        return findings;
    }

    /** The bytes of the newest snapshots of all workspaces, as far as this host knows them. */
    private long newestSnapshots() {
        Vaults vaults = new Vaults(settings().stateDirectory(), clock);
        return settings().workspaces().stream()
                .mapToLong(workspace -> newestSnapshot(vaults, workspace.name()))
                .sum();
    }

    private long newestSnapshot(Vaults vaults, String workspace) {
        // A spool that is not there would be made.
        if (!Files.isDirectory(settings().stateDirectory().resolve(workspace).resolve("spool"))) {
            return 0;
        }
        try {
            Optional<Sealed> newest = vaults.spool(workspace).baseline();
            return newest.isPresent() ? newest.get().bytes() : 0;
        } catch (IOException unreadable) {
            // That it cannot be read, other checks find out.
            return 0;
        }
    }

    private List<Finding> notion(Flow flow, WorkspaceSettings workspace) {
        boolean api = workspace.sources().contains(Source.API);
        if (hasMistake("workspace", workspace.name())
                || (api && workspace.token().isEmpty())) {
            return List.of(notAsked(Area.NOTION, workspace.name(), "its settings have a mistake"));
        }
        List<Finding> findings = new ArrayList<>();
        if (api) {
            findings.addAll(new NotionCheck(workspace, flow.questions(workspace)).findings());
        }
        if (workspace.sources().contains(Source.EXPORT)) {
            findings.add(ExportCheck.of(workspace, flow));
        }
        return findings;
    }

    private Finding destination(DestinationCheck destinations, WorkspaceSettings workspace, String name)
            throws InterruptedException {
        Optional<DestinationSettings> destination =
                settings().destination(name).filter(known -> !hasMistake("destination", name));
        return destination.isPresent()
                ? destinations.of(workspace, destination.get())
                : notAsked(Area.DESTINATION, workspace.name() + " at " + name, "its settings have a mistake");
    }

    private Optional<Finding> verification(WorkspaceSettings workspace, String destination) {
        if (workspace.withoutVault().contains(destination)) {
            // The daily verification looks at vaults.
            return Optional.empty();
        }
        Vaults vaults = new Vaults(settings().stateDirectory(), clock);
        return new VerificationCheck(settings().stateDirectory(), vaults, clock).of(workspace, destination);
    }

    private ChannelCheck channels() {
        return new ChannelCheck(settings(), clock);
    }

    private Finding runs(WorkspaceSettings workspace) {
        return new RunsCheck(settings().stateDirectory(), clock).of(workspace);
    }

    private boolean hasMistake(String what, String name) {
        return checkup.mistakes().stream()
                .map(Mistake::key)
                .anyMatch(key -> key.startsWith("saddlebag." + what + "." + name + "."));
    }

    private static Finding notAsked(Area area, String subject, String why) {
        return Finding.warning(area, subject, "not asked: " + why, "Correct the configuration, then ask again.");
    }

    private Diagnosis diagnosis(List<Finding> findings) {
        List<String> secrets = settings().secrets();
        return new Diagnosis(
                findings.stream().map(finding -> finding.without(secrets)).toList());
    }
}
