package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How Notion's own export of a workspace is asked for, and how long is waited.
 *
 * @param provider who is asked
 * @param adminToken the token for the Admin API; present when {@code provider} is {@link ExportProvider#ADMIN}
 * @param onBehalfOf the e-mail address of the member whose view the Admin API exports
 * @param eventName what the web application calls the task
 * @param format what pages are written as
 * @param comments whether comments are asked for
 * @param files whether files are exported too
 * @param flat whether all pages come in one folder
 * @param indexStrict whether a page that the index names and the export lacks holds a snapshot back
 * @param timeZone the zone in which dates are written
 * @param locale the language in which dates are worded
 * @param pages the top pages to export one by one when the whole cannot be, as dashed ids; empty for those that Notion names
 * @param attempts how many times an export is asked for that may be repeated
 * @param timeout how long an export may take
 * @param linkGrace how long is waited for the link after the export was a success
 * @param dropDirectory where people put exports that they fetched by hand
 */
public record ExportSettings(
        ExportProvider provider,
        Optional<Secret> adminToken,
        Optional<String> onBehalfOf,
        String eventName,
        ExportFormat format,
        boolean comments,
        boolean files,
        boolean flat,
        boolean indexStrict,
        ZoneId timeZone,
        String locale,
        List<String> pages,
        int attempts,
        Duration timeout,
        Duration linkGrace,
        Optional<Path> dropDirectory) {
    public ExportSettings {
        pages = List.copyOf(pages);
    }

    /** What the export is to hold, in words. */
    String collected() {
        return "Notion's own export, " + format.word() + ", comments " + comments + ", files " + files;
    }
}
