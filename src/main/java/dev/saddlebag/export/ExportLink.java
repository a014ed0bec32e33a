package dev.saddlebag.export;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The signed address of an export. Who has it, has the export: its query is never shown. */
record ExportLink(URI address) {
    private static final Pattern EXPIRY = Pattern.compile("(?:^|&)expirationTimestamp=(\\d{1,18})(?:&|$)");
    private static final Pattern ID = Pattern.compile("(?:^|&)id=([^&]*)");

    /**
     * Understands a link that Notion or a person gave.
     *
     * @throws ExportRefusedException when it is no web address
     */
    static ExportLink parse(String text) throws ExportRefusedException {
        try {
            URI address = new URI(text.strip());
            if (address.getHost() != null && address.getScheme() != null) {
                return new ExportLink(address);
            }
        } catch (URISyntaxException malformed) {
            throw notAnAddress();
        }
        throw notAnAddress();
    }

    private static ExportRefusedException notAnAddress() {
        return new ExportRefusedException(
                "The link to the export is no web address, so that nothing was fetched. Nothing"
                        + " that was backed up before is touched. Export by hand in Notion, and give the file to saddlebag ingest");
    }

    /**
     * Lets a link pass that Notion gave: encrypted, and at a host of Notion's or one that the settings name.
     *
     * @throws ExportRefusedException when it leads elsewhere
     */
    void admit(Hosts fileHosts) throws ExportRefusedException {
        if (!Hosts.isSafe(address) || !(Hosts.isNotion(address) || fileHosts.contain(address))) {
            throw new ExportRefusedException(
                    "The link to the export leads to " + place() + ", which is no https address of"
                            + " Notion's, so that nothing was fetched from there and no cookie was sent. Nothing that was backed up"
                            + " before is touched. If Notion has moved its files, add the host to notion.export.file-hosts");
        }
    }

    /** Until when it is good, if it says so. */
    Optional<Instant> expiry() {
        Matcher found = EXPIRY.matcher(query());
        return found.find() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(found.group(1)))) : Optional.empty();
    }

    /** What is the same in each signed form of the address of one export. */
    String key() {
        Matcher id = ID.matcher(query());
        return address.getPath() + (id.find() ? "#" + id.group(1) : "");
    }

    /** What people may see of the address: the host and the name of the file. Even the folders between them may be secret. */
    String place() {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        int name = path.lastIndexOf('/');
        String folders = name > 0 ? "/..." : "";
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + folders + path.substring(Math.max(0, name));
    }

    /** Where a redirection leads. */
    ExportLink to(String location) throws ExportRefusedException {
        try {
            return new ExportLink(address.resolve(new URI(location)));
        } catch (URISyntaxException malformed) {
            throw notAnAddress();
        }
    }

    private String query() {
        return address.getRawQuery() == null ? "" : address.getRawQuery();
    }

    @Override
    public String toString() {
        return place();
    }
}
