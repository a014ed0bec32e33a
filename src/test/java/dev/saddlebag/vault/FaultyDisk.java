package dev.saddlebag.vault;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Dies at the n-th operation on the disk: before it, after it, or with half of what was to be written. */
final class FaultyDisk implements Disk {
    private static final Disk DISK = new QuickDisk();

    private final int at;
    private final boolean full;
    private int operations;

    /** @param full whether the disk fills up instead of the process dying */
    FaultyDisk(int at, boolean full) {
        this.at = at;
        this.full = full;
    }

    boolean reached() {
        return operations >= at;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step();
        DISK.createFolder(folder);
        step();
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        step();
        var out = DISK.create(file);
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length / 2);
                step();
                out.write(bytes, offset + length / 2, length - length / 2);
                step();
            }

            @Override
            public void close() throws IOException {
                out.close();
                step();
            }
        };
    }

    @Override
    public void sync(Path folder) throws IOException {
        step();
        DISK.sync(folder);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        DISK.rename(from, to);
        step();
    }

    @Override
    public void delete(Path path) throws IOException {
        if (!full) {
            step();
        }
        DISK.delete(path);
    }

    private void step() throws IOException {
        operations++;
        if (operations == at && full) {
            throw new IOException("No space left on device");
        }
        if (operations == at) {
            throw new Crash();
        }
    }
}
