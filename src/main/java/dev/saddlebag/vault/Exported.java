package dev.saddlebag.vault;

/**
 * What an export did.
 *
 * @param files files in the target now, those included that were there before with the same content
 * @param bytes bytes of these files
 */
public record Exported(long files, long bytes) {}
