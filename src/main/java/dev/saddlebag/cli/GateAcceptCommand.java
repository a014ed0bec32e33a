package dev.saddlebag.cli;

import dev.saddlebag.cli.JudgedRuns.JudgedRun;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.routes.Flow;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "accept",
        description = "Promotes and delivers a held run as it is, after you have looked at it (gate show).")
final class GateAcceptCommand implements Callable<Integer> {
    @ParentCommand
    private GateCommand gate;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The id of the held run, or the beginning of it.")
    private String run;

    @Option(names = "--workspace", paramLabel = "NAME", description = "The workspace (default: all).")
    private String workspace;

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why it is as it should be; it is kept with the snapshot.")
    private String because;

    @Option(names = "--json", description = "Prints the run summary as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = gate.setup();
        PrintWriter out = spec.commandLine().getOut();
        JudgedRun held = held(JudgedRuns.of(
                setup.settings().stateDirectory(),
                setup.workspaces(workspace == null ? List.of() : List.of(workspace))));
        if (held.isAcceptedByHand() && !json) {
            out.println("The run " + held.run() + " is accepted already, by hand at "
                    + held.verdict().acceptance().at() + ". What its destinations lack is delivered.");
            out.flush();
        }
        RunSummary summary;
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            summary = running.flow().acceptHeld(held.workspace(), held.run(), because);
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(summary));
        } else {
            SummaryText.of(summary).forEach(out::println);
        }
        return summary.exitCode();
    }

    private JudgedRun held(JudgedRuns judged) {
        List<JudgedRun> meant =
                judged.all().stream().filter(each -> each.run().startsWith(run)).toList();
        if (meant.size() == 1 && !meant.get(0).isHeld()) {
            JudgedRun only = meant.get(0);
            if (only.isAcceptedByHand()) {
                return only;
            }
            throw new IllegalArgumentException("The run " + only.run() + " is not held: it is "
                    + only.verdict().words()
                    + (only.verdict().held() ? ", and no longer kept" : "") + ". Nothing was changed. Held: "
                    + JudgedRuns.names(judged.held().all()));
        }
        return judged.held().find(run);
    }
}
