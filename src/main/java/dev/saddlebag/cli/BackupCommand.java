package dev.saddlebag.cli;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.routes.Flow;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "backup", description = "Makes one backup now, of the named workspaces or of all.")
final class BackupCommand implements Callable<Integer> {
    /** When several runs end differently, the one that needs a person most decides the exit code. */
    private static final List<Outcome> MOST_URGENT_FIRST = List.of(
            Outcome.FAILED,
            Outcome.REFUSED,
            Outcome.HELD,
            Outcome.UNDELIVERED,
            Outcome.PARTIAL,
            Outcome.COMPLETE,
            Outcome.UNCHANGED);

    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WORKSPACE", arity = "0..*", description = "The workspaces (default: all).")
    private final List<String> names = new ArrayList<>();

    @Option(
            names = "--depth",
            paramLabel = "DEPTH",
            converter = DepthWord.class,
            description =
                    "How much is read again (default: ....depth of the workspace). sweep: everything. changed: what search, "
                            + "the rows of data sources and the trash show changed. quick: what search alone shows.")
    private Depth depth;

    @Option(
            names = "--dry-run",
            description = "Makes no backup: says how many requests it would take, what for, and how long. Asks search "
                    + "alone, and writes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the run summaries, or what a dry run found out, as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        List<WorkspaceSettings> workspaces = setup.workspaces(names);
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            return new DryRun(out, spec.commandLine().getErr(), json).of(setup, workspaces, Optional.ofNullable(depth));
        }
        List<RunSummary> summaries = new ArrayList<>();
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            for (WorkspaceSettings workspace : workspaces) {
                RunSummary summary = backup(running.flow(), workspace.name(), Optional.ofNullable(depth));
                summaries.add(summary);
                if (!json) {
                    SummaryText.of(summary).forEach(out::println);
                }
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(summaries));
        }
        return MOST_URGENT_FIRST.stream()
                .filter(outcome -> summaries.stream().anyMatch(summary -> summary.outcome() == outcome))
                .findFirst()
                .orElse(Outcome.COMPLETE)
                .exitCode();
    }

    /** Makes one backup and shows how far it is while it lasts. */
    static RunSummary backup(Flow flow, String workspace, Optional<Depth> depth) throws Exception {
        ProgressDisplay display = ProgressDisplay.of(flow, workspace);
        try {
            return flow.backup(workspace, depth);
        } finally {
            display.close();
        }
    }
}
