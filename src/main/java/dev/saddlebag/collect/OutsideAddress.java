package dev.saddlebag.collect;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Judges addresses of files outside Notion. Whoever can edit a page chooses them, so without a word from the operator they
 * must not lead to what only this host can reach: its own services, its network, the metadata of its cloud.
 */
final class OutsideAddress {
    private static final Set<String> WEB = Set.of("http", "https");

    private OutsideAddress() {}

    /** Where a redirection leads to. */
    static String resolve(String from, String location) throws FileRefusedException {
        try {
            return URI.create(from).resolve(location).toString();
        } catch (IllegalArgumentException malformed) {
            throw new FileRefusedException(from + " leads to an address that is none");
        }
    }

    /**
     * Lets a web address pass.
     *
     * @param ownNetwork whether hosts of one's own network are allowed
     * @throws FileRefusedException when the address is none, or must not be asked
     */
    static void admit(String url, boolean ownNetwork) throws FileRefusedException {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new FileRefusedException(url + " is no web address");
        }
        boolean web =
                address.getScheme() != null && WEB.contains(address.getScheme().toLowerCase(Locale.ROOT));
        if (!web || address.getHost() == null) {
            throw new FileRefusedException(url + " is no web address");
        }
        try {
            for (InetAddress place : InetAddress.getAllByName(address.getHost())) {
                if (!ownNetwork && isPrivate(place)) {
                    throw new FileRefusedException(
                            url + " lies in this host's own network, where external-media = public "
                                    + "fetches nothing; external-media = any would");
                }
            }
        } catch (UnknownHostException unknown) {
            throw new FileRefusedException("The host of " + url + " is unknown");
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedByCarrier = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || sharedByCarrier;
    }
}
