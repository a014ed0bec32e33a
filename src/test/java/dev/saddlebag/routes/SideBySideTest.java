package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workspaces in one process, each with a connection and so with a budget of its own, behind one address. */
class SideBySideTest {
    private static final Map<String, Long> SEEDS = Map.of("acme", 45L, "umbrella", 46L);

    @TempDir
    Path folder;

    private final Map<String, NotionSimulator> notions = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch bothAreHere = new CountDownLatch(2);
    private final Set<String> here = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private ExecutorService threads;

    @BeforeEach
    void start() throws Exception {
        SEEDS.forEach((name, seed) -> notions.put(
                name,
                NotionSimulator.start(
                        SampleWorkspace.of(seed, 60),
                        Behaviour.standard()
                                .withToken("ntn_" + name)
                                .withRateLimit(200, Duration.ofSeconds(1), Duration.ZERO))));
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        notions.values().forEach(NotionSimulator::close);
    }

    @Test
    void each_is_read_with_its_own_token_while_the_other_is_read_too() throws Exception {
        Path configuration = configuration();
        Settings settings = Settings.load(configuration, Map.of(), Map.of());
        try (Flow flow = Flow.start(settings, configuration, Map.of(), Flow.Timers.OFF)) {
            var first = CompletableFuture.supplyAsync(() -> backup(flow, "acme"));
            var second = CompletableFuture.supplyAsync(() -> backup(flow, "umbrella"));

            assertThat(first.get().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.get().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(bothAreHere.getCount()).isZero();
            assertThat(first.get().requests())
                    .isEqualTo(notions.get("acme").requests().total());
            assertThat(second.get().requests())
                    .isEqualTo(notions.get("umbrella").requests().total());
        }
    }

    private static RunSummary backup(Flow flow, String workspace) {
        try {
            return flow.backup(workspace);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Path configuration() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, """
                notion.api.base-url = http://127.0.0.1:%d
                notion.api.retry-delay = 1
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme, umbrella
                saddlebag.workspace.acme.token = ntn_acme
                saddlebag.workspace.acme.requests-per-minute = 10000
                saddlebag.workspace.acme.destinations = vault
                saddlebag.workspace.umbrella.token = ntn_umbrella
                saddlebag.workspace.umbrella.requests-per-minute = 10000
                saddlebag.workspace.umbrella.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(
                        server.getAddress().getPort(), Path.of("routes").toAbsolutePath()));
        return file;
    }

    /** The bot's own answer waits until the other workspace has asked for its bot: neither run can be over by then. */
    private void pass(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        String workspace = token.substring(token.indexOf('_') + 1);
        try {
            if (here.add(workspace)) {
                bothAreHere.countDown();
                assertThat(bothAreHere.await(30, TimeUnit.SECONDS)).isTrue();
            }
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(notions.get(workspace).baseUrl() + exchange.getRequestURI()))
                            .header("Authorization", token)
                            .header(
                                    "Notion-Version",
                                    exchange.getRequestHeaders().getFirst("Notion-Version"))
                            .header("Content-Type", "application/json")
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Retry-After")
                    .ifPresent(seconds -> exchange.getResponseHeaders().set("Retry-After", seconds));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
