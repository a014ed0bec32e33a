package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.upkeep.PruneReport;
import dev.saddlebag.upkeep.VerifyReport;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Repairer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to vaults between runs, on whole vaults that the routes have filled. */
class UpkeepTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void open() throws IOException {
        lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard())
                .with("saddlebag.workspace.acme.keep-within", "PT0.001S");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_verification_reads_each_stored_file_in_its_turn_and_leaves_a_report() throws Exception {
        lab.with("saddlebag.workspace.acme.verify-days", "2");
        lab.backup();

        VerifyReport first = verify();

        assertThat(first.isSound()).as(first.sentence()).isTrue();
        assertThat(first.files()).isPositive().isLessThan(first.ofFiles());
        assertThat(first.sentence()).contains("acme at vault: read " + first.files(), "all is as it was written");
        assertThat(VerifyReport.last(lab.state(), "acme", "vault")).contains(first);
        JsonNode times =
                Json.MAPPER.readTree(Files.readAllBytes(lab.state().resolve("acme/verified/vault.times.json")));
        assertThat(times.path("read").elements().next()).hasSize(first.files());
    }

    @Test
    void listings_alone_are_looked_at_when_no_file_is_to_be_read() throws Exception {
        lab.with("saddlebag.workspace.acme.verify-days", "0");
        lab.backup();

        assertThat(verify().files()).isZero();
        Files.delete(pack());
        assertThat(verify().damage()).isNotEmpty();
    }

    @Test
    void a_damaged_file_is_found_in_its_turn_and_said_until_it_is_repaired() throws Exception {
        lab.with("saddlebag.workspace.acme.verify-days", "1");
        lab.backup();
        Path pack = pack();
        byte[] sound = Files.readAllBytes(pack);
        byte[] flipped = sound.clone();
        flipped[flipped.length / 2] ^= 1;
        Files.write(pack, flipped);

        VerifyReport found = verify();

        assertThat(found.isSound()).isFalse();
        assertThat(found.damage())
                .anySatisfy(sentence ->
                        assertThat(sentence).contains(pack.getFileName().toString(), "concerns"));
        assertThat(found.sentence()).contains("DAMAGE", "saddlebag repair --workspace acme --destination vault");
        assertThat(verify().damage()).as("again, though it had its turn").isNotEmpty();
        Files.write(pack, sound);
        assertThat(verify().isSound()).isTrue();
    }

    @Test
    void what_is_lost_for_good_is_no_news_any_more_once_the_newest_snapshot_is_whole() throws Exception {
        lab.backup();
        Path pack = pack();
        Files.delete(pack);
        Repairer.Repaired repaired =
                new Repairer(lab.vault(), Map.of(), lab.flow().vaults().spool("acme"), "vault").repair(Level.FULL);
        assertThat(repaired.lost()).containsExactly("data/" + pack.getFileName());
        assertThat(verify().damage()).as("the newest snapshot needs it").isNotEmpty();

        RunSummary next = lab.backup("changed");

        assertThat(next.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(next.depth()).isEqualTo("sweep");
        assertThat(lab.vault().verify(Level.FULL, run -> run.value().equals(next.run()), List.of()))
                .noneMatch(Finding::isDamage);
        VerifyReport after = verify();
        assertThat(after.damage()).isEmpty();
        assertThat(after.lost()).isNotEmpty();
    }

    @Test
    void a_destination_that_is_away_is_told_and_nothing_is_called_damaged() throws Exception {
        lab.backup();
        Path vault = folder.resolve("vault");
        Files.move(vault, folder.resolve("away"));
        Files.writeString(vault, "not a folder");

        VerifyReport report = verify();

        assertThat(report.error()).isNotEmpty();
        assertThat(report.damage()).isEmpty();
        assertThat(report.sentence()).contains("acme at vault: could not be verified");
    }

    @Test
    void before_the_first_snapshot_there_is_nothing_to_complain_of() throws Exception {
        assertThat(verify().isSound()).isTrue();
    }

    @Test
    void nothing_is_pruned_by_itself_before_a_run_or_after_one_that_was_not_accepted() throws Exception {
        assertThat(pruneAfterGoodRun().error()).contains("no run yet");
        fourSnapshots();
        lab.restart("saddlebag.workspace.acme.gate.minimum-pages", "100000");
        assertThat(lab.backup("sweep").outcome()).isEqualTo(Outcome.HELD);

        PruneReport held = pruneAfterGoodRun();

        assertThat(held.isDone()).isFalse();
        assertThat(held.sentence()).contains("Nothing was pruned", "held");
        assertThat(lab.vault().snapshots()).hasSize(4);
        lab.restart("saddlebag.workspace.acme.gate.minimum-pages", "1");
        lab.backup("sweep");
        assertThat(pruneAfterGoodRun().pruned().orElseThrow().kept()).isEqualTo(3);
    }

    @Test
    void nothing_is_pruned_by_itself_after_a_partial_run() throws Exception {
        fourSnapshots();
        Path newest;
        try (Stream<Path> runs = Files.list(lab.state().resolve("acme/runs"))) {
            newest = runs.sorted()
                    .reduce((earlier, later) -> later)
                    .orElseThrow()
                    .resolve("run_summary.json");
        }
        Files.writeString(newest, Files.readString(newest).replace("\"complete\"", "\"partial\""));

        assertThat(pruneAfterGoodRun().sentence()).contains("Nothing was pruned", "partial");
        assertThat(lab.vault().snapshots()).hasSize(4);
    }

    @Test
    void runs_need_no_right_to_delete_when_another_destination_prunes() throws Exception {
        Path routes = copyOfRoutes();
        Files.copy(
                Path.of("src/test/resources/dev/saddlebag/routes/keeper/keeper.kamelet.yaml"),
                routes.resolve("destinations/keeper.kamelet.yaml"));
        lab.with("saddlebag.routes-directory", routes.toString()).with("saddlebag.destination.vault.kind", "keeper");
        fourSnapshots();
        assertThat(pruneAfterGoodRun().pruned().orElseThrow().kept()).isEqualTo(3);
        String hidden = lab.vault().survey().hidden().iterator().next().value();
        assertThatThrownBy(() -> lab.flow().upkeep().pruner("acme", "vault").undelete(hidden))
                .as("to undelete is to delete a marker")
                .hasMessageContaining("may not delete");

        lab.restart("saddlebag.destination.vault.prune-with", "janitor");
        lab.with("saddlebag.destination.janitor.kind", "keeper")
                .with("saddlebag.destination.janitor.directory", "vault")
                .with("saddlebag.destination.janitor.may-delete", "yes");

        assertThat(lab.flow().upkeep().pruner("acme", "vault").undelete(hidden).value())
                .isEqualTo(hidden);
        assertThat(pruneAfterGoodRun().pruned().orElseThrow().kept()).isEqualTo(3);
        assertThat(lab.backup("sweep").outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void runs_that_follow_each_other_at_once_sort_in_their_order_in_every_process() throws Exception {
        String last = "";
        for (int process = 0; process < 4; process++) {
            lab.restart("saddlebag.workspace.acme.keep-last", String.valueOf(3 + process));
            String run = lab.backup("sweep").run();
            assertThat(run).isGreaterThan(last);
            assertThat(lab.vault().find("latest").id().value()).isEqualTo(run);
            last = run;
        }
    }

    private void fourSnapshots() throws Exception {
        for (int run = 0; run < 4; run++) {
            assertThat(lab.backup("sweep").outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    private VerifyReport verify() throws Exception {
        return lab.flow().upkeep().verify("acme", "vault");
    }

    private PruneReport pruneAfterGoodRun() throws Exception {
        return lab.flow().upkeep().pruneAfterGoodRun("acme", "vault", false);
    }

    private Path pack() throws IOException {
        try (Stream<Path> data = Files.list(folder.resolve("vault/acme/data"))) {
            return data.filter(file -> file.toString().endsWith("-p0001.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path copyOfRoutes() throws IOException {
        Path routes = folder.resolve("routes");
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return routes;
    }
}
