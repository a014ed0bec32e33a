package dev.saddlebag.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.routes.Daemon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "run",
        description =
                "Runs until it is stopped: backups by their timers. Edited routes and settings are checked and taken "
                        + "over; with a mistake in them, what runs keeps running.")
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK_FOR_EDITS_EVERY = Duration.ofSeconds(2);

    @ParentCommand
    private Saddlebag saddlebag;

    @Override
    public Integer call() throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        Path configuration = saddlebag.configuration();
        Settings settings = saddlebag.setup().settings();
        Optional<BuiltInNotion> notion = BuiltInNotion.startIfAskedFor(settings);
        Daemon daemon = new Daemon(configuration, System.getenv(), saddlebag.overrides(), LOOK_FOR_EDITS_EVERY);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon), "stop"));
        try {
            daemon.start();
            daemon.watch();
        } finally {
            notion.ifPresent(BuiltInNotion::close);
        }
        return ExitCodes.OK;
    }

    /** What Camel has to say of a run that is broken off helps nobody; the daemon says what matters. */
    private static void stop(Daemon daemon) {
        ((Logger) LoggerFactory.getLogger("org.apache.camel")).setLevel(Level.OFF);
        daemon.close();
    }
}
