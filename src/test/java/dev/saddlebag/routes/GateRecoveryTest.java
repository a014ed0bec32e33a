package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.gate.Verdict;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is compared with when this host has forgotten what was accepted last. */
class GateRecoveryTest {
    @TempDir
    Path folder;

    private Lab lab;

    private void open(String sources) throws IOException {
        lab = new Lab(folder, SampleWorkspace.of(1, 60), Behaviour.standard()).exporting(sources);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void encrypted(Identity reader) throws IOException {
        open("api");
        lab.with(
                "saddlebag.workspace.acme.recipients",
                reader.recipient().text() + ", " + Identity.create().recipient().text());
    }

    /** Ten pages of the workspace are gone, and nobody knows any more that they were there. */
    private void loseStateAndDatabases() {
        lab.restart("saddlebag.state-directory", "another-state");
        List<String> databases = lab.notion().workspace().databases();
        databases.forEach(database -> lab.notion().workspace().deleteDatabase(database));
    }

    @Test
    void an_encrypted_snapshot_is_compared_with_when_an_identity_is_at_hand() throws Exception {
        Identity reader = Identity.create();
        encrypted(reader);
        RunSummary good = lab.backup();
        Files.writeString(folder.resolve("reader.txt"), reader.reveal() + "\n");
        lab.with("saddlebag.workspace.acme.identities", "reader.txt");
        loseStateAndDatabases();

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().baseline()).isEqualTo(good.run());
        assertThat(warnings(held)).contains("was read from its catalogue again: whether pages were emptied could not");
    }

    @Test
    void an_encrypted_snapshot_that_cannot_be_read_leaves_the_minimums_and_a_warning() throws Exception {
        encrypted(Identity.create());
        RunSummary good = lab.backup();
        loseStateAndDatabases();

        RunSummary blind = lab.backup();

        assertThat(blind.outcome()).as(blind.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(blind.verdict().words()).isEqualTo("accepted with warnings");
        assertThat(blind.verdict().baseline()).isNull();
        assertThat(warnings(blind))
                .contains(
                        "What " + good.run() + ", which was accepted last, holds cannot be read here: it is encrypted")
                .contains("Only the minimums were applied");
        RunSummary next = lab.backup();
        assertThat(next.verdict().baseline()).isEqualTo(blind.run());
        assertThat(next.verdict().words()).isEqualTo("accepted");
    }

    @Test
    void the_newest_snapshot_of_the_same_source_is_taken_though_another_is_newer() throws Exception {
        open("api");
        RunSummary api = lab.backup();
        lab.restart("saddlebag.workspace.acme.source", "export");
        RunSummary export = lab.backup();
        assertThat(export.source()).isEqualTo("export");

        lab.restart("saddlebag.workspace.acme.source", "api");
        loseStateAndDatabases();
        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().baseline()).isEqualTo(api.run());

        lab.restart("saddlebag.workspace.acme.source", "export");
        RunSummary heldExport = lab.backup();
        assertThat(heldExport.outcome()).as(heldExport.sentence()).isEqualTo(Outcome.HELD);
        assertThat(heldExport.verdict().baseline()).isEqualTo(export.run());
        assertThat(warnings(heldExport))
                .contains(
                        "whether pages were emptied, and whether many pages were edited, and whether there are more dead"
                                + " links could not be compared this time");
    }

    /** What this host has kept is lost but for the record of the newest snapshot, and no vault can be asked. */
    private Path loseAllButTheRecord() throws IOException {
        Files.delete(lab.state().resolve("acme/baseline-api.jsonl"));
        PathUtils.deleteDirectory(lab.state().resolve("acme/accepted"));
        Path away = folder.resolve("vault-away");
        Files.move(folder.resolve("vault"), away);
        return away;
    }

    @Test
    void the_counts_of_the_newest_record_are_compared_when_nothing_else_is_left() throws Exception {
        open("api");
        RunSummary good = lab.backup();
        Path away = loseAllButTheRecord();
        List<String> all = lab.notion().workspace().standalonePages();
        List<String> leaves = all.subList(1, all.size());
        leaves.forEach(page -> lab.notion().workspace().deletePage(page));

        RunSummary held = lab.backup();

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(held.verdict().baseline()).isEqualTo(good.run());
        assertThat(held.sentence())
                .contains((good.counts().pages() - held.counts().pages()) + " of the "
                        + good.counts().pages() + " pages in " + good.run() + " are gone");
        assertThat(held.verdict().faults()).extracting(Verdict.Finding::rule).containsOnly("maximum-drop-percent");
        assertThat(warnings(held))
                .contains("Of the snapshot " + good.run()
                        + ", which this one is compared with, only the counts are known" + " here.")
                .contains("the next run compares them again");

        Files.move(away, folder.resolve("vault"));
        leaves.forEach(page -> lab.notion().workspace().restorePage(page));
        RunSummary passed = lab.backup();
        assertThat(passed.outcome()).as(passed.sentence()).isEqualTo(Outcome.COMPLETE);
        RunSummary next = lab.backup();
        assertThat(next.verdict().baseline()).isEqualTo(passed.run());
        assertThat(next.verdict().words()).isEqualTo("accepted");
        assertThat(next.verdict().count()).containsKey("pages_changed");
    }

    @Test
    void counts_of_which_nobody_knows_the_source_are_named_and_hold_nothing() throws Exception {
        open("api,export");
        RunSummary good = lab.backup();
        Path away = loseAllButTheRecord();
        List<String> databases = lab.notion().workspace().databases();
        databases.forEach(database -> lab.notion().workspace().deleteDatabase(database));

        RunSummary passed = lab.backup();

        assertThat(passed.verdict().accepted()).as(passed.sentence()).isTrue();
        assertThat(passed.verdict().baseline()).isEqualTo(good.run());
        assertThat(warnings(passed))
                .contains("only the counts are known here.")
                .contains("From which source " + good.run()
                        + " came is not known, so that what is fewer now is only named")
                .contains(" databases in " + good.run() + " are gone");
        assertThat(away).exists();
    }

    private static String warnings(RunSummary summary) {
        return String.join(
                " ",
                summary.verdict().warnings().stream()
                        .map(Verdict.Finding::sentence)
                        .toList());
    }
}
