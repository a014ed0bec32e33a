package dev.saddlebag.gate;

/** What became of a page or database that the last accepted snapshot holds and this one does not. */
enum Fate {
    /** It lies in Notion's trash, or what held it does: somebody deleted it, and can take it back. */
    IN_TRASH,
    /** It should have been collected, and was not; the gaps name it. */
    FAILED,
    /** Gone without a trace: the connection lost access, or it was deleted for good. Notion does not tell which. */
    NOT_VISIBLE
}
