package dev.saddlebag.vault;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a collector would carry over that remembers the hash of every file it did not read again.
 *
 * @param hashes from the path to the expected hash
 */
record Unchanged(Map<String, String> hashes) implements CarriedOver {
    /** All that {@code parent} and {@code files} (path to content) have in common. */
    static Unchanged between(Sealed parent, Map<String, byte[]> files) throws java.io.IOException {
        var hashes = new TreeMap<String, String>();
        try (var entries = parent.entries()) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                var path = entry.get().path();
                var sha256 = entry.get().sha256();
                if (files.containsKey(path) && Hashes.of(files.get(path)).equals(sha256)) {
                    hashes.put(path, sha256);
                }
            }
        }
        return new Unchanged(hashes);
    }

    /** {@code files} without those that are carried over: what must be staged. */
    Map<String, byte[]> rest(Map<String, byte[]> files) {
        var rest = new TreeMap<>(files);
        rest.keySet().removeAll(hashes.keySet());
        return rest;
    }

    @Override
    public boolean contains(String path, String sha256) {
        return sha256.equals(hashes.get(path));
    }

    @Override
    public long expected() {
        return hashes.size();
    }
}
