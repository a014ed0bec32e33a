package dev.saddlebag.routes;

import dev.saddlebag.collect.FirstRequests;
import dev.saddlebag.collect.RequestBooks;
import dev.saddlebag.collect.RequestEstimate;
import dev.saddlebag.collect.SearchLook;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Snapshot;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Says what a run would ask of Notion, without making one: it asks search alone, and writes nothing. */
final class Forecasts {
    private final Settings settings;
    private final Planner planner;
    private final Runs runs;
    private final ProducerTemplate producer;

    Forecasts(Settings settings, Planner planner, Runs runs, ProducerTemplate producer) {
        this.settings = settings;
        this.planner = planner;
        this.runs = runs;
        this.producer = producer;
    }

    /** The forecast for one workspace; the errors are those of {@link Flow#forecast}. */
    Forecast of(String name, Optional<Depth> depth) throws Exception {
        Preview preview = planner.preview(name, depth);
        Run run = runs.look(preview.workspace());
        SearchLook look = preview.known()
                .filter(Accepted.Header::searched)
                .map(header -> SearchLook.backTo(header.startedAt(), name))
                .orElseGet(() -> SearchLook.atEverything(name));
        read(run, look);
        Map<Depth, RequestEstimate> estimates = new EnumMap<>(Depth.class);
        Forecast.Basis basis = preview.known().isPresent()
                ? fromBooks(preview, look, estimates)
                : fromSearch(preview.workspace(), look, estimates);
        return new Forecast(
                name,
                preview.depth(),
                preview.why(),
                basis,
                estimates,
                run.connection().requestsPerMinute(),
                budget(preview.workspace()));
    }

    /** The route reads for runs, and repeats as they do. */
    private void read(Run run, SearchLook look) throws Exception {
        Exchange asked = producer.request("direct:read", exchange -> {
            exchange.setVariable("run", run);
            exchange.setVariable("connection", run.connection());
            exchange.getMessage().setBody(look.reading());
        });
        if (asked.getException() != null) {
            throw asked.getException();
        }
        run.throwIfStopped();
        if (look.pages() + look.dataSources() == 0 && !look.gaps().isEmpty()) {
            throw new IOException(
                    "Notion could not be asked: " + look.gaps().get(0).explanation());
        }
    }

    private Forecast.Basis fromBooks(Preview preview, SearchLook look, Map<Depth, RequestEstimate> estimates)
            throws IOException {
        Accepted.Header header = preview.known().orElseThrow();
        RequestBooks books = new RequestBooks(preview.workspace(), header, look);
        Accepted.stream(settings.stateDirectory().resolve(preview.workspace().name()), header.run(), books::take);
        for (Depth depth : Depth.values()) {
            if (preview.why().isEmpty() || depth == Depth.SWEEP) {
                estimates.put(depth, books.estimate(depth));
            }
        }
        Map<String, Long> counts =
                preview.newest().map(Snapshot::facts).orElseThrow().counts();
        return new Forecast.Basis(
                Optional.of(header.run()),
                header.started(),
                counts.getOrDefault("pages", 0L),
                counts.getOrDefault("data_sources", 0L),
                books.edits(),
                Optional.ofNullable(counts.get("files")),
                Optional.ofNullable(counts.get("file_bytes")));
    }

    private static Forecast.Basis fromSearch(
            WorkspaceSettings workspace, SearchLook look, Map<Depth, RequestEstimate> estimates) {
        estimates.put(Depth.SWEEP, FirstRequests.of(workspace, look));
        return new Forecast.Basis(
                Optional.empty(), "", look.pages(), look.dataSources(), 0, Optional.empty(), Optional.empty());
    }

    private static String budget(WorkspaceSettings workspace) {
        return workspace.requestsPerMinute().isPresent()
                ? "saddlebag.workspace." + workspace.name() + ".requests-per-minute"
                : "auto: what was learned, or else the most that a plan of Notion allows";
    }
}
