package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.collect.RequestEstimate;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.routes.Forecast;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a backup would ask of Notion, for people and for machines. */
final class ForecastText {
    /** What Notion's plans allow in a minute (facts/notion-api.md §4.1). */
    private static final List<Integer> PLANS = List.of(180, 600);

    private ForecastText() {}

    static List<String> of(Forecast forecast) {
        RequestEstimate estimate = forecast.estimate();
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: a backup to the depth %s would send about %,d requests to Notion and take %s. Nothing was backed up."
                        .formatted(
                                forecast.workspace(),
                                forecast.depth().word(),
                                estimate.total(),
                                time(estimate, forecast.requestsPerMinute())));
        if (!forecast.why().isEmpty()) {
            lines.add("  depth       " + forecast.why());
        }
        lines.add("  based on    " + basis(forecast.basis()));
        estimate.requests()
                .forEach((purpose, requests) ->
                        lines.add("  requests    %,9d  %s".formatted(requests, purpose.words())));
        lines.add("  requests    %,9d  in all".formatted(estimate.total()));
        lines.add("  time        %s at %,d requests a minute (%s)"
                .formatted(
                        time(estimate, forecast.requestsPerMinute()), forecast.requestsPerMinute(), forecast.budget()));
        for (int plan : PLANS) {
            if (plan != forecast.requestsPerMinute()) {
                lines.add("  time        %s at %,d requests a minute".formatted(time(estimate, plan), plan));
            }
        }
        lines.add("  files       " + files(forecast.basis()));
        String others = others(forecast);
        if (!others.isEmpty()) {
            lines.add("  other       " + others);
        }
        estimate.assumptions().forEach(sentence -> lines.add("  assumed     " + sentence));
        return lines;
    }

    private static String basis(Forecast.Basis basis) {
        String held = "%,d pages, %,d data sources".formatted(basis.pages(), basis.dataSources());
        return basis.snapshot()
                .map(snapshot -> "the snapshot %s of %s: %s; edited since, as search shows: %,d objects"
                        .formatted(
                                snapshot,
                                Instant.parse(basis.started()).truncatedTo(ChronoUnit.SECONDS),
                                held,
                                basis.edited()))
                .orElse("a look at search, since there is no snapshot whose books are here: " + held);
    }

    private static String files(Forecast.Basis basis) {
        return basis.files()
                .map(files -> "%,d in that snapshot, %s; downloads are no requests in Notion's count"
                        .formatted(files, Sizes.text(basis.fileBytes().orElse(0L))))
                .orElse("unknown before the first backup");
    }

    private static String others(Forecast forecast) {
        return forecast.estimates().entrySet().stream()
                .filter(other -> other.getKey() != forecast.depth())
                .map(other -> "%s about %,d requests, %s"
                        .formatted(
                                other.getKey().word(),
                                other.getValue().total(),
                                time(other.getValue(), forecast.requestsPerMinute())))
                .collect(Collectors.joining("; "));
    }

    private static String time(RequestEstimate estimate, int requestsPerMinute) {
        double minutes = estimate.minutes(requestsPerMinute);
        return minutes < 1 ? "less than a minute" : String.format(Locale.ROOT, "%,.1f minutes", minutes);
    }

    static ObjectNode json(Forecast forecast) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("workspace", forecast.workspace());
        node.put("depth", forecast.depth().word());
        node.put("depth_because", forecast.why().isEmpty() ? null : forecast.why());
        Forecast.Basis basis = forecast.basis();
        ObjectNode based = node.putObject("based_on");
        based.put("snapshot", basis.snapshot().orElse(null));
        based.put("started", basis.snapshot().isPresent() ? basis.started() : null);
        based.put("pages", basis.pages());
        based.put("data_sources", basis.dataSources());
        based.put("edited_since", basis.edited());
        node.put("files", basis.files().orElse(null));
        node.put("file_bytes", basis.fileBytes().orElse(null));
        node.put("requests_per_minute", forecast.requestsPerMinute());
        addEstimate(node, forecast.estimate(), forecast.requestsPerMinute());
        ObjectNode others = node.putObject("other_depths");
        for (Map.Entry<Depth, RequestEstimate> other : forecast.estimates().entrySet()) {
            if (other.getKey() != forecast.depth()) {
                addEstimate(others.putObject(other.getKey().word()), other.getValue(), forecast.requestsPerMinute());
            }
        }
        return node;
    }

    private static void addEstimate(ObjectNode node, RequestEstimate estimate, int requestsPerMinute) {
        ObjectNode requests = node.putObject("requests");
        estimate.requests()
                .forEach((purpose, number) -> requests.put(purpose.name().toLowerCase(Locale.ROOT), number));
        node.put("total", estimate.total());
        ObjectNode minutes = node.putObject("minutes");
        minutes.put("at_budget", estimate.minutes(requestsPerMinute));
        PLANS.forEach(plan -> minutes.put("at_" + plan, estimate.minutes(plan)));
        node.set("assumptions", Json.MAPPER.valueToTree(estimate.assumptions()));
    }
}
