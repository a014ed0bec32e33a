package dev.saddlebag.configuration;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Judges the cron expressions of timers, in Quartz's form with seconds first. */
public final class Cron {
    private record Field(String name, int least, int most) {}

    private static final int LOOK_AHEAD = 50;

    private static final List<Field> NUMBERS = List.of(
            new Field("second", 0, 59),
            new Field("minute", 0, 59),
            new Field("hour", 0, 23),
            new Field("day of the month", 1, 31),
            new Field("month", 1, 12),
            new Field("day of the week", 1, 7));

    private Cron() {}

    /** What is wrong with {@code cron}, as the rest of a sentence that begins with its name; empty when it is good. */
    public static Optional<String> fault(String cron) {
        String[] fields = cron.trim().split("\\s+", -1);
        if (fields.length < 6 || fields.length > 7) {
            return Optional.of(
                    "must be a cron expression of six fields (second minute hour day month weekday), such as "
                            + "\"0 0 2 * * ?\", but \"" + cron + "\" has " + (cron.isBlank() ? 0 : fields.length));
        }
        return impossibleNumber(fields, cron).or(() -> refusedByQuartz(cron));
    }

    /** When {@code cron}, a good one, fires for the first time after {@code after}; empty when never again. */
    public static Optional<Instant> next(String cron, ZoneId zone, Instant after) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException refused) {
            throw new IllegalArgumentException(cron + " was checked when it was read", refused);
        }
    }

    /**
     * The longest time between two of the next {@value #LOOK_AHEAD} times at which {@code cron}, a good one, fires; empty
     * when it fires less than twice.
     */
    public static Optional<Duration> longestInterval(String cron, ZoneId zone, Instant after) {
        Optional<Duration> longest = Optional.empty();
        Optional<Instant> fired = next(cron, zone, after);
        for (int i = 1; i < LOOK_AHEAD && fired.isPresent(); i++) {
            Optional<Instant> following = next(cron, zone, fired.get());
            if (following.isPresent()) {
                Duration interval = Duration.between(fired.get(), following.get());
                longest = longest.filter(longer -> longer.compareTo(interval) >= 0)
                        .or(() -> Optional.of(interval));
            }
            fired = following;
        }
        return longest;
    }

    /** Quartz itself wraps some numbers that are too large instead of refusing them. */
    private static Optional<String> impossibleNumber(String[] fields, String cron) {
        for (int i = 0; i < NUMBERS.size(); i++) {
            Field field = NUMBERS.get(i);
            for (String number :
                    fields[i].replaceAll("/\\d+|#\\d+|[A-Za-z]+-\\d+", "").split("\\D+", -1)) {
                if (!number.isEmpty() && (number.length() > 2 || outside(field, Integer.parseInt(number)))) {
                    return Optional.of("must be a cron expression, but in \"" + cron + "\" the " + field.name() + " is "
                            + number + " and can only be " + field.least() + " to " + field.most());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean outside(Field field, int number) {
        return number < field.least() || number > field.most();
    }

    private static Optional<String> refusedByQuartz(String cron) {
        try {
            if (new CronExpression(cron).getNextValidTimeAfter(Date.from(Instant.now())) == null) {
                return Optional.of("must be a cron expression that fires, but \"" + cron + "\" never will");
            }
            return Optional.empty();
        } catch (ParseException e) {
            String reason = e.getMessage() == null ? "cannot be read" : e.getMessage();
            return Optional.of("must be a cron expression such as \"0 0 2 * * ?\", but is \"" + cron + "\": " + reason);
        }
    }
}
