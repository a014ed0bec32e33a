package dev.saddlebag.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How an export makes names of files from titles and links from paths (facts/notion-export.md §2.4, §2.5). */
final class ExportNames {
    private static final int MOST_CODE_POINTS = 50;

    /** What stands in a link as it is, besides letters and digits; everything else is percent-encoded. */
    private static final String PLAIN = "-_.!~*'();,@&=+$#";

    private ExportNames() {}

    /** The part of a name that is made of a title. */
    static String of(String title) {
        String name = title.replaceAll("[:/.|?\"\\\\<>*\\p{Cntrl}]", " ")
                .replaceAll("\\s+", " ")
                .strip();
        if (name.codePointCount(0, name.length()) > MOST_CODE_POINTS) {
            name = name.substring(0, name.offsetByCodePoints(0, MOST_CODE_POINTS))
                    .strip();
        }
        return name.isEmpty() ? "Untitled" : name;
    }

    /** The name of an attachment, which keeps its ending. */
    static String attachment(String name) {
        String kept = name.replace("%", "")
                .replaceAll("[:/|?\"\\\\<>*\\p{Cntrl}]", "-")
                .strip();
        return kept.isEmpty() ? "Untitled" : kept;
    }

    /** The name of the {@code number}th attachment of one name: {@code image 1.png} is the second. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return number == 0
                ? name
                : dot < 0 ? name + " " + number : name.substring(0, dot) + " " + number + name.substring(dot);
    }

    static String hex(String id) {
        return id.replace("-", "");
    }

    /** The link from a file in a folder to a path, both from the root of the export. */
    static String link(String folder, String path) {
        int common = 0;
        for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
            if (!path.startsWith(folder.substring(0, slash + 1))) {
                break;
            }
            common = slash + 1;
        }
        long up = folder.substring(common).chars().filter(unit -> unit == '/').count();
        return "../".repeat((int) up) + encode(path.substring(common));
    }

    private static String encode(String path) {
        var encoded = new StringBuilder();
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (unit & 0xFF);
            boolean plain = character < 128
                    && (Character.isLetterOrDigit(character) || character == '/' || PLAIN.indexOf(character) >= 0);
            encoded.append(plain ? String.valueOf(character) : String.format(Locale.ROOT, "%%%02X", unit & 0xFF));
        }
        return encoded.toString();
    }
}
