package dev.saddlebag.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Names and numbers, as the sentences of the gate show them. */
final class Words {
    private static final int LONGEST = 60;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Words() {}

    /** A title that anybody may have written, in one short piece of one line. */
    static String quoted(String title) {
        String plain = title.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        if (plain.isEmpty()) {
            return "one without a title";
        }
        int end = plain.length() <= LONGEST
                ? plain.length()
                : plain.offsetByCodePoints(0, Math.min(LONGEST, plain.codePointCount(0, plain.length())));
        return "\"" + plain.substring(0, end) + (end < plain.length() ? "…" : "") + "\"";
    }

    /** Some of {@code all} by name, and how many more there are. */
    static String list(List<String> named, long all) {
        return list(named, all, ", ");
    }

    static String list(List<String> named, long all, String between) {
        long more = all - named.size();
        return String.join(between, named) + (more > 0 ? " and " + more + " more" : "");
    }

    /** "1 page", "2 pages". */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** The share in percent, rounded up to one decimal, so that a broken limit never looks as if it were kept. */
    static BigDecimal percent(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 1, RoundingMode.CEILING);
    }

    /** Whether the share is larger than the limit, by the unrounded numbers. */
    static boolean exceeds(long part, long whole, BigDecimal limit) {
        return BigDecimal.valueOf(part).multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(whole))) > 0;
    }

    static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.toPlainString();
    }
}
