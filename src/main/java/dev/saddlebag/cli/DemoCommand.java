package dev.saddlebag.cli;

import dev.saddlebag.difference.Difference;
import dev.saddlebag.difference.Scope;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Progress;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description =
                "Starts a built-in Notion with a sample workspace and backs it up through the real routes, twice. "
                        + "Needs no token and no network.")
final class DemoCommand implements Callable<Integer> {
    private static final String WORKSPACE = "sample";
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;
    private static final int TRIES = 100;

    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "data/demo",
            description =
                    "Where the demo keeps its configuration, its state and its vault (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path configuration = directory.toAbsolutePath().resolve("application.properties");
        if (!Files.exists(configuration)) {
            writeConfiguration(configuration);
        }
        Setup setup = Setup.load(configuration, saddlebag.overrides());
        out.printf(
                "A built-in Notion with %d sample pages answers at %s. Its configuration is %s.%n%n",
                setup.settings().simulator().pages(), setup.settings().notion().baseUrl(), shown(configuration));
        out.flush();
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            out.println("First backup:");
            int first = backup(running.flow(), out);
            out.printf("%nSecond backup, of the unchanged workspace:%n");
            int second = backup(running.flow(), out);
            out.printf("%nWhat differs between the two:%n");
            Vault vault = new VaultOptions()
                    .vault(setup, running.flow(), setup.settings().workspaces().get(0));
            diff(vault, out);
            out.printf("%nVerification of every stored byte:%n");
            boolean sound = verify(vault, out);
            Path readable = configuration.resolveSibling("readable");
            export(vault, readable);
            whereToLook(configuration, readable, out);
            return !sound ? ExitCodes.DAMAGED : Math.max(first, second);
        }
    }

    static void writeConfiguration(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, configuration(Saddlebag.home().resolve("routes"), freePort()));
    }

    private static int backup(Flow flow, PrintWriter out) throws Exception {
        RunSummary summary = BackupCommand.backup(flow, WORKSPACE, Optional.empty());
        SummaryText.of(summary).forEach(out::println);
        out.flush();
        return summary.outcome() == Outcome.COMPLETE ? ExitCodes.OK : summary.exitCode();
    }

    private static void diff(Vault vault, PrintWriter out) throws IOException {
        List<Snapshot> snapshots = vault.snapshots();
        Path scratch = Files.createTempDirectory("saddlebag-");
        try (Difference difference = Difference.between(
                vault, snapshots.get(snapshots.size() - 2), snapshots.get(snapshots.size() - 1), Scope.ALL, scratch)) {
            new DiffText(difference, true, false).write(out);
        } finally {
            PathUtils.deleteDirectory(scratch);
        }
        out.flush();
    }

    /** The newest snapshot as files, in the place of those of an earlier demo. */
    private static void export(Vault vault, Path folder) throws IOException {
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
        vault.export(vault.find("latest"), folder, entry -> true, Progress.NONE);
    }

    private static boolean verify(Vault vault, PrintWriter out) throws IOException {
        List<Finding> findings = vault.verify(Level.FULL, run -> true, List.of());
        findings.forEach(finding -> out.println("  " + finding));
        boolean sound = findings.stream().noneMatch(Finding::isDamage);
        if (sound) {
            out.println("  All is as it was written.");
        }
        return sound;
    }

    private static void whereToLook(Path configuration, Path readable, PrintWriter out) {
        String saddlebag = "./saddlebag --config " + shown(configuration);
        out.printf("%nWhere to look:%n");
        out.println("  " + shown(readable.resolve("pages")) + "   every page as Markdown, every database as CSV");
        out.println("  " + shown(configuration.resolveSibling("reports"))
                + "   the reports, as they would come by e-mail: open the newest in a browser");
        out.println("  routes/                       the flow that just ran; README.md tells it in order");
        out.println("  " + shown(configuration.resolveSibling("vault"))
                + "   the vault; its README.txt says how to read " + "it without Saddlebag");
        out.println("  " + saddlebag + " snapshots");
        out.println("  " + saddlebag + " ls");
        out.println("  " + saddlebag + " backup");
    }

    /** A path as short as a person would type it. */
    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    /**
     * A port that is free now and stays so: below those that the system gives to outgoing connections, since the next run
     * of the demo needs the same one again.
     */
    private static int freePort() throws IOException {
        return new Random()
                .ints(TRIES, LOWEST_PORT, HIGHEST_PORT)
                .filter(DemoCommand::isFree)
                .findFirst()
                .orElseThrow(() -> new IOException("None of " + TRIES + " ports between " + LOWEST_PORT + " and "
                        + HIGHEST_PORT + " is free for the built-in Notion"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static String configuration(Path routes, int port) {
        return """
                # The demo of Saddlebag: a sample workspace in a Notion that is built in. Delete this folder to start afresh.
                notion.simulator.pages = 240
                notion.simulator.seed = 1
                notion.api.base-url = http://127.0.0.1:%d
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state

                saddlebag.workspaces = sample
                saddlebag.workspace.sample.token = demo
                saddlebag.workspace.sample.requests-per-minute = 100000
                saddlebag.workspace.sample.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                saddlebag.workspace.sample.channels = reports
                saddlebag.channel.reports.kind = file
                saddlebag.channel.reports.directory = reports
                saddlebag.channel.reports.on = all
                """.formatted(port, routes.toString().replace("\\", "\\\\"));
    }
}
