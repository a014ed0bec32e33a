package dev.saddlebag.vault;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Which paths a snapshot may hold, and in which order: paths that every system can write and that never lead out of the
 * folder they are written to (facts/vault-study.md §4.3).
 */
public final class PathRule {
    /** How many bytes of UTF-8 a name may have. */
    public static final int LONGEST_SEGMENT = 240;

    /** The order of a walk through the tree: code points, with the slash before all others. */
    static final Comparator<String> ORDER = PathRule::compare;

    private PathRule() {}

    /** Why {@code path} is refused, as the end of a sentence that begins with the path; empty when it is fine. */
    public static Optional<String> objection(String path) {
        if (path.isEmpty()) {
            return Optional.of("is empty");
        }
        if (path.startsWith("/")) {
            return Optional.of("is absolute");
        }
        for (int i = 0; i < path.length(); i += Character.charCount(path.codePointAt(i))) {
            var point = path.codePointAt(i);
            if (Character.isISOControl(point)) {
                return Optional.of("contains a control character");
            }
            if (point == '\\') {
                return Optional.of("contains a backslash, which separates folders on Windows");
            }
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return Optional.of("is not valid Unicode");
            }
        }
        if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
            return Optional.of("is not in Unicode normal form C");
        }
        for (var segment : path.split("/", -1)) {
            var objection = segmentObjection(segment);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    /** The form in which two paths are equal when a file system that ignores case would take them for one. */
    public static String fold(String path) {
        var folded = path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static Optional<String> segmentObjection(String segment) {
        if (segment.isEmpty()) {
            return Optional.of("has an empty part");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("has the part \"" + segment + "\"");
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            return Optional.of("has a part that ends with a dot or a space, which Windows drops");
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
            return Optional.of("has a part longer than " + LONGEST_SEGMENT + " bytes");
        }
        return Optional.empty();
    }

    private static int compare(String a, String b) {
        var length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return rank(a.charAt(i)) - rank(b.charAt(i));
            }
        }
        return a.length() - b.length();
    }

    /** Surrogates stand for code points above all others, though their own values do not. */
    private static int rank(char unit) {
        if (unit == '/') {
            return 0;
        }
        if (Character.isSurrogate(unit)) {
            return unit + 0x10000;
        }
        return unit;
    }
}
