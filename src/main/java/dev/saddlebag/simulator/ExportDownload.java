package dev.saddlebag.simulator;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the host of the downloads gives a finished export (facts/notion-export.md §1.8). Immutable.
 *
 * @param fileToken what the cookie {@code file_token} is good for
 * @param setCookie whether {@code getTasks} and the feed set the cookie {@code file_token}
 * @param linkLife how long a link works after the export ended
 * @param length whether {@code Content-Length} is announced; otherwise the body is chunked
 * @param ranges whether {@code Range} is obeyed
 * @param etag whether there is an {@code ETag}
 * @param cuts so many downloads break off after half of what they should bring
 * @param door what is behind the link
 */
public record ExportDownload(
        FileToken fileToken,
        boolean setCookie,
        Duration linkLife,
        boolean length,
        boolean ranges,
        boolean etag,
        int cuts,
        Door door) {
    /** What the host makes of the cookie. */
    public enum FileToken {
        /** 403 without it. */
        REQUIRED,
        IGNORED,
        /** 403 with it. */
        UNWELCOME
    }

    /** What the link leads to. */
    public enum Door {
        /** The archive, at Notion's host of files. */
        OWN,
        /** The archive, after a redirect to a host that is not Notion's. */
        REDIRECT_TO_FOREIGN_HOST,
        /** The link itself names a host that is not Notion's. */
        FOREIGN_HOST,
        /** Five kilobytes of HTML with status 200. */
        HTML_PAGE
    }

    /** As Notion does it, as far as anybody has seen; that ranges are obeyed is not confirmed. */
    public static ExportDownload standard() {
        return new Builder().build();
    }

    public ExportDownload withFileToken(FileToken newFileToken) {
        return with(builder -> builder.fileToken = newFileToken);
    }

    public ExportDownload withSetCookie(boolean newSetCookie) {
        return with(builder -> builder.setCookie = newSetCookie);
    }

    public ExportDownload withLinkLife(Duration newLinkLife) {
        return with(builder -> builder.linkLife = newLinkLife);
    }

    public ExportDownload withLength(boolean newLength) {
        return with(builder -> builder.length = newLength);
    }

    public ExportDownload withRanges(boolean newRanges) {
        return with(builder -> builder.ranges = newRanges);
    }

    public ExportDownload withEtag(boolean newEtag) {
        return with(builder -> builder.etag = newEtag);
    }

    public ExportDownload withCuts(int newCuts) {
        return with(builder -> builder.cuts = newCuts);
    }

    public ExportDownload withDoor(Door newDoor) {
        return with(builder -> builder.door = newDoor);
    }

    private ExportDownload with(Consumer<Builder> change) {
        var builder = new Builder(this);
        change.accept(builder);
        return builder.build();
    }

    private static final class Builder {
        private FileToken fileToken = FileToken.REQUIRED;
        private boolean setCookie = true;
        private Duration linkLife = Duration.ofDays(7).minusMillis(14);
        private boolean length = true;
        private boolean ranges = true;
        private boolean etag = true;
        private int cuts = 0;
        private Door door = Door.OWN;

        private Builder() {}

        private Builder(ExportDownload from) {
            fileToken = from.fileToken;
            setCookie = from.setCookie;
            linkLife = from.linkLife;
            length = from.length;
            ranges = from.ranges;
            etag = from.etag;
            cuts = from.cuts;
            door = from.door;
        }

        private ExportDownload build() {
            return new ExportDownload(fileToken, setCookie, linkLife, length, ranges, etag, cuts, door);
        }
    }
}
