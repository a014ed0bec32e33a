package dev.saddlebag.export.tree;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Dates that Notion words by the day of the export, such as {@code @Today}: as part of a title they change every day
 * although nobody edits anything (facts/notion-export.md §2.4). A day of this week is a bare weekday, one of the week before
 * is the last such day, and what is further away has its date. Tables always have the date. Only the English words are
 * known; exports are asked for in English.
 */
final class RelativeDates {
    private static final String DAY = "(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
    private static final String END = "(?![\\p{L}\\p{N}])";
    private static final Pattern PERHAPS =
            Pattern.compile("@(?:(Today|Yesterday|Tomorrow)|(?:(Last|Next) )?" + DAY + ")" + END);
    private static final Pattern SURELY =
            Pattern.compile("@(?:(Today|Yesterday|Tomorrow)|(Last|Next) " + DAY + ")" + END);
    /** As Notion words a date that is further away. */
    private static final DateTimeFormatter FAR = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.US);

    private RelativeDates() {}

    /** Whether the text may hold such a date; a bare weekday may also be what somebody typed. */
    static boolean mayBeIn(String text) {
        return text.indexOf('@') >= 0 && PERHAPS.matcher(text).find();
    }

    static boolean areIn(String text) {
        return text.indexOf('@') >= 0 && SURELY.matcher(text).find();
    }

    /** The text as it will be worded once each such date is further away; bare weekdays stay. */
    static String absolute(String text, LocalDate today) {
        return areIn(text) ? worded(SURELY, text, today) : text;
    }

    /** The same with bare weekdays. */
    static String absoluteThroughout(String text, LocalDate today) {
        return mayBeIn(text) ? worded(PERHAPS, text, today) : text;
    }

    /** The text with one word for each such date: for templates, whose date is always that of the day. */
    static String without(String text) {
        return areIn(text) ? SURELY.matcher(text).replaceAll("@date") : text;
    }

    private static String worded(Pattern words, String text, LocalDate today) {
        return words.matcher(text).replaceAll(found -> "@" + FAR.format(date(found, today)));
    }

    private static LocalDate date(MatchResult found, LocalDate today) {
        if (found.group(1) != null) {
            return switch (found.group(1)) {
                case "Yesterday" -> today.minusDays(1);
                case "Tomorrow" -> today.plusDays(1);
                default -> today;
            };
        }
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        int weeks = found.group(2) == null ? 0 : found.group(2).equals("Last") ? -1 : 1;
        DayOfWeek day = DayOfWeek.valueOf(found.group(3).toUpperCase(Locale.ROOT));
        return monday.plusWeeks(weeks).plusDays(day.getValue() - 1L);
    }
}
