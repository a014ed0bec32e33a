package dev.saddlebag.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code saddlebag} command; each of its commands is a class of its own in this package. */
@Command(
        name = "saddlebag",
        description = "Backs up Notion workspaces: scheduled, verifiable, in routes that you can read.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            RunCommand.class,
            BackupCommand.class,
            IngestCommand.class,
            DoctorCommand.class,
            RoutesCommand.class,
            GateCommand.class,
            SnapshotsCommand.class,
            LsCommand.class,
            CatCommand.class,
            DiffCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            PruneCommand.class,
            UndeleteCommand.class,
            KeysCommand.class,
            SyncCommand.class,
            RepairCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:complete and delivered",
            "1:failed",
            "2:usage or configuration",
            "3:partial (gaps beyond the tolerated)",
            "4:held by the gate",
            "5:accepted, but not every destination has it",
            "6:credentials refused",
            "7:verification found damage",
            "130:interrupted"
        })
public final class Saddlebag {
    @Option(
            names = "-D",
            paramLabel = "key=value",
            scope = ScopeType.INHERIT,
            description = "Sets a property; wins over the environment and the configuration file.")
    private final Map<String, String> overrides = new TreeMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration file (default: application.properties).")
    private Path config;

    private Saddlebag() {}

    /** The configuration that the options of the command line lead to. */
    Setup setup() {
        return Setup.load(configuration(), overrides);
    }

    /** The configuration file: what {@code --config} says, else the one here, else the one beside the launcher. */
    Path configuration() {
        if (config != null) {
            return config.toAbsolutePath();
        }
        Path here = Path.of("application.properties").toAbsolutePath();
        return Files.exists(here) ? here : home().resolve("application.properties");
    }

    /** Where {@code init} writes: what {@code --config} says, else here. */
    Path initTarget() {
        return config != null ? config : Path.of("application.properties");
    }

    Map<String, String> overrides() {
        return overrides;
    }

    /** The folder of the launcher, with the routes as they were shipped. */
    static Path home() {
        return Path.of(System.getProperty("saddlebag.home", "")).toAbsolutePath();
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(out, err, arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Saddlebag());
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setExecutionExceptionHandler(new Failures());
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine.execute(arguments);
    }
}
