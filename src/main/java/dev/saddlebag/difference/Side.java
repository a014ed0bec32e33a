package dev.saddlebag.difference;

import java.util.List;

/**
 * An object in one of the two snapshots.
 *
 * @param title may be empty
 * @param trail the titles from the top of the workspace down to its own
 * @param isRow whether it is a row of the database before it in {@code trail}
 */
public record Side(String title, List<String> trail, boolean isRow) {
    public Side {
        trail = List.copyOf(trail);
    }

    /** The titles as one line. */
    public String path() {
        return String.join(" / ", trail);
    }

    /** The titles above its own as one line. */
    public String above() {
        return String.join(" / ", trail.subList(0, trail.size() - 1));
    }
}
