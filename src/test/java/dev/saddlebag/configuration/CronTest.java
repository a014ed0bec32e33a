package dev.saddlebag.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 2 * * ?",
                "0/15 * * * * ?",
                "0 0 4 ? * SUN",
                "0 0 4 ? * MON-FRI",
                "0 30 1,13 L * ?",
                "0 0 3 ? * 6#3",
                "0 0 3 LW JAN-MAR ? 2020-2099",
                "0 0/30 * * * ?",
                "0 0 2 ? * 2L",
                "0 0 2 15W * ?"
            })
    void goodOnesPass(String cron) {
        assertThat(Cron.fault(cron)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "0 0 2 * *",
                "99 99 * * * ?",
                "0 60 * * * ?",
                "0 0 24 * * ?",
                "0 0 2 32 * ?",
                "0 0 2 * 13 ?",
                "0 0 2 ? * 8",
                "0 0 2 * * *",
                "0 0 2 ? * XYZ",
                "0 0 2 30 2 ?",
                "0 0 2 * * ? 2001",
                "0 1-60 * * * ?",
                "0 0/90 * * * ?",
                "0 0 2 * * ? 2001 7"
            })
    void badOnesAreRefused(String cron) {
        assertThat(Cron.fault(cron)).isPresent();
    }

    @Test
    void theNextTimeIsInTheZoneOfTheTimerAndAfterTheMomentThatIsGiven() {
        Instant saturday = Instant.parse("2026-11-21T12:00:00Z");

        assertThat(Cron.next("0 0 4 ? * SUN", ZoneOffset.UTC, saturday))
                .contains(Instant.parse("2026-11-22T04:00:00Z"));
        assertThat(Cron.next("0 0 4 ? * SUN", ZoneId.of("Asia/Tokyo"), saturday))
                .contains(Instant.parse("2026-11-21T19:00:00Z"));
        assertThat(Cron.next("0 0 4 ? * SUN", ZoneOffset.UTC, Instant.parse("2026-11-22T04:00:00Z")))
                .contains(Instant.parse("2026-11-29T04:00:00Z"));
    }

    @Test
    void theTimeOfDayStaysWhenTheClocksAreSetBack() {
        ZoneId vienna = ZoneId.of("Europe/Vienna");

        assertThat(Cron.next("0 0 4 * * ?", vienna, Instant.parse("2026-10-24T12:00:00Z")))
                .contains(Instant.parse("2026-10-25T03:00:00Z"));
        assertThat(Cron.next("0 0 4 * * ?", vienna, Instant.parse("2026-10-23T12:00:00Z")))
                .contains(Instant.parse("2026-10-24T02:00:00Z"));
    }

    @Test
    void whatWillNeverFireAgainHasNoNextTime() {
        assertThat(Cron.next("0 0 4 1 1 ? 2026", ZoneOffset.UTC, Instant.parse("2026-11-21T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void theLongestIntervalOfASchedule() {
        Instant monday = Instant.parse("2026-11-16T12:00:00Z");

        assertThat(Cron.longestInterval("0 0 2 * * ?", ZoneOffset.UTC, monday)).contains(Duration.ofDays(1));
        assertThat(Cron.longestInterval("0 0 2 ? * MON-FRI", ZoneOffset.UTC, monday))
                .contains(Duration.ofDays(3));
        assertThat(Cron.longestInterval("0 0 2 1 1 ? 2027", ZoneOffset.UTC, monday))
                .isEmpty();
    }
}
