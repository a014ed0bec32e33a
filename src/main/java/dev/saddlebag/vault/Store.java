package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of one vault lie: the four verbs that every destination knows. Names are relative to the vault and
 * use {@code /}, such as {@code meta/20261120T020005Z-7f3a91.json}.
 */
public interface Store {

    /** A stored file as a listing shows it: {@code name} as in {@link #put}, {@code size} in bytes. */
    record Stored(String name, long size) {}

    /**
     * Stores {@code file} under {@code name}, whole or not at all: no reader ever sees a part of it under that name, and
     * when the call returns it survives a power cut. Names are written once: storing the same bytes again is quietly
     * accepted.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the name is taken by a file of another size
     */
    void put(String name, Path file) throws IOException;

    /**
     * Opens a stored file for reading; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException when there is none of that name
     */
    InputStream get(String name) throws IOException;

    /**
     * Every stored file whose name begins with {@code folder + "/"} (or, for the empty folder, the files at the top),
     * in any order, however many there are; none of them is a file that is still being written.
     */
    List<Stored> list(String folder) throws IOException;

    /** How many files may be put and read at the same time. */
    default int atOnce() {
        return 1;
    }

    /** Deletes a stored file; deleting what is not there is no error. */
    void delete(String name) throws IOException;
}
