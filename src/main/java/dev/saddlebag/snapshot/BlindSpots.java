package dev.saddlebag.snapshot;

import java.util.List;

/** What the API cannot show to anybody, so that no run can know whether it is missing. */
final class BlindSpots {
    /** Sources: facts/notion-api.md §2.0, §2.2, §2.6, §2.7, §5.8. */
    static final List<String> OF_THE_API = List.of(
            "Pages that are not shared with the connection and that nothing shared refers to.",
            "Resolved comments, suggested edits, reactions, and the range of text that a comment belongs to.",
            "Permissions, teamspaces, page history, automations, the questions of forms, and what a button does.",
            "Values of relations, formulas and rollups that reach into databases which are not shared: they come empty or "
                    + "wrong, without an error.");

    private BlindSpots() {}
}
