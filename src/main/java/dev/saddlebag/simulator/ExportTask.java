package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One export on its way. Being asked is what moves it on: nothing here waits for a time to pass. */
final class ExportTask {
    /** What the Admin API calls its exports here; the internal API has no such event. */
    static final String ADMIN = "admin";

    /** Makes the archive and counts the pages on the way. */
    @FunctionalInterface
    interface Maker {
        ExportArchive.Made make(AtomicInteger progress) throws IOException;
    }

    /** So long an answer waits for a large archive before it calls the task unfinished once more. */
    private static final int PATIENCE_SECONDS = 10;

    private final String id = UUID.randomUUID().toString();
    private final String requestId = UUID.randomUUID().toString();
    private final String linkId = UUID.randomUUID().toString();
    private final boolean own;
    private final String eventName;
    private final JsonNode request;
    private final ExportLife life;
    private final Clock clock;
    private final Instant began;
    private final ExportForm form;
    private final Optional<String> refusal;
    private final AtomicInteger progress = new AtomicInteger();
    private Future<ExportArchive.Made> archive;
    private ExportArchive.Made made;
    private int missed;
    private int polls;
    private int feeds;
    private boolean asked;
    private Instant ended;

    /** @param began when it began; one that is not {@code own} ended then too */
    ExportTask(
            boolean own,
            String eventName,
            JsonNode request,
            ExportLife life,
            Clock clock,
            Instant began,
            ExportForm form,
            Optional<String> refusal) {
        this.own = own;
        this.eventName = eventName;
        this.request = request;
        this.life = life;
        this.clock = clock;
        this.began = began;
        this.form = form;
        this.refusal = refusal;
    }

    String id() {
        return id;
    }

    String requestId() {
        return requestId;
    }

    /** What the path of the link names. */
    String linkId() {
        return linkId;
    }

    /** Whether a client asked for it, not somebody else. */
    boolean own() {
        return own;
    }

    String eventName() {
        return eventName;
    }

    JsonNode request() {
        return request;
    }

    ExportLife life() {
        return life;
    }

    ExportForm form() {
        return form;
    }

    Instant began() {
        return began;
    }

    int pages() {
        return progress.get();
    }

    boolean succeeds() {
        return life.ending() == ExportLife.Ending.SUCCESS && refusal.isEmpty();
    }

    /** Why it fails, for one that does. */
    String error() {
        return refusal.orElse(life.error());
    }

    synchronized void make(ExecutorService threads, Maker maker) {
        archive = threads.submit(() -> maker.make(progress));
    }

    /** Whether {@code getTasks} lists it this time. */
    synchronized boolean listed() {
        asked = true;
        return missed++ >= life.missing();
    }

    /** The state that the next answer tells. */
    synchronized String poll() {
        polls++;
        return switch (life.ending()) {
            case SUCCESS -> ended() ? (refusal.isPresent() ? "failure" : "success") : pending();
            case FAILURE -> ended() ? "failure" : pending();
            case RETRYABLE_FAILURE -> ended() ? "retryable_failure" : pending();
            case NEVER -> pending();
            case UNKNOWN -> ended() ? "paused_for_review" : pending();
        };
    }

    private String pending() {
        return polls == 1 ? "not_started" : "in_progress";
    }

    /** Whether the feed tells of it this time. A client that never learnt its id asks the feed alone. */
    synchronized boolean inFeed() {
        if (!succeeds() || eventName.equals(ADMIN)) {
            return false;
        }
        if (!asked && own) {
            polls++;
        }
        boolean linked = life.link() != ExportLife.Link.TASK && life.link() != ExportLife.Link.NOWHERE;
        return ended() && linked && feeds++ >= life.feedLag();
    }

    private boolean ended() {
        if (ended == null
                && (!own || (polls > life.polls() && !clock.instant().isBefore(began.plus(life.time()))))
                && (!succeeds() || waited())) {
            ended = own ? clock.instant() : began;
        }
        return ended != null;
    }

    private boolean waited() {
        try {
            made = archive.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The simulator could not make the archive.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** When it ended. */
    synchronized Instant end() {
        return ended;
    }

    /** The archive, once the task has told that it succeeded. */
    synchronized Optional<ExportArchive.Made> made() {
        return succeeds() && ended != null ? Optional.of(made) : Optional.empty();
    }
}
