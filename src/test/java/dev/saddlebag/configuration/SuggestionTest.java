package dev.saddlebag.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> STEPS = List.of("log", "loop", "to", "toD", "split", "setBody", "throttle");

    @ParameterizedTest
    @CsvSource({"lgo, log", "lop, loop", "spilt, split", "setbody, setBody", "throtle, throttle", "too, to"})
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Suggestion.nearest(word, STEPS)).contains(meant);
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(Suggestion.hint("aggregate", STEPS)).isEmpty();
        assertThat(Suggestion.hint("x", STEPS)).isEmpty();
    }
}
