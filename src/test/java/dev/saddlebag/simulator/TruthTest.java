package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {
    static Map<String, JsonNode> truth(NotionSimulator notion, TruthOptions options) {
        return notion.truth(options)
                .objects()
                .collect(Collectors.toMap(
                        Truth.Entry::path,
                        Truth.Entry::content,
                        (a, b) -> {
                            throw new AssertionError("Twice: " + a);
                        },
                        TreeMap::new));
    }

    @ParameterizedTest
    @CsvSource({"1, 5, true", "2, 7, false", "3, 20, true", "4, 61, false", "4, 61, true", "5, 300, true"})
    void aNaiveWalkOfTheApiFindsExactlyTheTruth(long seed, int pages, boolean complete) {
        TruthOptions options = complete ? TruthOptions.complete() : TruthOptions.standard();
        try (var notion = NotionSimulator.start(SampleWorkspace.of(seed, pages), Behaviour.standard())) {
            Map<String, JsonNode> truth = truth(notion, options);
            NaiveBackup backup = new NaiveBackup(notion, complete);
            Map<String, JsonNode> walked = backup.run();

            assertThat(walked.keySet()).isEqualTo(truth.keySet());
            truth.forEach((path, content) ->
                    assertThat(walked.get(path).toString()).as(path).isEqualTo(content.toString()));
            assertThat(truth(notion, options.withTemplates(false)).keySet())
                    .filteredOn(path -> path.startsWith("objects/pages/"))
                    .hasSize(pages);
            assertThat(backup.customEmojis().toString())
                    .isEqualTo(
                            notion.truth(TruthOptions.standard()).customEmojis().toString());
            assertThat(notion.requests().tokenLeaks()).isZero();
        }
    }
}
