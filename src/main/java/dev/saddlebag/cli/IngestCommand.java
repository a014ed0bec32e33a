package dev.saddlebag.cli;

import dev.saddlebag.export.Given;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.routes.Flow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "ingest",
        description = "Makes a snapshot of an export that was fetched from Notion by hand. The file is only read.")
final class IngestCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace that was exported.")
    private String workspace;

    @Parameters(
            index = "1",
            paramLabel = "FILE|URL",
            description = "The ZIP as Notion made it, or the link to it from Notion's inbox or e-mail.")
    private String given;

    @Option(names = "--json", description = "Prints the run summary as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        String name = setup.workspace(Optional.of(workspace)).name();
        String place = Given.of(given).place();
        PrintWriter out = spec.commandLine().getOut();
        RunSummary summary;
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            summary = ingest(running.flow(), name, place);
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(List.of(summary)));
        } else {
            SummaryText.of(summary).forEach(out::println);
        }
        return summary.outcome().exitCode();
    }

    private static RunSummary ingest(Flow flow, String workspace, String place) throws Exception {
        ProgressDisplay display = ProgressDisplay.of(flow, workspace);
        try {
            return flow.ingest(workspace, place);
        } finally {
            display.close();
        }
    }
}
