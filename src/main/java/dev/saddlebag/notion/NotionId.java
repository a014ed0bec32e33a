package dev.saddlebag.notion;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Ids as Saddlebag keeps them: UUIDs, dashed and lower-case. Notion shows the same id in many dresses: with and without
 * dashes, at the end of a page's address, in upper case.
 */
public final class NotionId {
    private static final Pattern DASHED =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern AT_THE_END =
            Pattern.compile("(?<![0-9a-f])([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$");

    private NotionId() {}

    /** Tells whether {@code text} is an id in the form in which Saddlebag keeps them. */
    public static boolean isDashed(String text) {
        return DASHED.matcher(text).matches();
    }

    /**
     * The id in {@code text}: an id in any dress, or a page's address.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static String dashed(String text) {
        String path = text.strip().toLowerCase(Locale.ROOT).replaceFirst("[?#].*$", "");
        var found = AT_THE_END.matcher(path);
        if (!found.find()) {
            throw new IllegalArgumentException("\"" + text + "\" is no Notion id: 32 hexadecimal digits are expected, "
                    + "with or without dashes, alone or at the end of a page's address");
        }
        return String.join("-", found.group(1), found.group(2), found.group(3), found.group(4), found.group(5));
    }
}
