package dev.saddlebag.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final Pace PACE = new Pace(Duration.ofSeconds(5));

    @ParameterizedTest
    @CsvSource({"PT0S,PT5S", "PT2M,PT5S", "PT10M,PT24S", "PT25M,PT1M", "PT30H,PT1M"})
    void the_longer_an_export_takes_the_less_often_it_is_asked_about(Duration elapsed, Duration wait) {
        assertThat(PACE.after(elapsed)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"1,PT0S,PT5S", "2,PT0S,PT10S", "4,PT0S,PT40S", "5,PT0S,PT1M", "40,PT0S,PT1M", "1,PT7M,PT7M"})
    void after_misses_it_waits_twice_as_long_each_time_or_as_long_as_it_is_told(int nth, Duration told, Duration wait) {
        assertThat(PACE.afterMiss(nth, told)).isEqualTo(wait);
    }

    @Property
    void a_wait_is_never_shorter_than_the_interval_nor_longer_than_twelve(@ForAll @IntRange(min = 0) int seconds) {
        assertThat(PACE.after(Duration.ofSeconds(seconds))).isBetween(PACE.interval(), PACE.slowest());
    }
}
