package dev.saddlebag.destination;

import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.Tree;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one commit with both of their hashes, in the order of a manifest: what tells, without reading any file,
 * which of the next snapshot git has already. It lies beside the mirror, under the name of the commit; without it all
 * files are read.
 */
final class GitIndex implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GitIndex.class);
    private static final String PREFIX = "files-";
    private static final String TEMPORARY = "index-";
    private static final String END = "end ";

    private final BufferedReader lines;
    private String path = "";
    private String[] line;

    private GitIndex(BufferedReader lines) throws IOException {
        this.lines = lines;
        advance();
    }

    /** The index of {@code commit} in {@code folder}; one that knows nothing, when there is none that is whole. */
    static GitIndex of(Path folder, Optional<ObjectId> commit) throws IOException {
        Optional<Path> file =
                commit.map(id -> folder.resolve(PREFIX + id.name())).filter(Files::exists);
        if (file.isPresent() && isWhole(file.get())) {
            return new GitIndex(Files.newBufferedReader(file.get()));
        }
        if (commit.isPresent()) {
            LOG.info(
                    "{} does not know the files of {}: all are read",
                    folder,
                    commit.get().name());
        }
        return new GitIndex(new BufferedReader(new StringReader("")));
    }

    /** The blob with the content of {@code entry}; entries must come in the order of their manifest. */
    Optional<ObjectId> blob(Entry entry) throws IOException {
        while (line != null && Tree.ORDER.compare(path, entry.path()) < 0) {
            advance();
        }
        boolean same = line != null && path.equals(entry.path()) && line[1].equals(entry.sha256());
        return same ? Optional.of(ObjectId.fromString(line[0])) : Optional.empty();
    }

    private void advance() throws IOException {
        String next = lines.readLine();
        line = next == null || next.startsWith(END) ? null : next.split(" ", 3);
        path = line == null ? "" : line[2];
    }

    private static boolean isWhole(Path file) throws IOException {
        MessageDigest digest = Hashes.sha256();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                if (next.startsWith(END)) {
                    return next.equals(END + Hashes.hex(digest.digest())) && lines.readLine() == null;
                }
                digest.update((next + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (CharacterCodingException e) {
            return false;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** Writes the index of a commit that is being made. */
    static final class Writing implements Closeable {
        private final Path folder;
        private final Path temporary;
        private final DigestOutputStream out;
        private final Writer text;

        Writing(Path folder) throws IOException {
            this.folder = folder;
            this.temporary = Files.createTempFile(folder, TEMPORARY, ".tmp");
            this.out = new DigestOutputStream(Files.newOutputStream(temporary), Hashes.sha256());
            this.text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        }

        void add(Entry entry, ObjectId blob) throws IOException {
            text.write(blob.name() + " " + entry.sha256() + " " + entry.path() + "\n");
        }

        /** Keeps it as that of {@code commit}. */
        void keep(ObjectId commit) throws IOException {
            text.flush();
            String hash = Hashes.hex(out.getMessageDigest().digest());
            text.write(END + hash + "\n");
            text.close();
            Files.move(temporary, folder.resolve(PREFIX + commit.name()), StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            text.close();
            Files.deleteIfExists(temporary);
        }
    }

    /** Removes all but that of {@code commit}, and what a process that was killed has left. */
    static void keepOnly(Path folder, ObjectId commit) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean old = name.startsWith(PREFIX) && !name.equals(PREFIX + commit.name());
                if (old || name.startsWith(TEMPORARY)) {
                    Files.delete(file);
                }
            }
        }
    }
}
