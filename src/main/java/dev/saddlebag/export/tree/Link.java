package dev.saddlebag.export.tree;

import dev.saddlebag.snapshot.Account;

/**
 * An address in a page of an export, understood.
 *
 * @param what what it leads to
 * @param replacement the address that stands in its place in the snapshot; null when it stays as it is
 * @param meaning what it leads to in words that do not change while nobody edits anything
 * @param repaired whether it leads there only because the id in it was looked up
 * @param file the file that it leads to; null when it leads elsewhere
 * @param title the title of what it leads to, where that is worded otherwise in its file; null otherwise
 * @param live the whole address, when it is good for a short time only; null otherwise
 */
record Link(
        What what,
        String replacement,
        String meaning,
        boolean repaired,
        Account.NamedFile file,
        String title,
        String live) {
    /** What an address leads to. */
    enum What {
        PAGE,
        DATABASE,
        FILE,
        /** A place outside the export, or one in the same page. */
        ELSEWHERE,
        /** A file that lies at Notion's host and that the export does not have. */
        LIVE,
        DEAD_PAGE,
        DEAD_DATABASE,
        DEAD_FILE,
        /** No address at all, such as {@code https://www.notion.soundefined}. */
        BROKEN
    }

    /** An address that stays as it is. */
    static Link staying(What what, String meaning) {
        return new Link(what, null, meaning, false, null, null, null);
    }

    boolean isLocal() {
        return what == What.PAGE || what == What.DATABASE || what == What.FILE;
    }

    boolean isDead() {
        return what == What.DEAD_PAGE || what == What.DEAD_DATABASE || what == What.DEAD_FILE || what == What.BROKEN;
    }

    Link repairedLink() {
        return new Link(what, replacement, meaning, true, file, title, live);
    }
}
