package dev.saddlebag.export;

import dev.saddlebag.configuration.Secret;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The cookies of one run. {@code token_v2} goes to the hosts that are asked for the export and {@code file_token} to the hosts
 * of files, each to no other (facts/notion-export.md §1.1). A newer {@code file_token} that an answer brings takes the place
 * of the older one; it lives as long as the run and is never written down.
 */
final class Cookies {
    private static final String FILE_TOKEN = "file_token=";

    private final Optional<Secret> token;
    private final AtomicReference<Secret> fileToken;
    private final Hosts apiHosts;
    private final Hosts fileHosts;

    Cookies(Optional<Secret> token, Optional<Secret> fileToken, List<URI> baseUrls, Hosts fileHosts) {
        this.token = token;
        this.fileToken = new AtomicReference<>(fileToken.orElse(null));
        this.apiHosts = new Hosts(baseUrls.stream().map(URI::getRawAuthority).toList());
        this.fileHosts = fileHosts;
    }

    /** The cookie header of a question to {@code address}; empty for one that may have none. */
    Optional<String> toAsk(URI address) {
        return token.filter(known -> Hosts.isSafe(address) && apiHosts.contain(address))
                .map(known -> "token_v2=" + known.reveal());
    }

    /** The cookie header of a download from {@code address}; empty for one that may have none. */
    Optional<String> toFetch(URI address) {
        return Optional.ofNullable(fileToken.get())
                .filter(known -> Hosts.isSafe(address) && fileHosts.contain(address))
                .map(known -> FILE_TOKEN + known.reveal());
    }

    /**
     * Takes up what an answer brought.
     *
     * @param setCookie the header of that name, a text or several, or null
     */
    void take(Object setCookie) {
        if (setCookie instanceof Collection<?> several) {
            several.forEach(this::take);
        } else if (setCookie != null) {
            String text = setCookie.toString().strip();
            if (text.startsWith(FILE_TOKEN)) {
                String value =
                        text.substring(FILE_TOKEN.length()).split(";", 2)[0].strip();
                if (!value.isEmpty()) {
                    fileToken.set(new Secret(value));
                }
            }
        }
    }

    /** The same text, should it repeat a cookie. */
    String without(String text) {
        String clean = token.filter(known -> !known.reveal().isEmpty())
                .map(known -> text.replace(known.reveal(), "(secret)"))
                .orElse(text);
        Secret file = fileToken.get();
        return file == null ? clean : clean.replace(file.reveal(), "(secret)");
    }

    @Override
    public String toString() {
        return "the cookies of a run";
    }
}
