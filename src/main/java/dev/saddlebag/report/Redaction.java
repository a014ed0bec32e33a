package dev.saddlebag.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of texts, should somebody's message repeat one. */
public final class Redaction {
    private static final int SHORTEST = 4;
    private static final String IN_ITS_PLACE = "(secret)";

    private final List<String> secrets;

    public Redaction(Collection<String> secrets) {
        List<String> all = new ArrayList<>();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                all.add(secret);
                all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            }
        }
        // The longest first: one may be a part of another.
        all.sort(Comparator.comparing(String::length).reversed());
        this.secrets = List.copyOf(all);
    }

    /** The text without them. */
    public String of(String text) {
        String said = text;
        for (String secret : secrets) {
            said = said.replace(secret, IN_ITS_PLACE);
        }
        return said;
    }
}
