package dev.saddlebag.vault;

import java.io.IOException;

/**
 * Watches the paths of one manifest go by, in writing as in reading: each must be allowed, come after the one before,
 * and be no twin of another under a file system that ignores case. Costs 16 bytes a path.
 */
final class PathGuard {
    private final String where;
    private final HashTable files = new HashTable();
    private final HashTable folders = new HashTable();
    private String last = "";

    /** @param where begins the messages, such as {@code the staged tree} */
    PathGuard(String where) {
        this.where = where;
    }

    void check(String path) throws IOException {
        var objection = PathRule.objection(path);
        if (objection.isPresent()) {
            throw refused(path, objection.get());
        }
        if (!last.isEmpty() && PathRule.ORDER.compare(last, path) >= 0) {
            throw refused(path, last.equals(path) ? "is there twice" : "comes after \"" + last + "\", out of order");
        }
        var folded = PathRule.fold(path);
        var key = Hashes.prefix(folded);
        if (files.contains(key) || folders.contains(key)) {
            throw refused(path, "equals another path when upper and lower case are not told apart");
        }
        files.putIfAbsent(key, 0);
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (!last.startsWith(path.substring(0, slash + 1))) {
                var folder = Hashes.prefix(PathRule.fold(path.substring(0, slash)));
                if (files.contains(folder)) {
                    throw refused(path, "lies under a path that is a file");
                }
                folders.putIfAbsent(folder, 0);
            }
        }
        last = path;
    }

    private IOException refused(String path, String why) {
        return new IOException(where + ": the path \"" + printable(path) + "\" is refused: it " + why);
    }

    private static String printable(String path) {
        var text = new StringBuilder();
        path.codePoints().limit(300).forEach(point -> {
            if (Character.isISOControl(point) || (point >= 0xD800 && point <= 0xDFFF)) {
                text.append("\\u%04x".formatted(point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.toString();
    }
}
