package dev.saddlebag.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The ways in which Notion writes times (facts/notion-api.md §3.1). */
final class Times {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:00.000'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLISECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SIGNING =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter HEADER = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** Pages, blocks, data sources and comments: rounded down to the minute. */
    static String minute(long epochMinute) {
        return MINUTE.format(Instant.ofEpochSecond(epochMinute * 60));
    }

    /** Databases and views: to the millisecond, with an offset. */
    static String millisecond(Instant instant) {
        return MILLISECOND.format(instant);
    }

    /** The time in a signed URL. */
    static String signing(Instant instant) {
        return SIGNING.format(instant);
    }

    /** The time in the headers of an answer, as RFC 1123 writes it. */
    static String header(Instant instant) {
        return HEADER.format(instant);
    }

    static long minuteOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 60);
    }
}
