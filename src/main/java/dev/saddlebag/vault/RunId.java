package dev.saddlebag.vault;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of one run and of the snapshot that it makes, such as {@code 20261120T020005Z-7f3a91}: its start in UTC and
 * 24 random bits. Everything a run writes carries this name, so that two writers never meet; the order of the names is
 * the order of the starts (facts/vault-study.md §4.1).
 */
public record RunId(String value) implements Comparable<RunId> {
    /** What a run id looks like, for those who find one inside a longer name. */
    static final String FORM = "\\d{8}T\\d{6}Z-[0-9a-f]{6}";

    private static final Pattern PATTERN = Pattern.compile(FORM);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when {@code value} is no run id; the message says what one looks like
     */
    public RunId {
        if (!PATTERN.matcher(value).matches() || !isTime(value)) {
            throw new IllegalArgumentException("\"" + value
                    + "\" is no snapshot id: one looks like 20261120T020005Z-7f3a91 (start in UTC, six hex digits)");
        }
    }

    /** A new id for a run that starts now. */
    public static RunId create(Clock clock, RandomGenerator random) {
        var time = TIME.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        return new RunId("%s-%06x".formatted(time, random.nextInt(1 << 24)));
    }

    /**
     * Reads what a person or a file calls a run.
     *
     * @throws IllegalArgumentException when {@code text} is no run id; the message says what one looks like
     */
    public static RunId parse(String text) {
        return new RunId(text);
    }

    /** The run id at the beginning of {@code name}, if there is one. */
    static Optional<RunId> leading(String name) {
        var matcher = PATTERN.matcher(name);
        return matcher.lookingAt() && isTime(matcher.group())
                ? Optional.of(new RunId(matcher.group()))
                : Optional.empty();
    }

    /** When the run started, to the second. */
    public Instant started() {
        return time(value).toInstant(ZoneOffset.UTC);
    }

    /** An instant in the form that is used inside names, such as {@code 20261120T020005Z}. */
    static String stamp(Instant instant) {
        return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** The instant that {@code text} stands for in that form; empty when it is of another form. */
    static Optional<Instant> stamped(String text) {
        return text.length() == 16 && isTime(text)
                ? Optional.of(time(text).toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    private static LocalDateTime time(String value) {
        return LocalDateTime.parse(value.substring(0, 16), TIME);
    }

    private static boolean isTime(String value) {
        try {
            return time(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
