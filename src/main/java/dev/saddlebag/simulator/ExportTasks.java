package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The exports that were asked for, and those of others that the feed tells of. Safe for use by many threads. */
final class ExportTasks {
    private final Exports exports;
    private final Content content;
    private final Clock clock;
    private final List<ExportTask> tasks = new ArrayList<>();
    private ExecutorService maker;
    private Path folder;

    ExportTasks(Exports exports, Content content, Clock clock) {
        this.exports = exports;
        this.content = content;
        this.clock = clock;
    }

    synchronized List<String> ids() {
        return tasks.stream().filter(ExportTask::own).map(ExportTask::id).toList();
    }

    synchronized Optional<ExportTask> find(String id) {
        return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
    }

    /** Those that were asked for and those of others, the oldest first. */
    synchronized List<ExportTask> all() {
        return List.copyOf(tasks);
    }

    /** Begins an export. */
    ExportTask begin(String eventName, JsonNode request) {
        ExportLife life = exports.life();
        if (life.olderExport() && all().stream().noneMatch(task -> !task.own())) {
            other(
                    "markdown",
                    exports.form().withOddity(ExportForm.Oddity.SMALLER),
                    clock.instant().minus(Duration.ofDays(2)));
        }
        var wanted = ExportRequest.of(request);
        var task = new ExportTask(
                true,
                eventName,
                request,
                fate(life, request, wanted),
                clock,
                clock.instant(),
                exports.form(),
                refusal(life, request, wanted));
        add(task, wanted);
        if (life.foreignExport()) {
            other("html", exports.form(), clock.instant().plusMillis(1));
        }
        return task;
    }

    /** What becomes of a task: a success when enough others have failed. */
    private ExportLife fate(ExportLife life, JsonNode request, ExportRequest wanted) {
        boolean fails = life.ending() != ExportLife.Ending.SUCCESS
                && (wanted.whole() || life.pagesFail())
                && all().stream()
                                .filter(task -> task.own() && task.life().ending() == life.ending())
                                .count()
                        < life.failures();
        boolean hangs = !request.at("/exportOptions/collectionViewExportType")
                .asText("all")
                .matches("all|currentView");
        return fails
                ? life
                : hangs ? life.withEnding(ExportLife.Ending.NEVER) : life.withEnding(ExportLife.Ending.SUCCESS);
    }

    /** Why Notion lets a task fail that asks for what is not to be had, or nothing. */
    private Optional<String> refusal(ExportLife life, JsonNode request, ExportRequest wanted) {
        String space = wanted.whole()
                ? request.path("spaceId").asText()
                : request.at("/block/spaceId").asText(request.path("spaceId").asText());
        if (!space.equals(exports.spaceId()) || !life.member()) {
            return Optional.of("User cannot access space, or it does not exist.");
        }
        if (!List.of("markdown", "html").contains(wanted.type())) {
            return Optional.of("Invalid input.");
        }
        if (!wanted.whole() && !ExportTree.knows(content, wanted.block())) {
            return Optional.of("Cannot read properties of undefined (reading 'value')");
        }
        return life.disabled() ? Optional.of("Export is disabled for this workspace.") : Optional.empty();
    }

    private void other(String type, ExportForm form, Instant ended) {
        var request = JsonNodeFactory.instance.objectNode();
        request.put("spaceId", exports.spaceId()).putObject("exportOptions").put("exportType", type);
        ExportLife life =
                ExportLife.standard().withNesting(exports.life().nesting()).withPolls(0);
        add(
                new ExportTask(false, "exportSpace", request, life, clock, ended, form, Optional.empty()),
                ExportRequest.workspace(type));
    }

    private synchronized void add(ExportTask task, ExportRequest wanted) {
        tasks.add(task);
        if (task.succeeds()) {
            if (maker == null) {
                maker = Executors.newSingleThreadExecutor(work -> {
                    var thread = new Thread(work, "notion-simulator-exports");
                    thread.setDaemon(true);
                    return thread;
                });
                folder = temporaryFolder();
            }
            task.make(
                    maker,
                    progress -> new ExportArchive(content, clock, task.form(), wanted, progress)
                            .write(folder.resolve(UUID.randomUUID() + ".zip")));
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("notion-exports");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void close() {
        if (maker == null) {
            return;
        }
        maker.shutdownNow();
        try {
            maker.awaitTermination(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
