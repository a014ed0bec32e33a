package dev.saddlebag.snapshot;

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

    /** What the API could show and this version of Saddlebag does not ask for yet; docs/limits.md says the same. */
    static final List<String> OF_THIS_VERSION = List.of(
            "Comments.",
            "Views of databases, and templates.",
            "What is in the trash.",
            "Pages that only a relation, a mention or a link reveals.",
            "The bytes of custom emojis, avatars and media that lie outside Notion.");

    private BlindSpots() {}
}
