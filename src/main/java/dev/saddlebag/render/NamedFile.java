package dev.saddlebag.render;

/**
 * A file that an object names (facts/notion-api.md §2.9).
 *
 * @param name for people
 * @param address where it lay when it was read, without a signature
 * @param sha256 the hash of its bytes in the snapshot; empty when they are not there
 */
public record NamedFile(String name, String address, String sha256) {}
