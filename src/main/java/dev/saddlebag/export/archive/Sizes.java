package dev.saddlebag.export.archive;

import java.util.Locale;

/** How messages write sizes and names. */
final class Sizes {
    private static final int LONGEST = 300;

    private Sizes() {}

    static String text(long bytes) {
        if (bytes < 10_000) {
            return "%,d bytes".formatted(bytes);
        }
        if (bytes < 10L << 30) {
            return String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1 << 20));
        }
        return String.format(Locale.ROOT, "%,.1f GiB", bytes / (double) (1 << 30));
    }

    /** A name in quotes, without what could play tricks on a terminal. */
    static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().limit(LONGEST).forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                text.append("\\u%04x".formatted(point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.append(name.codePointCount(0, name.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }
}
