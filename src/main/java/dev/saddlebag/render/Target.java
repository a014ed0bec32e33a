package dev.saddlebag.render;

/**
 * Another object of the snapshot, as it is now.
 *
 * @param path from the folder of the text that links to it, with {@code /} on every platform, not encoded
 */
public record Target(String title, String path) {}
