package dev.saddlebag.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What goes wrong, and when. Nothing does at first. A mix is chosen by the request and by how often that request was
 * made before, so that it does not depend on the order in which parallel requests arrive. Safe for use by many threads.
 */
public final class Faults {
    /**
     * A request that may fail.
     *
     * @param path path and query as sent
     * @param body the request's body, empty for GET
     * @param file whether it is the download of a file
     */
    public record Call(String method, String path, String body, boolean file) {
        boolean hasCursor() {
            return path.contains("start_cursor=") || body.contains("\"start_cursor\"");
        }
    }

    /**
     * What happens to one request.
     *
     * @param refusal what the API says, if it is the API that refuses
     */
    record Mishap(Fault fault, Optional<ApiFailure> refusal) {
        static Mishap of(Fault fault) {
            return new Mishap(fault, fault.refuses() ? Optional.of(fault.refusal()) : Optional.empty());
        }
    }

    private static final class Rule {
        private final Predicate<Call> which;
        private final Mishap mishap;
        private int left;

        private Rule(Predicate<Call> which, Mishap mishap, int left) {
            this.which = which;
            this.mishap = mishap;
            this.left = left;
        }
    }

    private record Mix(Seed seed, int percent, List<Fault> kinds) {
        private static final Mix NONE = new Mix(new Seed(0), 0, List.of(Fault.SLOW));
    }

    private static final List<Fault> API_KINDS =
            Stream.of(Fault.values()).filter(fault -> fault != Fault.EDGE_BLOCK).toList();
    private static final List<Fault> FILE_KINDS = List.of(
            Fault.INTERNAL_ERROR,
            Fault.UNAVAILABLE,
            Fault.HTML_PAGE,
            Fault.RESET,
            Fault.RESET_IN_BODY,
            Fault.SHORT_BODY,
            Fault.CUT_CHUNKS,
            Fault.SLOW);

    private final Cursors cursors;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private Mix api = Mix.NONE;
    private Mix files = Mix.NONE;
    private int mostInARow = 2;
    private Duration slowness = Duration.ofMillis(30);
    private boolean blocked;
    private boolean tokenDead;

    Faults(Cursors cursors) {
        this.cursors = cursors;
    }

    /** From now on {@code percent} of 100 API calls fail, in all ways of {@link Fault} that pass. */
    public synchronized void mix(long seed, int percent) {
        mix(seed, percent, API_KINDS);
    }

    /** From now on {@code percent} of 100 API calls fail, in the given ways. */
    public synchronized void mix(long seed, int percent, List<Fault> kinds) {
        api = new Mix(new Seed(seed), percent, List.copyOf(kinds));
    }

    /** From now on {@code percent} of 100 downloads of files fail. */
    public synchronized void mixFiles(long seed, int percent) {
        files = new Mix(new Seed(seed), percent, FILE_KINDS);
    }

    /** How often the mix makes the same request fail before it lets it through; 2 at first. */
    public synchronized void mostInARow(int times) {
        mostInARow = times;
    }

    /** How late a {@link Fault#SLOW} answer is; 30 ms at first. */
    public synchronized void slowness(Duration delay) {
        slowness = delay;
    }

    /** The next {@code times} requests that {@code which} picks fail in this way. */
    public synchronized void fail(Predicate<Call> which, Fault fault, int times) {
        rules.add(new Rule(which, Mishap.of(fault), times));
    }

    /**
     * The next {@code times} API calls that {@code which} picks are refused with 429, whatever the budget says.
     *
     * @param reason such as {@code public_api_space_request_rate_limit} or {@code public_api_endpoint_rate_limit}
     *     (facts/notion-api.md §4.1)
     * @param retryAfterSeconds what {@code Retry-After} says; that of a whole workspace may exceed a minute
     */
    public synchronized void limit(Predicate<Call> which, String reason, int retryAfterSeconds, int times) {
        var refusal = ApiFailure.rateLimited(reason, retryAfterSeconds);
        Predicate<Call> ofApi = call -> !call.file();
        rules.add(new Rule(ofApi.and(which), new Mishap(Fault.RATE_LIMITED, Optional.of(refusal)), times));
    }

    /** While this is set every API call answers 429 {@code public_api_request_blocked}, which no client may retry. */
    public synchronized void block(boolean block) {
        blocked = block;
    }

    /** While this is set no token is accepted. */
    public synchronized void killToken(boolean dead) {
        tokenDead = dead;
    }

    /** Makes every cursor that was given out until now invalid. */
    public void invalidateCursors() {
        cursors.invalidate();
    }

    /** Back to a Notion without faults. */
    public synchronized void clear() {
        rules.clear();
        attempts.clear();
        api = Mix.NONE;
        files = Mix.NONE;
        blocked = false;
        tokenDead = false;
    }

    synchronized boolean blocked() {
        return blocked;
    }

    synchronized boolean tokenDead() {
        return tokenDead;
    }

    synchronized Duration slowness() {
        return slowness;
    }

    /** What happens to this request. */
    synchronized Optional<Mishap> next(Call call) {
        for (Rule rule : rules) {
            if (rule.left > 0 && rule.which.test(call)) {
                rule.left--;
                return Optional.of(rule.mishap);
            }
        }
        Mix mix = call.file() ? files : api;
        if (mix.percent() == 0) {
            return Optional.empty();
        }
        String what =
                call.method() + ' ' + (call.file() ? call.path().replaceAll("\\?.*", "") : call.path() + call.body());
        int attempt = attempts.merge(what, 1, Integer::sum);
        long chance = mix.seed().hash(what.hashCode(), attempt, 0);
        if (attempt > mostInARow || Long.remainderUnsigned(chance, 100) >= mix.percent()) {
            attempts.remove(what);
            return Optional.empty();
        }
        Fault fault = mix.kinds().get(mix.seed().below(mix.kinds().size(), what.hashCode(), attempt, 1));
        boolean pointless = fault == Fault.INVALID_CURSOR && !call.hasCursor();
        return Optional.of(Mishap.of(pointless ? Fault.SLOW : fault));
    }
}
