package dev.saddlebag.vault;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.zip.ZipFile;

/** Reads the content of entries of one snapshot; remembers the pack that was opened last. */
final class EntryContent implements Closeable {
    private final Vault vault;
    private final Snapshot snapshot;
    private final List<String> files;
    private final FetchingAhead fetching;
    private int openPosition = -1;
    private OpenPack open;

    /** @param files the list in the header of the snapshot's manifest */
    EntryContent(Vault vault, Snapshot snapshot, List<String> files) {
        this(vault, snapshot, files, new BitSet());
    }

    /** The content of {@code entries}, for who reads them in their order. */
    static EntryContent of(Vault vault, Snapshot snapshot, GroupedEntries entries) {
        return new EntryContent(vault, snapshot, entries.files(), entries.wanted());
    }

    private EntryContent(Vault vault, Snapshot snapshot, List<String> files, BitSet wanted) {
        this.vault = vault;
        this.snapshot = snapshot;
        this.files = files;
        this.fetching = new FetchingAhead(vault, snapshot, files, wanted);
    }

    /** The entry's content on its own: what was opened for it is closed with the stream. */
    InputStream open(Entry entry) throws IOException {
        var content = new EntryContent(vault, snapshot, files);
        InputStream in;
        try {
            in = content.stream(entry);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                try (content) {
                    super.close();
                }
            }
        };
    }

    /**
     * The entry's content, which checks its size and hash at its end and never gives more than the size.
     *
     * @throws DamageException when the stored file that holds it is not what was written
     */
    InputStream stream(Entry entry) throws IOException {
        var first = files.get(entry.files().get(0));
        return new CheckedContent(
                Names.isPack(first) ? fromPack(entry) : new Parts(entry), entry, snapshot.id(), first);
    }

    private InputStream fromPack(Entry entry) throws IOException {
        int position = entry.files().get(0);
        if (position != openPosition) {
            closePack();
            open = OpenPack.of(fetching.get(position));
            openPosition = position;
        }
        var inside = open.zip().getEntry(entry.nameInPack());
        if (inside == null) {
            throw CheckedContent.damaged(entry, snapshot.id(), files.get(position), "does not hold the entry");
        }
        return open.zip().getInputStream(inside);
    }

    @Override
    public void close() throws IOException {
        try (fetching) {
            closePack();
        }
    }

    private void closePack() throws IOException {
        openPosition = -1;
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** A fetched pack and the ZIP in it. */
    private record OpenPack(Fetched fetched, ZipFile zip) implements Closeable {
        static OpenPack of(Fetched fetched) throws IOException {
            try {
                return new OpenPack(fetched, new ZipFile(fetched.path().toFile()));
            } catch (IOException | RuntimeException e) {
                fetched.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try (fetched) {
                zip.close();
            }
        }
    }

    /** A loose file: its parts, one after another, each proven before its first byte is given. */
    private final class Parts extends InputStream {
        private final Deque<Integer> left;
        private Fetched fetched;
        private InputStream part = InputStream.nullInputStream();

        Parts(Entry entry) {
            left = new ArrayDeque<>(entry.files());
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (true) {
                var n = part.read(bytes, offset, length);
                if (n >= 0 || left.isEmpty()) {
                    return n;
                }
                close();
                fetched = fetching.get(left.remove());
                part = java.nio.file.Files.newInputStream(fetched.path());
            }
        }

        @Override
        public void close() throws IOException {
            part.close();
            if (fetched != null) {
                fetched.close();
            }
        }
    }
}
