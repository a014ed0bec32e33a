package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Faults;
import dev.saddlebag.simulator.RequestLog;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any moment goes on where it was: nothing that it had finished is asked for again, and the
 * snapshot is the one that it would have made undisturbed.
 */
class ResumeTest {
    private static final long SEED = 21;
    private static final int PAGES = 120;
    private static final int KILLS = 8;

    @TempDir
    Path folder;

    @Test
    void a_run_that_is_killed_again_and_again_asks_for_nothing_twice_and_ends_as_if_nothing_had_happened()
            throws Exception {
        Undisturbed undisturbed = undisturbed();
        Random random = new Random(SEED);
        try (Lab lab = lab("killed")) {
            Finished finished = null;
            for (int kill = 0; kill < KILLS; kill++) {
                int nth = 1 + random.nextInt(2 * undisturbed.requests() / KILLS);
                finished = kill == KILLS / 2
                        ? killedAt(lab, finished, Faults.Call::file, 1 + random.nextInt(3))
                        : killedAt(lab, finished, call -> true, nth);
            }
            assertThat(finished.ids()).hasSizeGreaterThan(PAGES / 2);
            completed(lab, finished);

            Exports.assertSame(objects(lab), undisturbed.objects());
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
            assertThat(lab.vault().snapshots()).hasSize(1);
        }
    }

    @Test
    void what_is_edited_while_a_run_lies_broken_off_is_read_again_and_nothing_else() throws Exception {
        try (Lab lab = lab("edited")) {
            SampleWorkspace workspace = lab.notion().workspace();
            String home = workspace.standalonePages().get(0);
            Finished finished = killedAt(lab, null, call -> call.path().startsWith("/v1/comments"), PAGES * 3 / 4);
            assertThat(finished.ids()).contains(home);
            workspace.editTitle(home, "Edited while nobody looked", Touch.MOVES_LAST_EDITED_TIME);
            String paragraph = workspace.addParagraph(home, "More", Touch.MOVES_LAST_EDITED_TIME);
            List<String> edited = new ArrayList<>(workspace.paragraphs(home));
            edited.addAll(List.of(home, paragraph));

            List<RequestLog.Entry> asked = completed(lab, null);

            finished.without(edited)
                    .assertNotAskedForIn(asked.stream()
                            .filter(entry -> !entry.path().contains("/v1/blocks/"))
                            .toList());
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
        }
    }

    @Test
    void a_run_that_is_killed_while_it_seals_and_while_it_delivers_is_delivered_whole() throws Exception {
        Undisturbed undisturbed = undisturbed();
        try (Lab lab = lab("late")) {
            Path spool = lab.state().resolve(Lab.WORKSPACE).resolve("spool");
            Finished whole = killedWhen(lab, () -> holds(spool, "sealing-"));
            assertThat(whole.ids()).hasSizeGreaterThan(PAGES);
            assertThat(folder.resolve("late/vault")).doesNotExist();

            lab.notion().requests().reset();
            killedWhen(lab, () -> holds(folder.resolve("late/vault").resolve(Lab.WORKSPACE), ""));
            whole.assertNotAskedForIn(lab.notion().requests().entries());
            assertThat(lab.vault().snapshots()).isEmpty();

            List<RequestLog.Entry> asked = completed(lab, null);

            // What is sealed is finished as a whole: a new run carries over from it, and delivers both.
            assertThat(asked)
                    .noneMatch(entry -> List.of("children", "comments", "file").contains(entry.kind()));
            assertThat(lab.vault().snapshots()).hasSize(2);
            Exports.assertSame(objects(lab), undisturbed.objects());
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
            assertThat(lab.vault().verify(Level.FULL, run -> true, List.of())).noneMatch(Finding::isDamage);
        }
    }

