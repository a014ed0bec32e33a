package dev.saddlebag.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and numbers in the form in which reports have them. */
final class Words {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Words() {}

    /** {@code 2026-11-20 03:00 (Europe/Vienna)}. */
    static String time(Instant when, ZoneId zone) {
        return MINUTE.format(when.atZone(zone)) + " (" + zone.getId() + ")";
    }

    /** A length of time in one unit, of which there are two at least. */
    static String span(Duration time) {
        if (time.toDays() >= 2) {
            return time.toDays() + " days";
        }
        if (time.toHours() >= 2) {
            return time.toHours() + " hours";
        }
        return time.toMinutes() >= 2 ? time.toMinutes() + " minutes" : Math.max(0, time.toSeconds()) + " seconds";
    }

    /** {@code 1st}, {@code 2nd}, {@code 11th}. */
    static String nth(int number) {
        boolean teen = number % 100 / 10 == 1;
        return number
                + switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    static String amount(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
