package dev.saddlebag.snapshot;

/**
 * The bytes of a file in a snapshot.
 *
 * @param sha256 the hash of the bytes, 64 hexadecimal digits
 * @param size their number
 */
public record StoredFile(String sha256, long size) {}
