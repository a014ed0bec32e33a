package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {
    static Map<String, JsonNode> truth(NotionSimulator notion) {
        return notion.truth(TruthOptions.standard())
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
    @CsvSource({"1, 5", "2, 7", "3, 20", "4, 61", "5, 300"})
    void aNaiveWalkOfTheApiFindsExactlyTheTruth(long seed, int pages) {
        try (var notion = NotionSimulator.start(SampleWorkspace.of(seed, pages), Behaviour.standard())) {
            Map<String, JsonNode> truth = truth(notion);
            NaiveBackup backup = new NaiveBackup(notion);
            Map<String, JsonNode> walked = backup.run();

            assertThat(walked.keySet()).isEqualTo(truth.keySet());
            truth.forEach((path, content) ->
                    assertThat(walked.get(path).toString()).as(path).isEqualTo(content.toString()));
            assertThat(truth.keySet().stream().filter(path -> path.startsWith("objects/pages/")))
                    .hasSize(pages);
            assertThat(backup.customEmojis().toString())
                    .isEqualTo(
                            notion.truth(TruthOptions.standard()).customEmojis().toString());
            assertThat(notion.requests().tokenLeaks()).isZero();
        }
    }
}
