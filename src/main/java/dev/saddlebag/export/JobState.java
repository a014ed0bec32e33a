package dev.saddlebag.export;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;

/** What is known of an export and must survive a restart. Times are milliseconds since 1970 by Notion's clock, 0 for never. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class JobState {
    /** What is done next. */
    enum Phase {
        /** Which workspace the credentials open. */
        PREFLIGHT,
        /** Ask for the export. */
        START,
        /** Wait until there is a link. */
        WAIT,
        DOWNLOAD,
        DONE
    }

    /** One archive of the export. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    static final class Piece {
        String link = "";
        String file = "";
        String etag = "";
        String sha256 = "";
        long bytes;
        /** When a file that a person gave was changed last, before it was read; 0 for what this run fetched. */
        long changed;

        boolean done;
    }

    Phase phase = Phase.PREFLIGHT;
    /** What a person gave: the path or address, without a query. Empty for an export that Notion is asked for. */
    String given = "";

    String provider = "";
    String host = "";
    String space = "";
    String spaceName = "";
    String user = "";
    List<String> spacePages = new ArrayList<>();

    /** The page trees that are still to be exported, when the whole can't be; {@code page} is the one at hand. */
    List<String> pagesToDo = new ArrayList<>();

    boolean pageByPage;
    String page = "";

    String task = "";
    /** Since when a finished export can be the one that was asked for. */
    long enqueued;
    /** Whether Notion broke off before it said that it has taken the order. */
    boolean doubtful;

    long lastRunning;
    long succeeded;
    int attempts;
    int failures;
    long pagesExported = -1;
    long pagesOfFormerTasks;

    /** How often the link at hand was of no use. */
    int refusals;

    List<Piece> pieces = new ArrayList<>();
}
