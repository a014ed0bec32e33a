package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;

/** Strings of the stored JSON, without what is no text: it could be mistaken for a placeholder, or not be written at all. */
final class StoredText {
    private static final int NO_TEXT = 0xFFFD;

    private StoredText() {}

    /** The string at {@code node}; empty when there is none. */
    static String of(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? clean(node.asText()) : "";
    }

    /** Control characters, noncharacters and halves of pairs become U+FFFD, and every end of line a line feed. */
    static String clean(String text) {
        if (text.chars().noneMatch(StoredText::isSuspicious)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .map(c -> isText(c) ? c : NO_TEXT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isSuspicious(int unit) {
        return (unit < 0x20 && unit != '\n' && unit != '\t') || unit == 0x7F || unit >= Character.MIN_SURROGATE;
    }

    private static boolean isText(int c) {
        boolean isControl = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean isNoCharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
        return !isControl && !isHalf && !isNoCharacter;
    }
}
