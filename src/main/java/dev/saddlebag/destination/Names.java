package dev.saddlebag.destination;

import java.io.IOException;

/** Which names a destination takes: those that a vault has, and none that lead elsewhere or are somebody's own. */
final class Names {
    /** How the names of files begin that are still being written. */
    static final String TEMPORARY = ".tmp-";

    private Names() {}

    /** @throws IOException when {@code name} is no name that a vault has */
    static void check(String name) throws IOException {
        for (var part : name.split("/", -1)) {
            if (part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || part.indexOf('\\') >= 0
                    || part.indexOf('\0') >= 0
                    || part.startsWith(TEMPORARY)) {
                throw new IOException("\"" + name + "\" is no name that a vault has");
            }
        }
    }
}
