package dev.saddlebag.render;

/**
 * The icon of a page, a database or a callout.
 *
 * @param text an emoji, or a name between colons; empty for a picture
 * @param file the picture, or null
 */
public record Icon(String text, NamedFile file) {
    public static final Icon NONE = new Icon("", null);
}
