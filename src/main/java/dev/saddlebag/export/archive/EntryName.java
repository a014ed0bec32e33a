package dev.saddlebag.export.archive;

import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.PathRule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the name of an entry says, which names are refused, and how a part of a path is called in a snapshot. */
final class EntryName {
    private static final Charset CP437 = Charset.forName("IBM437");
    private static final int UTF_8 = 1 << 11;
    private static final Pattern TAIL = Pattern.compile("[. ]+\\z");
    private static final Pattern DRIVE = Pattern.compile("\\A[A-Za-z]:");

    /** The end by which a file is known: the id of a page or database, or a short extension. */
    private static final Pattern END =
            Pattern.compile("( ?[0-9a-fA-F]{32}(_all)?\\.[A-Za-z0-9]{1,8}| [0-9a-fA-F]{32}|\\.[A-Za-z0-9]{1,16})\\z");

    private EntryName() {}

    /** The name as text; empty when the entry says that it is UTF-8, and it is not. */
    static Optional<String> decode(byte[] raw, int flags) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return (flags & UTF_8) != 0 ? Optional.empty() : Optional.of(new String(raw, CP437));
        }
    }

    /** Why no file may have this name, as the end of a sentence that begins with it; empty when it is fine. */
    static Optional<String> objection(String name) {
        if (DRIVE.matcher(name).find()) {
            return Optional.of("begins with the letter of a drive");
        }
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        for (String part : path.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return Optional.of("has the part \"" + part + "\", which leads to another folder");
            }
        }
        return PathRule.objection(portable(path));
    }

    /** The path as a snapshot can hold it, part by part. */
    static String portable(String path) {
        return Arrays.stream(path.split("/", -1)).map(EntryName::portablePart).collect(Collectors.joining("/"));
    }

    /**
     * One part of a path as a snapshot can hold it: in normal form C, without a dot or a blank at its end, and not longer
     * than 240 bytes. Equal parts always become equal, and what had to be cut is told apart by a hash of the whole.
     */
    static String portablePart(String part) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
            return part;
        }
        String normal = Normalizer.normalize(part, Normalizer.Form.NFC);
        String kept = TAIL.matcher(normal).replaceFirst("");
        return kept.length() < normal.length() || bytes(normal) > PathRule.LONGEST_SEGMENT
                ? marked(kept, part)
                : normal;
    }

    /** The name with a mark that tells it apart from others: a hash of {@code whole}, before the extension. */
    static String marked(String name, String whole) {
        Matcher matcher = END.matcher(name);
        String end = matcher.find() ? matcher.group() : "";
        String mark = "~" + Hashes.of(whole.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
        String front = name.substring(0, name.length() - end.length()).stripTrailing();
        return cut(front, PathRule.LONGEST_SEGMENT - bytes(mark) - bytes(end)) + mark + end;
    }

    private static String cut(String text, int most) {
        StringBuilder kept = new StringBuilder();
        int left = most;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String point = Character.toString(text.codePointAt(i));
            left -= bytes(point);
            if (left < 0) {
                break;
            }
            kept.append(point);
        }
        return kept.toString();
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
