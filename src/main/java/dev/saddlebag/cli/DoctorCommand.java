package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.doctor.Diagnosis;
import dev.saddlebag.doctor.Doctor;
import dev.saddlebag.doctor.Finding;
import dev.saddlebag.doctor.Level;
import dev.saddlebag.notion.Json;
import dev.saddlebag.routes.Checkup;
import dev.saddlebag.routes.Flow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description =
                "Looks at everything that a backup needs: settings, routes, disk, tokens, what is shared, the clock, "
                        + "destinations, the last run, who is told. Says what to do about what is not well.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well, or there are warnings only",
            "1:something has failed",
            "2:usage or configuration",
            "6:credentials refused"
        })
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WORKSPACE", arity = "0..*", description = "The workspaces (default: all).")
    private final List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--send-test", description = "Sends a test message by each channel of these workspaces.")
    private boolean sendTest;

    @Override
    public Integer call() throws Exception {
        Path configuration = saddlebag.configuration();
        Map<String, String> overrides = new TreeMap<>(saddlebag.overrides());
        // A destination that hangs must not keep the routes from ending.
        overrides.putIfAbsent("camel.main.shutdown-timeout", "5");
        Checkup checkup = Checkup.of(configuration, System.getenv(), overrides);
        Setup setup = new Setup(checkup.settings(), configuration, overrides);
        Doctor doctor = new Doctor(configuration, checkup, workspaces(setup, checkup), Clock.systemUTC());
        Diagnosis diagnosis = doctor.canAsk() ? ask(setup, doctor) : doctor.examineWithoutRoutes("");
        print(diagnosis);
        return diagnosis.exitCode();
    }

    private List<WorkspaceSettings> workspaces(Setup setup, Checkup checkup) {
        // Where the settings have mistakes, a workspace may be missing for one of them.
        return names.isEmpty() || checkup.mistakes().isEmpty()
                ? setup.workspaces(names)
                : names.stream()
                        .map(setup.settings()::workspace)
                        .flatMap(Optional::stream)
                        .toList();
    }

    private Diagnosis ask(Setup setup, Doctor doctor) throws InterruptedException {
        RunningFlow running;
        try {
            running = setup.start(Flow.Timers.OFF);
        } catch (Exception failed) {
            return doctor.examineWithoutRoutes(Failures.sentence(failed));
        }
        try (running) {
            return doctor.examine(running.flow(), sendTest);
        }
    }

    private void print(Diagnosis diagnosis) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode all = Json.MAPPER.createObjectNode();
            all.set("findings", Json.MAPPER.valueToTree(diagnosis.findings()));
            all.put("exit_code", diagnosis.exitCode());
            out.println(Json.PRETTY.writeValueAsString(all));
            return;
        }
        for (Finding finding : diagnosis.findings()) {
            out.printf(
                    "%-7s  %-13s  %s: %s%n",
                    finding.level(), finding.area().word(), finding.subject(), finding.found());
            if (finding.level() != Level.OK) {
                out.printf("%24s do: %s%n", "", finding.remedy());
            }
        }
        out.println(sum(diagnosis));
    }

    private static String sum(Diagnosis diagnosis) {
        long failed = diagnosis.count(Level.FAILED);
        long warnings = diagnosis.count(Level.WARNING);
        return failed + warnings == 0 ? "All is well." : "Failed: " + failed + ". Warnings: " + warnings + ".";
    }
}
