package dev.saddlebag.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The courses a native export can take (facts/notion-export.md §3.5, by its numbers, then more), to be played by
 * {@link Exports#play(ExportScenario)}.
 */
public enum ExportScenario {
    /** Nothing goes wrong. */
    FINE(exports -> {}),
    /** 1: the link is in {@code getTasks}. */
    LINK_IN_TASK(life(life -> life.withLink(ExportLife.Link.TASK))),
    /** 2: the link is in the feed alone, in records of the old nesting. */
    LINK_IN_FEED_OLD_NESTING(life(life -> life.withNesting(ExportLife.Nesting.SINGLE))),
    /** 3: the link is in the feed alone, in records of the new nesting. */
    LINK_IN_FEED_NEW_NESTING(life(life -> life.withNesting(ExportLife.Nesting.DOUBLE))),
    /** 4: the feed is empty at the old host and filled at the new one. */
    FEED_AT_NEW_HOST_ONLY(life(life -> life.withFeedAtNewHostOnly(true))),
    /** 5: an older export stands before ours in the feed's map. */
    OLDER_EXPORT_FIRST_IN_FEED(life(life -> life.withOlderExport(true))),
    /** 6: success is told at once, the link after three more looks into the feed. */
    LINK_AFTER_SUCCESS(life(life -> life.withFeedLag(3))),
    /** 7: tasks have no {@code status}. */
    STATUS_MISSING(life(life -> life.withStatus(ExportLife.Status.ABSENT).withPolls(3))),
    /** 8: the progress is called {@code exportedCount}. */
    EXPORTED_COUNT(
            life(life -> life.withStatus(ExportLife.Status.EXPORTED_COUNT).withPolls(3))),
    /** 9: the first task ends with {@code retryable_failure}, the second one succeeds. */
    RETRYABLE_FAILURE_ONCE(
            life(life -> life.withEnding(ExportLife.Ending.RETRYABLE_FAILURE).withFailures(1))),
    /** 10: every task fails with a text. */
    FAILURE(life(life -> life.withEnding(ExportLife.Ending.FAILURE))),
    /** 11: the session ends while the task is under way: 401 in JSON from the second {@code getTasks} on. */
    SESSION_ENDS(exports -> {
        exports.life(exports.life().withPolls(2));
        exports.refuseAfter(1, "getTasks", ExportRefusal.UNAUTHORIZED, Integer.MAX_VALUE);
        exports.refuseAfter(0, "getNotificationLogV2", ExportRefusal.UNAUTHORIZED, Integer.MAX_VALUE);
    }),
    /** 11 as well: the session was over before. */
    SESSION_OVER(everyCall(ExportRefusal.UNAUTHORIZED)),
    /** 12: the address is blocked: 403 in HTML to everything. */
    BOT_BLOCK(everyCall(ExportRefusal.BOT_BLOCK)),
    /** 13: 429 with seconds at the first enqueueing, with a date at the first {@code getTasks}. */
    RATE_LIMITED(exports -> exports.refuse("enqueueTask", ExportRefusal.RATE_LIMITED_SECONDS, 1)
            .refuse("getTasks", ExportRefusal.RATE_LIMITED_DATE, 1)),
    /** 14: 520 at the first enqueueing, though the task is made. */
    ENQUEUED_DESPITE_ERROR(exports -> exports.refuse("enqueueTask", ExportRefusal.DONE_AND_ORIGIN_ERROR, 1)),
    /** 14's counterpart: 520 at the first enqueueing, and no task is made. */
    NOT_ENQUEUED_AFTER_ERROR(exports -> exports.refuse("enqueueTask", ExportRefusal.ORIGIN_ERROR, 1)),
    /** 15: every answer of the internal API is a page in HTML with status 200. */
    HTML_ANSWERS(everyCall(ExportRefusal.HTML_PAGE)),
    /** 16: the download needs {@code file_token}, which only {@code Set-Cookie} gives. */
    FILE_TOKEN_BY_SET_COOKIE(download(download ->
            download.withFileToken(ExportDownload.FileToken.REQUIRED).withSetCookie(true))),
    /** 16's counterpart: the download needs {@code file_token}, and nothing gives it. */
    FILE_TOKEN_NOT_TO_BE_HAD(download(download ->
            download.withFileToken(ExportDownload.FileToken.REQUIRED).withSetCookie(false))),
    /** The download is refused when {@code file_token} comes with it. */
    FILE_TOKEN_UNWELCOME(download(download -> download.withFileToken(ExportDownload.FileToken.UNWELCOME))),
    /** 17: five kilobytes of HTML in place of the archive, with status 200. */
    HTML_DOWNLOAD(download(download -> download.withDoor(ExportDownload.Door.HTML_PAGE))),
    /** 18: the first two downloads break off half-way; ranges are obeyed. */
    DOWNLOAD_CUT(download(download -> download.withCuts(2))),
    /** 18: the first two downloads break off half-way; ranges are ignored. */
    DOWNLOAD_CUT_WITHOUT_RANGES(download(download -> download.withCuts(2).withRanges(false))),
    /** The body of the download has no announced length and no tag. */
    DOWNLOAD_CHUNKED(download(download -> download.withLength(false).withEtag(false))),
    /** 19: the link is out of date when it is given out. */
    LINK_EXPIRED(download(download -> download.withLinkLife(Duration.ofMinutes(-1)))),
    /** 20: the download is redirected to a host that is not Notion's. */
    REDIRECT_TO_FOREIGN_HOST(download(download -> download.withDoor(ExportDownload.Door.REDIRECT_TO_FOREIGN_HOST))),
    /** 21: the link itself leads to a host that is not Notion's. */
    LINK_TO_FOREIGN_HOST(download(download -> download.withDoor(ExportDownload.Door.FOREIGN_HOST))),
    /** 22: parts 1 and 3 without part 2. */
    PART_MISSING(oddity(ExportForm.Oddity.MISSING_PART)),
    /** 23: attachments that are archives, one of them named like a part of an export. */
    ZIP_ATTACHMENT(oddity(ExportForm.Oddity.ZIP_ATTACHMENT)),
    /** 24: the name of an entry leads out of the archive. */
    TRAVERSAL(oddity(ExportForm.Oddity.TRAVERSAL)),
    /** 25: names in NFD; a workspace of 100 pages and more has emoji, Chinese and Arabic among them. */
    NAMES(form(form -> form.withDecomposed(true))),
    /** 26: every entry and the directory as for archives of more than 4 GiB. */
    ZIP64(form(form -> form.withZip64(true))),
    /** 27: an entry of a quarter of a gibibyte that is a thousand times smaller in the archive. */
    BOMB(oddity(ExportForm.Oddity.BOMB)),
    /** 28: most of the workspace is not in the export. */
    SMALLER(oddity(ExportForm.Oddity.SMALLER)),
    /** 29: the run can be ended between download and promotion, since all goes well until then. */
    FINE_UNTIL_DOWNLOADED(exports -> {}),
    /** 30: an export of somebody else, as HTML, ends before ours and stands in the feed alone for three looks. */
    FOREIGN_EXPORT_FIRST(life(life -> life.withForeignExport(true).withFeedLag(3))),
    /** Exports are forbidden in the workspace. */
    EXPORT_DISABLED(life(life -> life.withDisabled(true))),
    /** The session has no workspace of the id that is asked for. */
    SPACE_ABSENT(life(life -> life.withMember(false))),
    /** Every task ends with {@code retryable_failure}. */
    RETRYABLE_FAILURE_ALWAYS(life(life -> life.withEnding(ExportLife.Ending.RETRYABLE_FAILURE))),
    /** Exports of the workspace fail, those of single pages succeed. */
    WORKSPACE_FAILS_PAGES_SUCCEED(
            life(life -> life.withEnding(ExportLife.Ending.FAILURE).withPagesFail(false))),
    /** Success, and no link anywhere for ever. */
    SUCCESS_WITHOUT_LINK(life(life -> life.withLink(ExportLife.Link.NOWHERE))),
    /** The task takes 30 hours by the clock. */
    PENDING_FOR_HOURS(life(life -> life.withTime(Duration.ofHours(30)))),
    /** The task never ends. */
    PENDING_FOR_EVER(life(life -> life.withEnding(ExportLife.Ending.NEVER))),
    /** The task stays in a state that no client knows. */
    UNKNOWN_STATE(life(life -> life.withEnding(ExportLife.Ending.UNKNOWN))),
    /** The first three {@code getTasks} list no task at all. */
    EMPTY_RESULTS(life(life -> life.withMissing(3))),
    /** Five parts with links across them. */
    FIVE_PARTS(form(form -> form.withParts(5))),
    /** The layout until autumn 2025: folders have ids. */
    OLD_LAYOUT(form(form -> form.withLayout(ExportForm.Layout.FOLDERS_WITH_IDS))),
    /** No archive around the one with the pages. */
    NO_WRAPPER(form(form -> form.withWrappers(0))),
    /** Two archives around the one with the pages. */
    TWO_WRAPPERS(form(form -> form.withWrappers(2))),
    /** An entry that does not fit its checksum. */
    DAMAGED_ENTRY(oddity(ExportForm.Oddity.DAMAGED_ENTRY)),
    /** Two parts with different bytes under one name. */
    CONFLICTING_PARTS(oddity(ExportForm.Oddity.CONFLICTING_PARTS)),
    /** The last bytes are missing although the length that is announced is right. */
    TRUNCATED(oddity(ExportForm.Oddity.TRUNCATED)),
    /** No {@code index.html}. */
    NO_INDEX(oddity(ExportForm.Oddity.NO_INDEX)),
    /** {@code index.html} lists a page that is not there. */
    PAGE_LOST(oddity(ExportForm.Oddity.LOST_PAGE)),
    /** A table has more rows than its folder has pages. */
    ROWS_LOST(oddity(ExportForm.Oddity.LOST_ROW)),
    /** {@code index.html} names another workspace. */
    OTHER_WORKSPACE(oddity(ExportForm.Oddity.OTHER_WORKSPACE));

    // Functions that keep nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<Exports> stage;

    ExportScenario(Consumer<Exports> stage) {
        this.stage = stage;
    }

    void stage(Exports exports) {
        stage.accept(exports);
    }

    private static Consumer<Exports> everyCall(ExportRefusal refusal) {
        return exports -> List.of(
                        "getSpaces",
                        "loadUserContent",
                        "enqueueTask",
                        "getTasks",
                        "getNotificationLogV2",
                        "saveTransactionsMain")
                .forEach(call -> exports.refuse(call, refusal, Integer.MAX_VALUE));
    }

    private static Consumer<Exports> life(UnaryOperator<ExportLife> change) {
        return exports -> exports.life(change.apply(exports.life()));
    }

    private static Consumer<Exports> download(UnaryOperator<ExportDownload> change) {
        return exports -> exports.download(change.apply(exports.download()));
    }

    private static Consumer<Exports> form(UnaryOperator<ExportForm> change) {
        return exports -> exports.form(change.apply(exports.form()));
    }

    private static Consumer<Exports> oddity(ExportForm.Oddity oddity) {
        return form(form -> form.withOddity(oddity));
    }
}
