package dev.saddlebag.routes;

import dev.saddlebag.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes running, and takes over what is edited: the configuration, the routes, the Kamelets. An edit is first
 * checked as a whole in a context of its own. With a mistake in it nothing happens but that the mistake is told; the
 * routes that run keep running. Without one, new routes take over the timers, and the old ones end when their last run
 * has ended (why not Camel's own reload: facts/camel.md §A2).
 */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Path configuration;
    private final Map<String, String> environment;
    private final Map<String, String> overrides;
    private final Duration lookEvery;
    private final List<Flow> ending = new ArrayList<>();
    private Flow flow;
    private Map<Path, String> seen;
    private Path routes;
    private boolean closed;

    /** Prepares a daemon that looks for edits every {@code lookEvery}. */
    public Daemon(
            Path configuration, Map<String, String> environment, Map<String, String> overrides, Duration lookEvery) {
        this.configuration = configuration;
        this.environment = Map.copyOf(environment);
        this.overrides = Map.copyOf(overrides);
        this.lookEvery = lookEvery;
    }

    /**
     * Starts the routes with their timers.
     *
     * @throws ConfigurationException when anything is wrong with them; nothing was started
     */
    public synchronized void start() throws Exception {
        Checkup checkup = Checkup.of(configuration, environment, overrides);
        if (!checkup.mistakes().isEmpty()) {
            throw new ConfigurationException(checkup.mistakes());
        }
        routes = checkup.settings().routesDirectory();
        seen = look();
        flow = Flow.start(checkup.settings(), configuration, overrides, Flow.Timers.ON);
        LOG.info("Running with the routes of {}", routes);
    }

    /** Looks for edits until the daemon is closed. */
    public synchronized void watch() throws InterruptedException {
        while (!closed) {
            wait(lookEvery.toMillis());
            if (!closed) {
                lookForEdits();
            }
        }
    }

    /** The routes that run now. */
    public synchronized Flow flow() {
        return flow;
    }

    /** Looks once, and takes over or refuses what was edited since the last look. */
    synchronized void lookForEdits() {
        ending.removeIf(Daemon::closeIfIdle);
        Map<Path, String> now = look();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        Checkup checkup = Checkup.of(configuration, environment, overrides);
        if (!checkup.mistakes().isEmpty()) {
            checkup.mistakes().forEach(mistake -> LOG.error("{}", mistake));
            LOG.error("The edit is refused; the routes that run stay as they are.");
            return;
        }
        takeOver(checkup);
    }

    private void takeOver(Checkup checkup) {
        Flow old = flow;
        try {
            old.pauseTimers();
            flow = Flow.start(checkup.settings(), configuration, overrides, Flow.Timers.ON);
        } catch (Exception failed) {
            LOG.error("The edit passed the check and could not be started; the old routes go on.", failed);
            old.resumeTimers();
            return;
        }
        routes = checkup.settings().routesDirectory();
        seen = look();
        ending.add(old);
        ending.removeIf(Daemon::closeIfIdle);
        LOG.info("The edit is taken over.");
    }

    private static boolean closeIfIdle(Flow old) {
        if (!old.isIdle()) {
            return false;
        }
        old.close();
        return true;
    }

    /** What there is to be edited, with what tells a changed file from an unchanged one. */
    private Map<Path, String> look() {
        Map<Path, String> found = new TreeMap<>();
        note(configuration, found);
        for (Path folder : Set.of(routes, routes.resolve("destinations"), routes.resolve("channels"))) {
            if (!Files.isDirectory(folder) && !folder.equals(routes)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".yaml")).forEach(file -> note(file, found));
            } catch (IOException gone) {
                found.put(folder, gone.toString());
            }
        }
        return found;
    }

    private static void note(Path file, Map<Path, String> found) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            found.put(file, attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
        } catch (IOException gone) {
            found.put(file, gone.toString());
        }
    }

    /** Stops everything. A run that is going on is broken off: the last good snapshot stays the newest. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (flow != null) {
            breakOff(flow);
        }
        ending.forEach(Daemon::breakOff);
    }

    private static void breakOff(Flow flow) {
        flow.runsUnderway()
                .forEach(run -> LOG.warn(
                        "The run {} of {} is broken off. The last good snapshot stays the newest; the run goes on at the next start.",
                        run.id(),
                        run.workspace().name()));
        flow.breakOff();
    }
}
