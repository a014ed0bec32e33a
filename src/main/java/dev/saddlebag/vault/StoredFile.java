package dev.saddlebag.vault;

/**
 * A stored file as a snapshot needs it.
 *
 * @param name as in {@link Store}
 * @param sha256 hash of the stored bytes
 * @param size bytes as stored
 */
record StoredFile(String name, String sha256, long size) {}
