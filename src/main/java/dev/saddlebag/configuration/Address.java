package dev.saddlebag.configuration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses such as {@code https://example.org/acme.git} or {@code git@example.org:acme.git}, as opposed to paths. */
final class Address {
    private static final Pattern URL = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?:(?<user>[^/]*)@)?.*");

    /** The host has no slash before its colon, and more than one letter: that would be a drive of Windows. */
    private static final Pattern SHORT = Pattern.compile("(?:(?<user>[^/]*)@)?[^/@:]{2,}:.+");

    private static final List<String> SCHEMES = List.of("ssh", "https", "http");

    private Address() {}

    static boolean is(String value) {
        return URL.matcher(value).matches() || SHORT.matcher(value).matches();
    }

    /** What is wrong with {@code value}, going on from the name of the setting; the value may be secret. */
    static Optional<String> fault(String value) {
        Matcher url = URL.matcher(value);
        if (!url.matches()) {
            Matcher brief = SHORT.matcher(value);
            return brief.matches() && hasColon(brief.group("user")) ? Optional.of(withSecret()) : Optional.empty();
        }
        String scheme = url.group("scheme");
        if (!SCHEMES.contains(scheme)) {
            return Optional.of("must be a path or an address that begins with ssh://, https:// or http://");
        }
        String user = url.group("user");
        boolean secret = scheme.equals("ssh") ? hasColon(user) : user != null;
        return secret ? Optional.of(withSecret()) : Optional.empty();
    }

    private static boolean hasColon(String user) {
        return user != null && user.indexOf(':') >= 0;
    }

    private static String withSecret() {
        return "has a user or password in it, which would get into logs. Take that out of the address and give it in the"
                + " settings user and password";
    }
}
