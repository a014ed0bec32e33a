package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A workspace of a real size, with the heap that the launcher gives. Runs when {@code saddlebag.scale} is true. */
@Tag("scale")
@EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
class CollectScaleTest {
    private static final int PAGES = 100_000;

    @TempDir
    Path folder;

    @Test
    void a_hundred_thousand_pages_are_backed_up_whole_with_256_mebibytes_of_heap() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(1, PAGES), Behaviour.standard()).readable()) {
            // What a test of this size asked for is not worth its memory.
            lab.notion().requests().keepEntries(false);
            backUp(lab);
            JsonNode first = completeness(lab, "first");
            assertThat(first.path("complete").asBoolean()).isTrue();
            assertThat(first.at("/counts/pages").asInt()).isGreaterThanOrEqualTo(PAGES);

            int requests = lab.notion().requests().total();
            backUp(lab);

            assertThat(lab.notion().requests().total() - requests).isLessThan(requests / 50);
            assertThat(completeness(lab, "second").at("/counts/pages")).isEqualTo(first.at("/counts/pages"));
            assertThat(lab.vault().verify(Level.FULL, any -> true, List.of())).noneMatch(Finding::isDamage);
        }
    }

    private static void backUp(Lab lab) throws Exception {
        try (BackupProcess process = BackupProcess.start(lab)) {
            process.awaitCompletion();
        }
    }

    private JsonNode completeness(Lab lab, String name) throws Exception {
        Path export = folder.resolve(name);
        lab.vault()
                .export(
                        lab.vault().find("latest"),
                        export,
                        entry -> entry.path().equals("completeness.json"),
                        dev.saddlebag.vault.Progress.NONE);
        return Json.MAPPER.readTree(Files.readAllBytes(export.resolve("completeness.json")));
    }
}