    @Test
    void what_a_crash_has_torn_is_read_again_and_nothing_else() throws Exception {
        Undisturbed undisturbed = undisturbed();
        try (Lab lab = lab("torn")) {
            brokenOff(lab, call -> call.path().startsWith("/v1/comments"), PAGES / 2);
            Path staging = Finished.staging(lab);
            Files.writeString(staging.resolve("accounts.jsonl"), "{\"object\":\"page 0a", StandardOpenOption.APPEND);
            Files.writeString(staging.resolve("addresses.jsonl"), "{\"path\":\"htt", StandardOpenOption.APPEND);
            Files.writeString(staging.resolve("temporary/half"), "half of a fi");
            tear(largest(staging.resolve("tree/files")));
            tear(largest(staging.resolve("seen/page")));
            Path page = largest(staging.resolve("tree/objects/pages"));
            tear(page);
            lab.notion().requests().reset();

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);

            Exports.assertSame(objects(lab), undisturbed.objects());
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
            assertThat(lab.notion().requests().entries())
                    .anyMatch(entry -> entry.path()
                            .equals("/v1/pages/" + page.getFileName().toString().replace(".json", "")));
            assertThat(lab.notion().requests().count("comments")).isLessThan(PAGES * 2 / 3);
        }
    }

    @Test
    void what_the_connection_may_not_read_is_still_named_when_nothing_was_left_to_ask() throws Exception {
        Behaviour withoutComments = Behaviour.standard().withCapabilities(false, true);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(SEED, 5), withoutComments)) {
            // Search is asked for the trash, for all, and when the walk is over for what was edited meanwhile.
            brokenOff(lab, call -> call.path().equals("/v1/search"), 3);
            assertThat(Finished.in(lab).ids()).isNotEmpty();

            assertThat(lab.backup().gaps().toString()).contains("comments").contains("not_permitted");
        }
    }

    @Test
    void a_run_that_was_being_put_aside_does_not_go_on() throws Exception {
        try (Lab lab = lab("held")) {
            brokenOff(lab, call -> call.path().startsWith("/v1/comments"), PAGES / 2);
            Path staging = Finished.staging(lab);
            String run = Json.MAPPER
                    .readTree(staging.resolve("run.json").toFile())
                    .path("run")
                    .asText();
            Path held = Files.createDirectories(
                    lab.state().resolve(Lab.WORKSPACE).resolve("held").resolve(run));
            Files.move(staging.resolve("tree"), held.resolve("tree"));

            RunSummary next = lab.backup();

            assertThat(next.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(next.run()).isNotEqualTo(run);
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
        }
    }

    /** Breaks a run in this process off by refusing its token from the {@code nth} request of a kind on. */
    private static void brokenOff(Lab lab, Predicate<Faults.Call> which, int nth) throws Exception {
        AtomicInteger left = new AtomicInteger(nth);
        lab.notion()
                .onRequest(
                        call -> which.test(call) && left.decrementAndGet() == 0,
                        () -> lab.notion().faults().killToken(true));
        assertThat(lab.backup().outcome()).isEqualTo(Outcome.REFUSED);
        lab.notion().faults().killToken(false);
    }

    private static Path largest(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void tear(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    /** Starts a run, kills it at its {@code nth} request of a kind, and tells what it had finished by then. */
    private static Finished killedAt(Lab lab, Finished before, Predicate<Faults.Call> which, int nth) throws Exception {
        int from = lab.notion().requests().entries().size();
        try (BackupProcess process = BackupProcess.start(lab)) {
            AtomicInteger left = new AtomicInteger(nth);
            lab.notion()
                    .onRequest(
                            call -> process.isAlive() && which.test(call) && left.decrementAndGet() == 0,
                            process::kill);
            process.awaitKill();
        }
        assertNotAskedAgain(lab, before, from);
        return Finished.in(lab);
    }

    /** Starts a run and kills it as soon as something is so. */
    private static Finished killedWhen(Lab lab, Callable<Boolean> reached) throws Exception {
        try (BackupProcess process = BackupProcess.start(lab)) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> reached.call() || !process.isAlive());
            process.kill();
            process.awaitKill();
        }
        return Finished.in(lab);
    }

    /** Starts a run and lets it come to its end. */
    private static List<RequestLog.Entry> completed(Lab lab, Finished before) throws Exception {
        int from = lab.notion().requests().entries().size();
        try (BackupProcess process = BackupProcess.start(lab)) {
            process.awaitCompletion();
        }
        assertNotAskedAgain(lab, before, from);
        List<RequestLog.Entry> all = lab.notion().requests().entries();
        return all.subList(from, all.size());
    }

    private static void assertNotAskedAgain(Lab lab, Finished before, int from) {
        if (before != null) {
            List<RequestLog.Entry> all = lab.notion().requests().entries();
            before.assertNotAskedForIn(all.subList(from, all.size()));
        }
    }

    private static boolean holds(Path directory, String beginning) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(beginning));
        }
    }

    /** What a run makes that nothing disturbs, and how many requests that takes. */
    private record Undisturbed(Map<String, String> objects, int requests) {}

    private Undisturbed undisturbed() throws Exception {
        try (Lab lab = lab("undisturbed")) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            RequestLog requests = lab.notion().requests();
            return new Undisturbed(objects(lab), requests.total() + requests.files());
        }
    }

    private static Map<String, String> objects(Lab lab) throws Exception {
        return Exports.withoutAddress(lab, Exports.objects(lab.export("export")));
    }

    private Lab lab(String name) throws IOException {
        return new Lab(folder.resolve(name), SampleWorkspace.of(SEED, PAGES), Behaviour.standard());
    }
}
