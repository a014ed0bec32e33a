package dev.saddlebag.render;

import java.util.Map;

/**
 * A document as text, with {@link Placeholders} for what is not in the document.
 *
 * @param synced by the id of each synced block that others copy: what the copies show, of the same form
 */
public record Rendered(String text, Map<String, String> synced) {}
