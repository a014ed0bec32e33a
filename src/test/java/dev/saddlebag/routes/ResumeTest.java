package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
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

    private static Map<String, String> undisturbed;
    private static int requests;

    @TempDir
    Path folder;

    private static Lab lab(Path folder) throws IOException {
        return new Lab(folder, SampleWorkspace.of(SEED, PAGES), Behaviour.standard()).readable();
    }

    @BeforeAll
    static void runUndisturbed(@TempDir Path quiet) throws Exception {
        try (Lab lab = lab(quiet)) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            undisturbed = objects(lab);
            RequestLog log = lab.notion().requests();
            requests = log.total() + log.files();
        }
    }

    @Test
    void a_run_that_is_killed_again_and_again_asks_for_nothing_twice_and_ends_as_if_nothing_had_happened()
            throws Exception {
        Random random = new Random(SEED);
        try (Lab lab = lab(folder)) {
            KilledRun run = new KilledRun(lab);
            for (int kill = 0; kill < KILLS; kill++) {
                if (kill == KILLS / 2) {
                    run.killAt(Faults.Call::file, 1 + random.nextInt(3));
                } else {
                    run.killAt(call -> true, 1 + random.nextInt(2 * requests / KILLS));
                }
            }
            assertThat(run.finished().ids()).hasSizeGreaterThan(PAGES);
            assertThat(run.finished().addresses()).isNotEmpty();

            run.complete();

            assertSameAsUndisturbed(lab);
            assertThat(lab.vault().snapshots()).hasSize(1);
        }
    }

    @Test
    void a_run_that_is_killed_while_it_seals_and_while_it_delivers_is_delivered_whole() throws Exception {
        try (Lab lab = lab(folder)) {
            Path vault = folder.resolve("vault").resolve(Lab.WORKSPACE);
            KilledRun run = new KilledRun(lab);
            run.killWhen(() -> holds(lab.state().resolve(Lab.WORKSPACE).resolve("spool"), "sealing-"));
            assertThat(run.finished().ids()).hasSizeGreaterThan(PAGES);
            assertThat(vault).doesNotExist();

            run.killWhen(() -> holds(vault, ""));
            assertThat(lab.vault().snapshots()).isEmpty();

            // What is sealed is finished as a whole: a new run carries over from it, and delivers both.
            assertThat(run.complete())
                    .noneMatch(asked -> Set.of("children", "comments", "file").contains(asked.kind()));
            assertThat(lab.vault().snapshots()).hasSize(2);
            assertSameAsUndisturbed(lab);
            assertThat(lab.vault().verify(Level.FULL, any -> true, List.of())).noneMatch(Finding::isDamage);
        }
    }

    @Test
    void what_is_edited_while_a_run_lies_broken_off_is_read_again_and_nothing_else() throws Exception {
        try (Lab lab = lab(folder)) {
            SampleWorkspace workspace = lab.notion().workspace();
            String home = workspace.standalonePages().get(0);
            lab.breakOff(ResumeTest::beginsToSearch, 2);
            assertThat(Finished.in(lab).ids()).contains(home);
            Finished untouched = Finished.in(lab).without(onPage(lab, home));
            workspace.editTitle(home, "Edited while nobody looked", Touch.MOVES_LAST_EDITED_TIME);
            workspace.addParagraph(home, "More", Touch.MOVES_LAST_EDITED_TIME);
            lab.notion().requests().reset();

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);

            untouched.assertNotAskedForIn(lab.notion().requests().entries());
            Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
        }
    }

    @Test
    void what_a_crash_has_torn_is_read_again_and_nothing_else() throws Exception {
        try (Lab lab = lab(folder)) {
            lab.breakOff(call -> call.path().startsWith("/v1/comments"), PAGES / 2);
            Path staging = lab.staging();
            append(staging.resolve("accounts.jsonl"), "{\"object\":\"page 0a");
            append(staging.resolve("addresses.jsonl"), "{\"path\":\"htt");
            append(staging.resolve("temporary/half"), "half of a fi");
            tear(largest(staging.resolve("tree/files")));
            tear(largest(staging.resolve("seen/page")));
            Path page = largest(staging.resolve("tree/objects/pages"));
            tear(page);
            lab.notion().requests().reset();

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);

            assertSameAsUndisturbed(lab);
            String id = page.getFileName().toString().replace(".json", "");
            assertThat(lab.notion().requests().entries())
                    .anyMatch(entry -> entry.path().startsWith("/v1/pages/" + id + "?"));
            assertThat(lab.notion().requests().count("comments")).isLessThan(PAGES * 2 / 3);
        }
    }

    @Test
    void what_the_connection_may_not_read_is_still_named_when_nothing_was_left_to_ask() throws Exception {
        Behaviour withoutComments = Behaviour.standard().withCapabilities(false, true);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(SEED, 5), withoutComments).readable()) {
            lab.breakOff(ResumeTest::beginsToSearch, 2);
            assertThat(lab.staging().resolve("tree/objects/pages")).isNotEmptyDirectory();
            lab.notion().requests().reset();

            RunSummary summary = lab.backup();

            assertThat(lab.notion().requests().count("comments")).isZero();
            assertThat(summary.gaps()).anyMatch(gap -> gap.object().equals("comments"));
        }
    }

    @Test
    void a_run_that_was_being_put_aside_does_not_go_on() throws Exception {
        try (Lab lab = lab(folder)) {
            lab.breakOff(call -> call.path().startsWith("/v1/comments"), PAGES / 2);
            String run = Json.MAPPER
                    .readTree(lab.staging().resolve("run.json").toFile())
                    .path("run")
                    .asText();
            Path held = lab.state().resolve(Lab.WORKSPACE).resolve("held").resolve(run);
            Files.createDirectories(held);
            Files.move(lab.staging().resolve("tree"), held.resolve("tree"));

            RunSummary next = lab.backup();

            assertThat(next.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(next.run()).isNotEqualTo(run);
            assertSameAsUndisturbed(lab);
        }
    }

    /** Search is begun twice: before the walk for everything, and after it for what was edited meanwhile. */
    private static boolean beginsToSearch(Faults.Call call) {
        return call.path().startsWith("/v1/search")
                && !call.body().contains("in_trash")
                && !call.body().contains("start_cursor");
    }

    private static Set<String> onPage(Lab lab, String page) throws IOException {
        Set<String> ids = new HashSet<>(Set.of(page));
        Path stored = lab.staging().resolve("tree/objects/pages/" + page + ".json");
        Finished.collectBlocks(Json.MAPPER.readTree(Files.readAllBytes(stored)).path("blocks"), ids);
        return ids;
    }

    private static void assertSameAsUndisturbed(Lab lab) throws Exception {
        Exports.assertSame(objects(lab), undisturbed);
        Exports.assertEqualsWorkspace(lab, TruthOptions.complete());
    }

    private static Map<String, String> objects(Lab lab) throws Exception {
        return Exports.withoutAddress(lab, Exports.objects(lab.export("export")));
    }

    private static boolean holds(Path directory, String beginning) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(beginning));
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
}
