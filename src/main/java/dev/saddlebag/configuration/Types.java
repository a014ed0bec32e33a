package dev.saddlebag.configuration;

import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.saddlebag.configuration.Key.ValueType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values that settings have. */
final class Types {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,9})\\s*([smhdw])\\s*");

    private static final Pattern NOTION_ID =
            Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

    static final ValueType<String> TEXT = text -> text;
    static final ValueType<Secret> SECRET = Secret::new;

    private Types() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static ValueType<Integer> wholeNumber(int least, int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new BadValueException("must be a whole number" + range(least, most) + but(text));
            }
            throw new BadValueException("must be a whole number" + range(least, most) + but(text));
        };
    }

    static ValueType<BigDecimal> number(int least, int most) {
        return text -> {
            try {
                BigDecimal number = new BigDecimal(text);
                if (number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new BadValueException("must be a number" + range(least, most) + but(text));
            }
            throw new BadValueException("must be a number" + range(least, most) + but(text));
        };
    }

    static ValueType<OptionalInt> numberOrAuto(int least, int most) {
        return text -> {
            if (text.equals("auto")) {
                return OptionalInt.empty();
            }
            try {
                return OptionalInt.of(wholeNumber(least, most).parse(text));
            } catch (BadValueException e) {
                throw new BadValueException("must be auto or a whole number" + range(least, most) + but(text));
            }
        };
    }

    static ValueType<Boolean> yesOrNo() {
        return text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("must be true or false" + but(text));
        };
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Types::word).toList();
        return text -> {
            if (!words.contains(text)) {
                throw new BadValueException(
                        "must be one of " + String.join(", ", words) + but(text) + Suggestion.hint(text, words));
            }
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        };
    }

    /** Items separated by commas, none of them twice. */
    static <T> ValueType<List<T>> listOf(ValueType<T> type) {
        return text -> {
            var values = new LinkedHashSet<T>();
            for (String item : text.split(",", -1)) {
                if (item.isBlank()) {
                    throw new BadValueException("has an empty place between its commas: \"" + text + "\"");
                }
                if (!values.add(type.parse(item.trim()))) {
                    throw new BadValueException("names " + item.trim() + " twice");
                }
            }
            return List.copyOf(new ArrayList<>(values));
        };
    }

    static ValueType<String> name() {
        return text -> {
            if (!NAME.matcher(text).matches()) {
                throw new BadValueException(
                        "must have names of small letters, digits and hyphens only, but has \"" + text + "\"");
            }
            return text;
        };
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A public key of age. A secret one that is there by mistake is not repeated. */
    static ValueType<String> recipient() {
        return text -> {
            if (text.toUpperCase(Locale.ROOT).startsWith("AGE-SECRET-KEY")) {
                throw new BadValueException("holds a secret key; public keys (age1…) belong there. Take it out, and"
                        + " make a new one if others could read this file");
            }
            try {
                X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
                return text;
            } catch (GeneralSecurityException | RuntimeException e) {
                throw new BadValueException(
                        "must be public keys of age such as age1… with 62 characters, without a slip of the hand"
                                + but(text));
            }
        };
    }

    static ValueType<URI> webAddress() {
        return text -> {
            try {
                URI uri = new URI(text);
                boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                throw new BadValueException("must be a web address such as https://api.notion.com" + but(text));
            }
            throw new BadValueException("must be a web address such as https://api.notion.com" + but(text));
        };
    }

    /** A web address that whoever knows it may call; it is not repeated. A text that Camel will resolve is taken as it is. */
    static ValueType<Secret> secretWebAddress() {
        return text -> {
            if (!Placeholders.isDeferred(text) && !text.matches("https?://[^\\s/]+.*")) {
                throw new BadValueException("must be a web address that begins with https:// or http://");
            }
            return new Secret(text);
        };
    }

    static ValueType<String> host() {
        return text -> {
            if (!text.matches("[A-Za-z0-9.:\\[\\]-]+") || text.contains("://")) {
                throw new BadValueException("must be the name of a host such as file.notion.so" + but(text));
            }
            return text;
        };
    }

    static ValueType<Path> path() {
        return text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new BadValueException("must be a path" + but(text));
            }
        };
    }

    /** An id of Notion's, dashed or not; dashed it comes out. */
    static ValueType<String> notionId() {
        return text -> {
            String digits = text.replace("-", "").toLowerCase(Locale.ROOT);
            if (!NOTION_ID.matcher(digits).matches()) {
                throw new BadValueException("must be an id of Notion's, 32 digits from 0 to f" + but(text));
            }
            return NOTION_ID.matcher(digits).replaceAll("$1-$2-$3-$4-$5");
        };
    }

    static ValueType<String> cron() {
        return text -> {
            var fault = Cron.fault(text);
            if (fault.isPresent()) {
                throw new BadValueException(fault.get());
            }
            return text;
        };
    }

    static ValueType<ZoneId> timeZone() {
        return text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new BadValueException("must be a time zone such as Europe/Vienna" + but(text)
                        + Suggestion.hint(text, ZoneId.getAvailableZoneIds()));
            }
        };
    }

    /** A positive length of time: {@code 36h}, {@code 1d12h}, {@code 90m}, or ISO 8601 such as {@code PT36H}. */
    static ValueType<Duration> duration() {
        return text -> {
            try {
                Duration duration = text.startsWith("P") ? Duration.parse(text) : shortDuration(text);
                if (!duration.isNegative() && !duration.isZero()) {
                    return duration;
                }
            } catch (DateTimeException | ArithmeticException e) {
                throw new BadValueException("must be a length of time such as 36h, 2d or 90m" + but(text));
            }
            throw new BadValueException("must be a length of time such as 36h, 2d or 90m" + but(text));
        };
    }

    private static Duration shortDuration(String text) {
        Duration sum = Duration.ZERO;
        int end = 0;
        Matcher part = DURATION_PART.matcher(text);
        while (part.find() && part.start() == end) {
            sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        return end == text.length() ? sum : Duration.ZERO;
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private static String range(int least, int most) {
        return most == Integer.MAX_VALUE ? " of " + least + " or more" : " from " + least + " to " + most;
    }

    private static String but(String text) {
        return ", but is \"" + text + "\"";
    }
}
