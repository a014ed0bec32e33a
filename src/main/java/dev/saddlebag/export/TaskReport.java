package dev.saddlebag.export;

import java.util.List;

/**
 * What Notion says of an export that it was asked for.
 *
 * @param stage how far it is
 * @param pages how many pages it has written; negative when that is not told
 * @param links where the result is; empty when that is not told
 * @param error why it failed, in Notion's words; empty when it did not
 */
record TaskReport(Stage stage, long pages, List<String> links, String error) {
    enum Stage {
        /** It is not known there, or in a state that this version does not know. */
        UNKNOWN,
        RUNNING,
        SUCCESS,
        /** Given up; Notion says that it may be asked for again. */
        GIVEN_UP,
        FAILED
    }

    TaskReport {
        links = List.copyOf(links);
    }

    static final TaskReport NONE = new TaskReport(Stage.UNKNOWN, -1, List.of(), "");
}
