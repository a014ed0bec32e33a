package dev.saddlebag.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the entries of packs really are: from pack and name to size and hash, 56 bytes each, so that a verification
 * unpacks each pack once however many snapshots share it. Several threads may fill it.
 */
final class EntryHashes {
    private static final int WIDTH = 7;

    private long[] table = new long[WIDTH * 1024];
    private int size;

    synchronized void put(String pack, String name, long length, byte[] sha256) {
        if (size * 4L >= (table.length / WIDTH) * 3L) {
            grow();
        }
        var key = key(pack, name);
        var hash = ByteBuffer.wrap(sha256);
        insert(new long[] {
            key.getLong(), key.getLong(), hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong(), length
        });
    }

    /** True when that entry is there and is {@code length} bytes with the hash {@code hex}. */
    synchronized boolean matches(String pack, String name, long length, String hex) {
        var key = key(pack, name);
        var slot = slot(key.getLong(), key.getLong());
        if (isFree(slot) || table[slot + 6] != length) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (table[slot + 2 + i] != Long.parseUnsignedLong(hex, i * 16, i * 16 + 16, 16)) {
                return false;
            }
        }
        return true;
    }

    private void insert(long[] row) {
        var slot = slot(row[0], row[1]);
        if (isFree(slot)) {
            size++;
        }
        System.arraycopy(row, 0, table, slot, WIDTH);
    }

    private int slot(long high, long low) {
        var rows = table.length / WIDTH;
        var row = (int) (high & (rows - 1));
        while (true) {
            var slot = row * WIDTH;
            if (isFree(slot) || (table[slot] == high && table[slot + 1] == low)) {
                return slot;
            }
            row = (row + 1) & (rows - 1);
        }
    }

    private boolean isFree(int slot) {
        return table[slot] == 0 && table[slot + 1] == 0;
    }

    private void grow() {
        var old = table;
        table = new long[old.length * 2];
        size = 0;
        var row = new long[WIDTH];
        for (int i = 0; i < old.length; i += WIDTH) {
            if (old[i] != 0 || old[i + 1] != 0) {
                System.arraycopy(old, i, row, 0, WIDTH);
                insert(row);
            }
        }
    }

    private static ByteBuffer key(String pack, String name) {
        return ByteBuffer.wrap(Hashes.sha256().digest((pack + '\0' + name).getBytes(StandardCharsets.UTF_8)));
    }
}
