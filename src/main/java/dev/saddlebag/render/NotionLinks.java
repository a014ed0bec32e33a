package dev.saddlebag.render;

import dev.saddlebag.notion.NotionId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells addresses of Notion's objects from others. The host has changed before, so what counts is the id. */
final class NotionLinks {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://(?:[a-z0-9-]+\\.)*(?:notion\\.so|notion\\.com|notion\\.site))?/(?<path>[^?#]*)(?:\\?(?<query>[^#]*))?(?:#.*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ID_AT_THE_END = Pattern.compile(
            "(?:^|.*[/-])([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", Pattern.CASE_INSENSITIVE);
    /** A page that is opened beside another one. */
    private static final Pattern PEEK = Pattern.compile("(?:^|&)p=([0-9a-f]{32})(?:&|$)", Pattern.CASE_INSENSITIVE);

    private NotionLinks() {}

    static Link to(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return new Link(address, "");
        }
        Matcher peek = PEEK.matcher(parts.group("query") == null ? "" : parts.group("query"));
        Matcher id = ID_AT_THE_END.matcher(parts.group("path"));
        String found = peek.find() ? peek.group(1) : id.matches() ? id.group(1) : "";
        return new Link(address, found.isEmpty() ? "" : NotionId.dashed(found));
    }
}
