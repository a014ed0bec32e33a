package dev.saddlebag.gate;

/** What became of a page or database that the last accepted snapshot holds and this one does not. */
enum Fate {
    /** It lies in Notion's trash, or what held it does: somebody deleted it, and can take it back. */
    IN_TRASH(" in Notion's trash, from where they can be restored"),
    /** Gone without a trace: the connection lost access, or it was deleted for good. Notion does not tell which. */
    NOT_VISIBLE(
            " no longer visible and not known to be in the trash: the access was lost, or they were deleted for good"),
    /** Not in the export, which has no list of the trash. */
    NOT_EXPORTED(" no longer in the export: they were deleted, or the member who exports lost access to them; an export"
            + " does not tell which"),
    /** In the last export, and not in what the connection sees: it may never have been. */
    NOT_SHARED(" not visible to the connection: not shared with it, or deleted for good"),
    /** It should have been collected, and was not; the gaps name it. */
    FAILED(" not collected this time, since that failed");

    private final String words;

    Fate(String words) {
        this.words = words;
    }

    /** Where it is now, to be read after a number. */
    String words() {
        return words;
    }

    /** Whether it is known what became of it; if not, what became of its parent may tell. */
    boolean isKnown() {
        return this == IN_TRASH || this == FAILED;
    }
}
