package dev.saddlebag.difference;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a difference is asked for: everything, or what is at or below a page. */
public final class Scope {
    public static final Scope ALL = new Scope(null, "");

    private static final Pattern ID =
            Pattern.compile("([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})");

    private final UUID root;
    private final String path;

    private Scope(UUID root, String path) {
        this.root = root;
        this.path = path;
    }

    /**
     * What a person asks for.
     *
     * @param text an id, or titles from the top of the workspace down with {@code /} between them
     */
    public static Scope of(String text) {
        Matcher id = ID.matcher(text.strip().toLowerCase(Locale.ROOT));
        return id.matches()
                ? new Scope(UUID.fromString(id.replaceFirst("$1-$2-$3-$4-$5")), "")
                : new Scope(null, plain(text));
    }

    /** Whether a listed object is asked for. */
    boolean holds(Places places, Listed listed) {
        if (root != null) {
            return places.isBelow(listed, root);
        }
        if (path.isEmpty()) {
            return true;
        }
        return isBelow(places.trail(listed));
    }

    private boolean isBelow(List<String> trail) {
        String at = plain(String.join("/", trail));
        return at.equals(path) || at.startsWith(path + "/");
    }

    /** Whether there is anything of it in a snapshot. */
    boolean isIn(Places places) {
        return root == null ? path.isEmpty() || places.hasTrail(this::isBelow) : places.has(root);
    }

    private static String plain(String path) {
        return path.strip().replaceAll("\\s*/\\s*", "/").replaceAll("^/|/$", "");
    }
}
