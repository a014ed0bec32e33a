package dev.saddlebag.destination;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which paths of a snapshot cannot be in a git tree, though every disk takes them. */
final class GitPaths {
    /** Git or a host refuses the first two; the others would make git read a page of a workspace as its own settings. */
    private static final Set<String> REFUSED = Set.of(".git", "git~1", ".gitmodules", ".gitattributes", ".gitignore");

    /** Signs that some disks ignore in names (git: is_hfs_dotgit). */
    private static final Pattern IGNORED = Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

    private GitPaths() {}

    /** Why {@code path} is left out, as the end of a sentence; empty when it is fine. */
    static Optional<String> objection(String path) {
        for (String part : path.split("/", -1)) {
            String plain = IGNORED.matcher(part).replaceAll("").toLowerCase(Locale.ROOT);
            int colon = plain.indexOf(':');
            plain = (colon < 0 ? plain : plain.substring(0, colon)).replaceFirst("[. ]+$", "");
            if (REFUSED.contains(plain)) {
                return Optional.of("git keeps the name \"" + part + "\" for itself");
            }
        }
        return Optional.empty();
    }
}
