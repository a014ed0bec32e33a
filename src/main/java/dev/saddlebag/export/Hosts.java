package dev.saddlebag.export;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Hosts by name, or by name and port: which of them may have a cookie, and from which a link may come. */
record Hosts(List<String> names) {
    private static final List<String> NOTION = List.of("notion.so", "notion.com");

    Hosts {
        names = List.copyOf(names);
    }

    boolean contain(URI address) {
        String host = host(address);
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(host) || name.equals(host + ":" + port(address)));
    }

    /** Whether the address is at one of Notion's own domains. */
    static boolean isNotion(URI address) {
        String host = host(address);
        return NOTION.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    /** Whether what goes there can't be read on the way: the address is encrypted, or leads to this machine itself. */
    static boolean isSafe(URI address) {
        return "https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme()) && isThisMachine(address));
    }

    static boolean isThisMachine(URI address) {
        String host = host(address);
        return host.equals("localhost") || host.matches("127\\.\\d+\\.\\d+\\.\\d+") || host.equals("[::1]");
    }

    private static String host(URI address) {
        return address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
