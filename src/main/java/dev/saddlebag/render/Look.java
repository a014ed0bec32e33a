package dev.saddlebag.render;

/**
 * How a piece of text looks.
 *
 * @param color Notion's name of the color, {@code default} for none
 */
public record Look(boolean bold, boolean italic, boolean strikethrough, boolean underline, boolean code, String color) {
    public static final Look PLAIN = new Look(false, false, false, false, false, "default");
}
