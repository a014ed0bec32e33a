package dev.saddlebag.vault;

/**
 * From the first eight bytes of a hash to a number: 16 bytes an entry, so that the content of 200,000 paths is found in
 * a few megabytes (facts/vault-study.md §4.3). The first number put under a key stays.
 */
public final class HashTable {
    private long[] keys = new long[1024];
    private long[] values = new long[1024];
    private int size;

    /** Puts a number under a key that has none yet. */
    public void putIfAbsent(long key, long value) {
        if (size * 4L >= keys.length * 3L) {
            grow();
        }
        insert(key == 0 ? 1 : key, value);
    }

    boolean contains(long key) {
        return keys[slot(key == 0 ? 1 : key)] != 0;
    }

    /** The number under {@code key}, or {@code absent}. */
    public long get(long key, long absent) {
        var slot = slot(key == 0 ? 1 : key);
        return keys[slot] == 0 ? absent : values[slot];
    }

    private void insert(long key, long value) {
        var slot = slot(key);
        if (keys[slot] == 0) {
            keys[slot] = key;
            values[slot] = value;
            size++;
        }
    }

    private int slot(long key) {
        var mask = keys.length - 1;
        var slot = (int) (key ^ (key >>> 32)) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
    }
}
