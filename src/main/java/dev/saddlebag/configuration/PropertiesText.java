package dev.saddlebag.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a properties file as {@link java.util.Properties} does, but remembers the line on which each
 * setting begins, keeps what is set twice, and goes on after a mistake.
 */
final class PropertiesText {
    private final String file;
    private final List<String> lines;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private int next;

    private PropertiesText(String file, String text) {
        this.file = file;
        this.lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    /** What a text holds: its settings in their order, and its mistakes. */
    record Content(List<Entry> entries, List<Mistake> mistakes) {}

    static Content read(String file, String text) {
        var reader = new PropertiesText(file, text);
        while (reader.next < reader.lines.size()) {
            reader.readSetting();
        }
        return new Content(List.copyOf(reader.entries), List.copyOf(reader.mistakes));
    }

    private void readSetting() {
        String first = nextLine();
        int number = next;
        if (first.isEmpty() || first.charAt(0) == '#' || first.charAt(0) == '!') {
            return;
        }
        var setting = new StringBuilder(first);
        while (isContinued(setting)) {
            setting.setLength(setting.length() - 1);
            if (next < lines.size()) {
                if (setting.isEmpty()) {
                    return;
                }
                setting.append(nextLine());
            }
        }
        add(setting.toString(), number);
    }

    private String nextLine() {
        String line = lines.get(next++);
        int start = 0;
        while (start < line.length() && isBlank(line.charAt(start))) {
            start++;
        }
        return line.substring(start);
    }

    private static boolean isContinued(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void add(String setting, int number) {
        int end = endOfKey(setting);
        try {
            String key = unescape(setting.substring(0, end));
            entries.add(new Entry(key, unescape(setting.substring(startOfValue(setting, end))), file, number));
        } catch (BadValueException e) {
            mistakes.add(new Mistake(
                    file, number, setting.substring(0, end), setting.substring(0, end) + ": " + e.getMessage()));
        }
    }

    private static int endOfKey(String setting) {
        int end = 0;
        while (end < setting.length() && !isSeparator(setting.charAt(end)) && !isBlank(setting.charAt(end))) {
            end += setting.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, setting.length());
    }

    private static int startOfValue(String setting, int endOfKey) {
        int start = endOfKey;
        boolean separated = false;
        while (start < setting.length()) {
            char letter = setting.charAt(start);
            if (!isBlank(letter) && (separated || !isSeparator(letter))) {
                break;
            }
            separated |= isSeparator(letter);
            start++;
        }
        return start;
    }

    private static String unescape(String text) throws BadValueException {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '\\') {
                plain.append(letter);
            } else if (++i < text.length()) {
                char escaped = text.charAt(i);
                if (escaped == 'u') {
                    plain.append(unicode(text, i + 1));
                    i += 4;
                } else {
                    plain.append(control(escaped));
                }
            }
        }
        return plain.toString();
    }

    private static char unicode(String text, int start) throws BadValueException {
        String digits = text.substring(start, Math.min(start + 4, text.length()));
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
            throw new BadValueException("\\u must be followed by four hexadecimal digits; "
                    + "for a backslash, such as in a Windows path, write \\\\ or /");
        }
        return (char) Integer.parseInt(digits, 16);
    }

    private static char control(char escaped) {
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static boolean isBlank(char letter) {
        return letter == ' ' || letter == '\t' || letter == '\f';
    }

    private static boolean isSeparator(char letter) {
        return letter == '=' || letter == ':';
    }
}
