package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real routes make of an order to wait, told by a Notion that says what it is told to, and 401 after that. */
class RateLimitsTest {
    @TempDir
    Path folder;

    private final Queue<Integer> answers = new ArrayDeque<>();
    private final List<Optional<Duration>> skews = new ArrayList<>();
    private HttpServer server;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard())
                .with(
                        "notion.api.base-url",
                        "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        lab.close();
        server.stop(0);
    }

    @Test
    void an_order_to_wait_is_obeyed_many_times_before_it_becomes_a_gap() throws Exception {
        answers.addAll(Collections.nCopies(30, 429));
        answers.addAll(Collections.nCopies(30, 529));

        RunSummary summary = lab.backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(summary.requests()).isEqualTo(61);
        assertThat(summary.gaps()).isEmpty();
    }

    @Test
    void a_request_that_waited_all_too_often_becomes_a_gap() throws Exception {
        answers.addAll(Collections.nCopies(61, 429));

        RunSummary summary = lab.backup();

        // What is asked for next is asked for side by side, and all of it is refused.
        assertThat(summary.requests()).isBetween(62L, 65L);
        assertThat(summary.gaps())
                .singleElement()
                .satisfies(gap ->
                        assertThat(gap.explanation()).contains("429").contains("does not say whose limit it is"));
    }

    @Test
    void orders_to_wait_use_up_no_try_against_a_fault() throws Exception {
        answers.addAll(Collections.nCopies(20, 429));
        answers.addAll(Collections.nCopies(8, 503));

        RunSummary summary = lab.backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(summary.requests()).isEqualTo(29);
        assertThat(summary.gaps()).isEmpty();
    }

    @Test
    void the_connection_knows_what_notions_clock_says() throws Exception {
        answers.add(503);

        lab.backup();

        assertThat(skews.get(0)).isEmpty();
        assertThat(skews.get(1))
                .hasValueSatisfying(skew -> assertThat(skew.abs()).isLessThan(Duration.ofSeconds(30)));
    }

    private Optional<Duration> clockSkew() {
        try {
            return lab.flow().runsUnderway().iterator().next().connection().clockSkew();
        } catch (Exception notStarted) {
            throw new IllegalStateException(notStarted);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        skews.add(clockSkew());
        Integer next = answers.poll();
        int status = next == null ? 401 : next;
        byte[] body = ("{\"object\":\"error\",\"status\":" + status
                        + ",\"code\":\"some_code\",\"message\":\"Such is life.\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
