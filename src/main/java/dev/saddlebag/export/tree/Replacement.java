package dev.saddlebag.export.tree;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Replaces addresses that were written down whole, wherever they stand as a whole. */
final class Replacement {
    private Replacement() {}

    /** The text with each key replaced where it stands as a whole, and not as the beginning of another address. */
    static byte[] in(byte[] text, Map<String, String> replacements) {
        String signs = new String(text, StandardCharsets.ISO_8859_1);
        List<String> keys = replacements.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (int at = signs.indexOf("https://"); at >= 0; at = signs.indexOf("https://", at)) {
            int start = at;
            String here = keys.stream()
                    .filter(key -> signs.startsWith(bytes(key), start))
                    .filter(key -> endsAt(signs, start + bytes(key).length()))
                    .findFirst()
                    .orElse(null);
            if (here == null) {
                at++;
                continue;
            }
            out.append(signs, done, at).append(replacements.get(here));
            at += bytes(here).length();
            done = at;
        }
        return Passages.bytes(out.append(signs.substring(done)).toString());
    }

    private static boolean endsAt(String text, int position) {
        return position == text.length() || " \t\r\n()[]<>\"',".indexOf(text.charAt(position)) >= 0;
    }

    /** As the address stands in a text of which each byte is taken for a sign. */
    private static String bytes(String address) {
        return new String(address.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
