package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.AccessRefusedException;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.routes.Forecast;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** {@code backup --dry-run}: what a backup would ask of Notion, said without making one. */
record DryRun(PrintWriter out, PrintWriter err, boolean json) {

    int of(Setup setup, List<WorkspaceSettings> workspaces, Optional<Depth> depth) throws Exception {
        ArrayNode all = Json.MAPPER.createArrayNode();
        int exit = ExitCodes.OK;
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            for (WorkspaceSettings workspace : workspaces) {
                if (workspace.sources().get(0) == Source.EXPORT) {
                    all.addObject().put("workspace", workspace.name()).put("source", "export");
                    if (!json) {
                        out.println(
                                workspace.name() + ": would order one export of the whole workspace, wait for it and"
                                        + " fetch it; how long that takes, Notion decides. Nothing was asked.");
                    }
                    continue;
                }
                try {
                    Forecast forecast = running.flow().forecast(workspace.name(), depth);
                    all.add(ForecastText.json(forecast));
                    if (!json) {
                        ForecastText.of(forecast).forEach(out::println);
                    }
                } catch (AccessRefusedException refused) {
                    err.println(workspace.name() + ": " + refused.getMessage());
                    exit = Outcome.REFUSED.exitCode();
                }
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(all));
        }
        return exit;
    }
}
