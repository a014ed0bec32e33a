package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.cli.JudgedRuns.JudgedRun;
import dev.saddlebag.notion.Json;
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
        name = "show",
        description =
                "Explains the verdict on a run, with names and numbers: what was measured, what is wrong, what to do.")
final class GateShowCommand implements Callable<Integer> {
    @ParentCommand
    private GateCommand gate;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description =
                    "The id of the run, or the beginning of it (default: the newest that is held, else the newest).")
    private String run;

    @Option(names = "--workspace", paramLabel = "NAME", description = "The workspace (default: all).")
    private String workspace;

    @Option(names = "--all", description = "Lists all runs that the gate has judged, newest first.")
    private boolean all;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = gate.setup();
        PrintWriter out = spec.commandLine().getOut();
        JudgedRuns judged = JudgedRuns.of(
                setup.settings().stateDirectory(),
                setup.workspaces(workspace == null ? List.of() : List.of(workspace)));
        if (all) {
            list(judged, out);
            return ExitCodes.OK;
        }
        if (run == null && judged.all().isEmpty()) {
            out.println(json ? "[ ]" : "The gate has judged no run yet.");
            return ExitCodes.OK;
        }
        JudgedRun shown = run != null ? judged.find(run) : newest(judged);
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(describe(shown)));
        } else {
            GateText.of(shown).forEach(out::println);
        }
        return ExitCodes.OK;
    }

    private static JudgedRun newest(JudgedRuns judged) {
        List<JudgedRun> held = judged.held().all();
        return held.isEmpty() ? judged.all().get(0) : held.get(0);
    }

    private void list(JudgedRuns judged, PrintWriter out) throws Exception {
        if (json) {
            ArrayNode lines = Json.MAPPER.createArrayNode();
            judged.all().forEach(each -> lines.add(describe(each)));
            out.println(Json.PRETTY.writeValueAsString(lines));
            return;
        }
        for (JudgedRun each : judged.all()) {
            out.printf(
                    "%s  %s  %s%s%n",
                    each.run(),
                    each.workspace(),
                    each.verdict().words(),
                    each.verdict().held() && !each.isHeld() ? ", and no longer kept" : "");
        }
    }

    private static ObjectNode describe(JudgedRun each) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("run", each.run());
        line.put("workspace", each.workspace());
        line.put("tree", each.isHeld() ? each.tree().toString() : null);
        line.set("verdict", Json.MAPPER.valueToTree(each.verdict()));
        return line;
    }
}
