package dev.saddlebag.collect;

import dev.saddlebag.notion.ObjectNotVisibleException;
import dev.saddlebag.notion.RequestRejectedException;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.State;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What becomes of errors that the routes do not repeat: a named gap, or the end of the run. */
public final class Gaps {
    /** Names what a reading could not get, and gives it up. */
    public void ofReading(Reading reading, Exception cause) {
        reading.giveUp(reason(cause), text(cause));
    }

    /** Names a file whose bytes could not be fetched; its path stays in the object that names it. */
    public void ofFile(FileLink link, Exception cause) {
        boolean outside = link.keeper() == FileLink.Keeper.OUTSIDE;
        link.giveUp(outside ? Gap.Reason.UNREACHABLE : Gap.Reason.FAILED, text(cause));
    }

    /** Names an object that could not be collected for a reason that nobody foresaw. */
    public void ofObject(Run run, ObjectRef ref, Exception cause) throws StagingException {
        Gap gap = new Gap(ref.kind().word(), ref.id(), Gap.Reason.FAILED, text(cause));
        try {
            run.ledger().settle(Account.without(ref, State.FAILED, null, 0, List.of(gap)));
        } catch (IOException disk) {
            throw new StagingException(ref + " cannot be noted as missing", disk);
        }
    }

    /** Stops the run: nothing else would succeed either. */
    public void stop(Run run, Exception cause) {
        run.stop(cause);
    }

    private static Gap.Reason reason(Exception cause) {
        // Notion has no code for these, only words, and 400 or 404 for the same (facts/notion-api.md §2.2, §2.6, §7).
        String message = text(cause).toLowerCase(Locale.ROOT);
        if (message.contains("is a linked database")
                || message.contains("does not contain any data sources accessible")) {
            return Gap.Reason.LINKED_VIEW;
        }
        if (message.contains("is not supported via the api") || message.contains("unsupported view type")) {
            return Gap.Reason.UNSUPPORTED;
        }
        if (cause instanceof ObjectNotVisibleException) {
            return Gap.Reason.NOT_SHARED;
        }
        if (cause instanceof RequestRejectedException rejected && rejected.status() == 403) {
            return Gap.Reason.NOT_PERMITTED;
        }
        return Gap.Reason.FAILED;
    }

    /** What the exception says, and what lies at its root if that says something else. */
    private static String text(Exception cause) {
        String message = message(cause);
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return message.contains(message(root)) ? message : message + " Because: " + message(root);
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
