package dev.saddlebag.routes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.sshd.common.file.root.RootedFileSystemProvider;

/**
 * A disk of which a copy is taken before each change: what a process leaves that is killed at that very moment. Copies
 * that differ in nothing are kept once.
 */
final class Moments extends RootedFileSystemProvider {
    /** What is written for a moment, half a seal (which has crash tests of its own), and what is on its way out. */
    private static final Pattern PASSING = Pattern.compile("(/temporary|/sealing-[^/]*|\\.deleted|/data)/.*");

    private final Path folder;
    private final List<String> copied;
    private final Path copies;
    private final FileSystem disk;
    private final Set<Map<String, Long>> seen = new HashSet<>();
    private final List<Path> all = new ArrayList<>();
    private boolean recording;

    /** Of a folder, these folders in it; the copies go beside it. */
    Moments(Path folder, List<String> copied) throws IOException {
        this.folder = folder;
        this.copied = List.copyOf(copied);
        this.copies = Files.createTempDirectory(folder.getParent(), "moments-");
        this.disk = newFileSystem(folder, Map.of());
    }

    /** A folder of the disk, to be given to whom it is that works on it. */
    Path path(String name) {
        return disk.getPath("/" + name);
    }

    synchronized void record(boolean on) {
        recording = on;
    }

    /** The copies, the oldest first. */
    synchronized List<Path> all() {
        return List.copyOf(all);
    }

    /** Puts the folders back as they were at a moment. */
    void goBackTo(Path moment) throws IOException {
        for (String name : copied) {
            if (Files.exists(folder.resolve(name))) {
                PathUtils.deleteDirectory(folder.resolve(name));
            }
            if (Files.exists(moment.resolve(name))) {
                PathUtils.copyDirectory(moment.resolve(name), folder.resolve(name));
            }
        }
    }

    private synchronized void take() throws IOException {
        if (!recording || !seen.add(listing())) {
            return;
        }
        Path copy = copies.resolve("%04d".formatted(all.size()));
        // Another thread may take a passing file away while it is copied; then the moment is another one.
        while (!copied(copy)) {
            PathUtils.deleteDirectory(copy);
        }
        all.add(copy);
    }

    private boolean copied(Path copy) throws IOException {
        Files.createDirectory(copy);
        try {
            for (String name : copied) {
                if (Files.exists(folder.resolve(name))) {
                    PathUtils.copyDirectory(folder.resolve(name), copy.resolve(name));
                }
            }
            return true;
        } catch (NoSuchFileException passed) {
            return false;
        } catch (UncheckedIOException failed) {
            if (failed.getCause() instanceof NoSuchFileException) {
                return false;
            }
            throw failed.getCause();
        }
    }

    /** Every file with its size; the names of passing files are different each time and mean nothing. */
    private Map<String, Long> listing() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        for (String name : copied) {
            if (!Files.exists(folder.resolve(name))) {
                continue;
            }
            try (Stream<Path> found = Files.walk(folder.resolve(name))) {
                found.filter(Files::isRegularFile).forEach(file -> {
                    String path = folder.relativize(file).toString();
                    try {
                        Matcher passing = PASSING.matcher(path);
                        if (passing.find()) {
                            files.put(passing.replaceAll("$1"), 0L);
                        } else {
                            files.put(path, Files.size(file));
                        }
                    } catch (NoSuchFileException passed) {
                        files.remove(path);
                    } catch (IOException disk) {
                        throw new UncheckedIOException(disk);
                    }
                });
            }
        }
        return files;
    }

    private static boolean writes(Set<? extends OpenOption> options) {
        return options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        take();
        return super.newOutputStream(path, options);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (writes(options)) {
            take();
        }
        return super.newFileChannel(path, options, attributes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (writes(options)) {
            take();
        }
        return super.newByteChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        take();
        super.createDirectory(folder, attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        take();
        super.delete(path);
    }

    @Override
    public boolean deleteIfExists(Path path) throws IOException {
        take();
        return super.deleteIfExists(path);
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        take();
        super.copy(from, to, options);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        take();
        super.move(from, to, options);
    }
}
