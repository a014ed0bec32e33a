package dev.saddlebag.snapshot;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
import java.util.List;

/** What no run looks for, so that it cannot know whether it is missing. */
final class BlindSpots {
    /** What the API shows to nobody. Sources: facts/notion-api.md §2.0, §2.2, §2.6, §2.7, §5.8. */
    static final List<String> OF_THE_API = List.of(
            "Pages that are not shared with the connection and that nothing shared refers to.",
            "Resolved comments, suggested edits, reactions, and the range of text that a comment belongs to.",
            "Permissions, teamspaces, page history, automations, the questions of forms, and what a button does.",
            "Values of relations, formulas and rollups that reach into databases which are not shared: they come empty or "
                    + "wrong, without an error.");

    /** What Notion leaves out of its exports. Source: facts/notion-export.md §2.6, §2.8, §2.9. */
    static final List<String> OF_EXPORTS = List.of(
            "Private pages of other members, and pages that the account of the export cannot open in full.",
            "Teamspaces whose settings forbid exports: the export is smaller, and says nothing of it.",
            "The trash, and the history of pages.",
            "Views with their filters and sorts, the definitions of formulas and rollups, automations, and forms.",
            "Databases of other workspaces that are linked here.",
            "When a page was made and last edited, and by whom, unless it has a property that says so.",
            "In Markdown also comments, icons, covers, colours, columns, and the types of properties.");

    /** What a run cannot see of what its source could show. */
    static List<String> of(Source source, Depth depth) {
        return source == Source.EXPORT ? List.of() : of(depth);
    }

    /** What the source shows to nobody. */
    static List<String> of(Source source) {
        return source == Source.EXPORT ? OF_EXPORTS : OF_THE_API;
    }

    /** What the API could show and this version of Saddlebag does not ask for; docs/limits.md says the same. */
    static final List<String> OF_THIS_VERSION = List.of("The pictures of people (avatars).");

    /** What a run that reads only what changed cannot see (facts/notion-api.md §6.1). */
    private static final List<String> OF_CHANGED = List.of(
            "Edits that Notion does not date: of content through the API, of comments, of views, of the other side of a "
                    + "relation in a data source with more than 100 rows, and of computed values. They are as the last sweep "
                    + "saw them.",
            "Pages that left their place without a trace: taken away from the connection, or deleted for good.",
            "Files whose address has not changed are taken to be unchanged.");

    private static final List<String> OF_QUICK = List.of(
            "Whatever search does not show: deletions, edits of pages that search misses or shows late, edits of databases.");

    private BlindSpots() {}

    /** What a run of this depth cannot see although the API would show it. */
    static List<String> of(Depth depth) {
        return switch (depth) {
            case SWEEP -> List.of();
            case CHANGED -> OF_CHANGED;
            case QUICK ->
                java.util.stream.Stream.concat(OF_QUICK.stream(), OF_CHANGED.stream())
                        .toList();
        };
    }
}
