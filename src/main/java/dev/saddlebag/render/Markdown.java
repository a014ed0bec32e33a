package dev.saddlebag.render;

import java.util.Locale;
import java.util.regex.Pattern;

/** What must be written differently in Markdown to be read as it is. */
final class Markdown {
    /** Where a line would begin something else than a paragraph, or end one. */
    private static final Pattern LINE_START = Pattern.compile(
            "(?=#{1,6}(?:[ \\t]|$))|(?=[-+*](?:[ \\t]|$))|(?=>)" + "|(?=[-=_][-=_ \\t]*$)|(?=[-:|][-:| \\t]*$)");

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,9})([.)])(?=[ \\t]|$)");
    private static final Pattern ENTITY = Pattern.compile("&(?=#|[A-Za-z][A-Za-z0-9]{0,31};)");
    private static final Pattern TAG = Pattern.compile("<(?=[A-Za-z/!?])");
    /** What readers of GitHub's kind make a link of by themselves. */
    private static final Pattern BARE_ADDRESS =
            Pattern.compile("(?:(?:https?|ftp)(?=://)|(?<![\\p{L}\\p{N}])www(?=\\.))", Pattern.CASE_INSENSITIVE);

    private static final Pattern AUTOLINK = Pattern.compile("https?://[!#-;=?-Z_a-z~-]+");
    private static final Pattern NO_SLUG = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]");

    private Markdown() {}

    /**
     * Escapes a piece of a line.
     *
     * @param inTable whether the piece stands in a cell
     * @param inLink whether it is the text of a link
     * @param beforeLink whether a link may follow
     */
    static String escape(String text, boolean inTable, boolean inLink, boolean beforeLink) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        boolean hasDollars = text.indexOf('$') != text.lastIndexOf('$');
        int address = firstSpecialAddress(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            char before = i > 0 ? text.charAt(i - 1) : 0;
            boolean mustEscape = switch (c) {
                case '`', '[', '~' -> true;
                case '*' -> !(isSpace(before) && isSpace(next));
                case '_' -> !(Character.isLetterOrDigit(before) && Character.isLetterOrDigit(next));
                case '\\' -> !(Character.isLetterOrDigit(next) || isSpace(next));
                case ']' -> inLink;
                case '|' -> inTable;
                case '<' -> next == 0 || startsWith(TAG, text, i);
                case '&' -> next == 0 || startsWith(ENTITY, text, i);
                case '!' -> next == 0 && beforeLink;
                case '$' -> hasDollars;
                case '%' -> next == '%';
                case '=' -> next == '=' && before != '=' && i + 2 < text.length() && !isSpace(text.charAt(i + 2));
                case ':', '.' -> i == address;
                default -> false;
            };
            if (mustEscape) {
                escaped.append('\\');
            }
            escaped.append(c);
            if (i == address) {
                int rest = firstSpecialAddress(text.substring(i + 1));
                address = rest < 0 ? -1 : rest + i + 1;
            }
        }
        return escaped.toString();
    }

    /** Where an address without a link is to be broken, because what is escaped in it would become a part of it. */
    private static int firstSpecialAddress(String text) {
        var start = BARE_ADDRESS.matcher(text);
        while (start.find()) {
            int end = start.end();
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            String address = text.substring(start.end(), end);
            if (address.chars().anyMatch(c -> "*_~[`\\|$<&%=".indexOf(c) >= 0)) {
                return start.end();
            }
        }
        return -1;
    }

    private static boolean startsWith(Pattern pattern, String text, int at) {
        return pattern.matcher(text)
                .region(at, text.length())
                .useTransparentBounds(true)
                .lookingAt();
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    /** Escapes what a line of text must not begin with; inline escapes are there already. */
    static String escapeStart(String line) {
        var number = NUMBERED.matcher(line);
        if (number.lookingAt()) {
            return number.group(1) + '\\' + line.substring(number.end(1));
        }
        return LINE_START.matcher(line).lookingAt() ? '\\' + line : line;
    }

    /** A heading may not end with what would close it. */
    static String escapeHeadingEnd(String heading) {
        int end = heading.length();
        while (end > 0 && heading.charAt(end - 1) == '#') {
            end--;
        }
        boolean closes = end < heading.length() && (end == 0 || isSpace(heading.charAt(end - 1)));
        return closes ? heading.substring(0, end) + '\\' + heading.substring(end) : heading;
    }

    /** A text of one line that may stand anywhere: in a cell, at the beginning or the end of a line, in a link. */
    static String escapeAnywhere(String text) {
        String line = escape(oneLine(text), true, true, true);
        String start = line.startsWith(".") || line.startsWith(")") ? '\\' + line : escapeStart(line);
        return escapeHeadingEnd(start);
    }

    /** Whether an address can stand for itself between angle brackets. */
    static boolean explainsItself(String address) {
        return AUTOLINK.matcher(address).matches() && !ENTITY.matcher(address).find();
    }

    /** Without ends of lines, and without spaces around. */
    static String oneLine(String text) {
        return text.replaceAll("[\\n\\u0085\\u2028\\u2029]+", " ").replaceAll("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$", "");
    }

    /** An address as the destination of a link, also in a cell. */
    static String destination(String address) {
        StringBuilder encoded = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c <= ' ' || "()<>\\|\"`*[]".indexOf(c) >= 0) {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else if (c == '&' && startsWith(ENTITY, address, i)) {
                encoded.append("&amp;");
            } else if (Character.isWhitespace(c)) {
                encoded.append("%20");
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    /** The path of a local file as the destination of a link. */
    static String localDestination(String path) {
        return destination(path.replace("%", "%25").replace("?", "%3F").replace("#", "%23"));
    }

    /** The name of a heading in an address, as GitHub makes it. */
    static String slug(String heading) {
        return NO_SLUG.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    }
}
