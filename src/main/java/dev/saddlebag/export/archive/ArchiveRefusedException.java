package dev.saddlebag.export.archive;

import java.io.IOException;

/**
 * A downloaded export is damaged, incomplete or hostile: nothing of it was kept, and no other attempt with the same bytes
 * will help. The message says where, what, what is safe and what to do.
 */
public final class ArchiveRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /** What to do about an export, by what is wrong with it. */
    enum Remedy {
        DAMAGED("Download it again, or start a new export."),
        INCOMPLETE("Start a new export, or hand in all of its parts."),
        HOSTILE("Notion writes no such files: find out where this one comes from before you use it."),
        TOO_LARGE("If this really is your workspace, export it page tree by page tree."),
        CONTRADICTORY("Start a new export, and hand in the files of one export only.");

        private final String sentence;

        Remedy(String sentence) {
            this.sentence = sentence;
        }
    }

    /**
     * @param where the archive, and the entry in it
     * @param what the rest of a sentence that begins with {@code where}
     */
    ArchiveRefusedException(String where, String what, Remedy remedy) {
        super(where + " " + what + ". Nothing of this export was kept, and earlier snapshots are untouched. "
                + remedy.sentence);
    }
}
