package dev.saddlebag.routes;

import dev.saddlebag.configuration.Settings;
import java.util.Map;

/** How Saddlebag sets Camel up; {@code camel.…} lines in the configuration file win. Reasons: facts/camel.md §0. */
final class CamelDefaults {
    private static final String WALK_THREADS = String.valueOf(Flow.WALK_WIDTH + 1);

    private CamelDefaults() {}

    static Map<String, String> properties(Settings settings) {
        return Map.ofEntries(
                Map.entry("camel.main.source-location-enabled", "true"),
                Map.entry("camel.main.log-name", "${routeId}"),
                Map.entry("camel.main.auto-configuration-log-summary", "false"),
                Map.entry("camel.main.startup-summary-level", "Oneline"),
                // A run may take hours, and is left to its end.
                Map.entry("camel.main.shutdown-timeout", "86400"),
                Map.entry("camel.main.shutdown-log-inflight-exchanges-on-timeout", "true"),
                // Camel would copy every stream, in memory or to the disk, and delete the copy when the step is over.
                // Here
                // a stream is read once, by the step after the one that opened it.
                Map.entry("camel.main.stream-caching-enabled", "false"),
                // A missing direct: consumer is an error at once instead of after 30 seconds.
                Map.entry("camel.component.direct.block", "false"),
                // HttpClient would hide 429 and 503 from the routes and sleep through their Retry-After.
                Map.entry("camel.component.http.automatic-retries-disabled", "true"),
                Map.entry("camel.component.https.automatic-retries-disabled", "true"),
                Map.entry("camel.component.http.connections-per-route", WALK_THREADS),
                Map.entry("camel.component.https.connections-per-route", WALK_THREADS),
                Map.entry("camel.component.http.connect-timeout", "20000"),
                Map.entry("camel.component.https.connect-timeout", "20000"),
                Map.entry("camel.component.http.connection-request-timeout", "60000"),
                Map.entry("camel.component.https.connection-request-timeout", "60000"),
                Map.entry("camel.component.http.so-timeout", "60000"),
                Map.entry("camel.component.https.so-timeout", "60000"),
                Map.entry(
                        "camel.component.kamelet.location",
                        "file:" + settings.routesDirectory().resolve("destinations") + ",file:"
                                + settings.routesDirectory().resolve("channels")),
                // Whoever uses a destination hears of its errors, and repeats or reports them.
                Map.entry("camel.component.kamelet.no-error-handler", "true"),
                // The frontier hands out no more objects than there are workers, so that the queue stays short; without
                // one
                // (a size of -1) Camel runs the work in the thread that should hand out the next.
                // One thread of the walk waits for the next object while the others work.
                Map.entry("camel.threadpool.config[walk].pool-size", WALK_THREADS),
                Map.entry("camel.threadpool.config[walk].max-pool-size", WALK_THREADS),
                Map.entry("camel.threadpool.config[walk].max-queue-size", "1000"),
                Map.entry("camel.threadpool.config[destinations].pool-size", "4"),
                Map.entry("camel.threadpool.config[destinations].max-pool-size", "4"),
                Map.entry("camel.threadpool.config[destinations].max-queue-size", "1000"),
                Map.entry("camel.threadpool.config[channels].pool-size", "4"),
                Map.entry("camel.threadpool.config[channels].max-pool-size", "4"),
                Map.entry("camel.threadpool.config[channels].max-queue-size", "1000"));
    }
}
