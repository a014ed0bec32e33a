package dev.saddlebag.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vault in a folder of an SFTP server. A file is written under a temporary name, forced to the server's disk where the
 * server can, and renamed by a request that replaces nothing. That is why this is no route over {@code camel-ftp}, which
 * lists 100 files, forces nothing, and renames over what is there (facts/vault-study.md §4.6).
 */
final class SftpFolder implements Remote.Connected {
    /** Temporary files of this age belong to no write that still runs. */
    private static final Duration LEFT_OVER = Duration.ofDays(7);

    private static final int OWNER_ONLY = 0700;
    private static final int TRIES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(SftpFolder.class);

    private final SftpConnection connection;
    private final String root;
    private final String place;
    private final Duration retryDelay;
    private final Clock clock;

    /**
     * A vault in a folder.
     *
     * @param root the folder; from the home of the user on, unless it begins with a slash
     * @param place the server, for messages
     * @param retryDelay how long to wait before the first try to connect anew
     */
    SftpFolder(SftpConnection connection, String root, String place, Duration retryDelay, Clock clock) {
        this.connection = connection;
        this.root = root;
        this.place = place;
        this.retryDelay = retryDelay;
        this.clock = clock;
    }

    /** The folder that the options of the Kamelet name. */
    static SftpFolder of(Options options) {
        SshConnection.Login login = SshConnection.Login.of(options);
        String root = options.required("path").replaceAll("(?<=.)/+$", "");
        Duration retryDelay = Duration.ofMillis(options.number("retry-delay", 1, 1000));
        return new SftpFolder(new SftpConnection(login), root, login.toString(), retryDelay, Clock.systemUTC());
    }

    @Override
    public void put(String name, Path file) throws IOException {
        String target = path(name);
        long size = Files.size(file);
        ask("could not be written to", name, sftp -> {
            if (!isThere(sftp, name, target, size)) {
                write(sftp, name, target, file, size);
            }
            return null;
        });
    }

    @Override
    public InputStream get(String name) throws IOException {
        String path = path(name);
        return ask("could not be read from", name, sftp -> {
            try {
                return new ExplainedInput(sftp.read(path), failed -> explained("could not be read from", name, failed));
            } catch (IOException failed) {
                if (isMissing(failed)) {
                    NoSuchFileException missing = new NoSuchFileException(name);
                    missing.initCause(failed);
                    throw missing;
                }
                throw failed;
            }
        });
    }

    @Override
    public List<Stored> list(String folder) throws IOException {
        String path = folder.isEmpty() ? root : path(folder);
        return ask("could not be listed at", folder.isEmpty() ? root : folder, sftp -> {
            List<Stored> found = new ArrayList<>();
            list(sftp, path, folder.isEmpty() ? "" : folder + "/", !folder.isEmpty(), found);
            return found;
        });
    }

    @Override
    public void delete(String name) throws IOException {
        String path = path(name);
        ask("could not be deleted at", name, sftp -> {
            try {
                sftp.remove(path);
            } catch (IOException failed) {
                if (!isMissing(failed)) {
                    throw failed;
                }
            }
            return null;
        });
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Something that is done over a connection, and can be done once more. */
    private interface Question<T> {
        T of(SftpClient sftp) throws IOException;
    }

    /** Asks up to three times, with a pause that doubles, when the connection is what fails and not the server. */
    private <T> T ask(String failure, String name, Question<T> question) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return askOnce(failure, name, question);
            } catch (ConnectionLostException lost) {
                if (tries == TRIES) {
                    throw lost;
                }
                LOG.debug("Another try of {} at {} follows: {}", name, place, lost.getMessage());
                pause(retryDelay.multipliedBy(tries));
            }
        }
    }

    private <T> T askOnce(String failure, String name, Question<T> question) throws IOException {
        SftpClient sftp = connection.client();
        try {
            return question.of(sftp);
        } catch (FileSystemException told) {
            throw told;
        } catch (IOException | RuntimeException failed) {
            if (answer(failed).isEmpty()) {
                connection.drop(sftp);
            }
            throw explained(failure, name, failed);
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while a connection was about to be made anew");
        }
    }

    private static void write(SftpClient sftp, String name, String target, Path file, long size) throws IOException {
        String temporary = parent(target) + "/" + Names.TEMPORARY + UUID.randomUUID();
        boolean done = false;
        try {
            copy(sftp, temporary, file);
            force(sftp, temporary);
            done = move(sftp, name, temporary, target, size);
        } finally {
            if (!done) {
                removeLeftOver(sftp, temporary);
            }
        }
    }

    private static void copy(SftpClient sftp, String temporary, Path file) throws IOException {
        try (OutputStream out = create(sftp, temporary)) {
            Files.copy(file, out);
        }
    }

    /** Makes the folders only when they turn out to be missing: that saves questions for all files but the first. */
    private static OutputStream create(SftpClient sftp, String temporary) throws IOException {
        try {
            return open(sftp, temporary);
        } catch (IOException failed) {
            if (!isMissing(failed)) {
                throw failed;
            }
            makeFolders(sftp, parent(temporary));
            return open(sftp, temporary);
        }
    }

    private static OutputStream open(SftpClient sftp, String temporary) throws IOException {
        return sftp.write(temporary, OpenMode.Write, OpenMode.Create, OpenMode.Exclusive);
    }

    private static void force(SftpClient sftp, String temporary) throws IOException {
        OpenSSHFsyncExtension fsync = sftp.getExtension(OpenSSHFsyncExtension.class);
        if (fsync != null && fsync.isSupported()) {
            try (SftpClient.CloseableHandle handle = sftp.open(temporary, OpenMode.Write)) {
                fsync.fsync(handle);
            }
        }
    }

    /** Whether the temporary file got its name; if not, another write of the same bytes was faster. */
    private static boolean move(SftpClient sftp, String name, String temporary, String target, long size)
            throws IOException {
        try {
            sftp.rename(temporary, target);
            return true;
        } catch (SftpException refused) {
            if (isThere(sftp, name, target, size)) {
                return false;
            }
            throw refused;
        }
    }

    private static void removeLeftOver(SftpClient sftp, String temporary) {
        try {
            sftp.remove(temporary);
        } catch (IOException broken) {
            // The connection is gone, as is the caller's luck; a listing sweeps it after a week.
        }
    }

    private static void makeFolders(SftpClient sftp, String folder) throws IOException {
        if (folder.isEmpty()
                || attributes(sftp, folder).filter(Attributes::isDirectory).isPresent()) {
            return;
        }
        makeFolders(sftp, parent(folder));
        try {
            sftp.mkdir(folder);
        } catch (SftpException taken) {
            if (attributes(sftp, folder).filter(Attributes::isDirectory).isEmpty()) {
                throw taken;
            }
            return;
        }
        sftp.setStat(folder, new Attributes().perms(OWNER_ONLY));
    }

    private void list(SftpClient sftp, String folder, String prefix, boolean deep, List<Stored> found)
            throws IOException {
        List<DirEntry> entries = new ArrayList<>();
        try {
            sftp.readDir(folder).forEach(entries::add);
        } catch (IOException | RuntimeException failed) {
            if (isMissing(failed)) {
                return; // What was never written to has no folder yet.
            }
            throw failed;
        }
        for (DirEntry entry : entries) {
            String name = entry.getFilename();
            Attributes attributes = entry.getAttributes();
            if (name.startsWith(Names.TEMPORARY)) {
                sweep(sftp, folder + "/" + name, attributes);
            } else if (attributes.isDirectory()) {
                if (deep && !name.equals(".") && !name.equals("..")) {
                    list(sftp, folder + "/" + name, prefix + name + "/", true, found);
                }
            } else if (attributes.isRegularFile()) {
                found.add(new Stored(prefix + name, attributes.getSize()));
            }
        }
    }

    private void sweep(SftpClient sftp, String temporary, Attributes attributes) {
        if (attributes.isRegularFile()
                && attributes.getModifyTime() != null
                && attributes
                        .getModifyTime()
                        .toInstant()
                        .isBefore(clock.instant().minus(LEFT_OVER))) {
            removeLeftOver(sftp, temporary);
        }
    }

    /** Whether the name is taken by a file of this size, which then counts as the same. */
    private static boolean isThere(SftpClient sftp, String name, String target, long size) throws IOException {
        Optional<Attributes> there = attributes(sftp, target);
        if (there.isPresent() && (!there.get().isRegularFile() || there.get().getSize() != size)) {
            throw new FileAlreadyExistsException(
                    name,
                    null,
                    "is there with " + there.get().getSize() + " bytes instead of " + size + "; it was left as it is");
        }
        return there.isPresent();
    }

    private static Optional<Attributes> attributes(SftpClient sftp, String path) throws IOException {
        try {
            return Optional.of(sftp.stat(path));
        } catch (IOException failed) {
            if (isMissing(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static boolean isMissing(Throwable failed) {
        return answer(failed)
                .filter(answer -> answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                        || answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH)
                .isPresent();
    }

    /** What the server said; empty when the connection is what failed. */
    private static Optional<SftpException> answer(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SftpException answer
                    && answer.getStatus() != SftpConstants.SSH_FX_CONNECTION_LOST
                    && answer.getStatus() != SftpConstants.SSH_FX_NO_CONNECTION) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private IOException explained(String what, String name, Exception failed) {
        String sentence = name + " " + what + " " + place + ": ";
        return answer(failed)
                .map(told -> new IOException(
                        sentence + reason(told) + ". Check path, its permissions, and the free space there", failed))
                .orElseGet(() -> new ConnectionLostException(
                        sentence + reason(failed)
                                + ". The connection broke; nothing appears under a name before it is whole, and the next"
                                + " try connects anew",
                        failed));
    }

    private static String reason(Exception failed) {
        return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    }

    private String path(String name) throws IOException {
        Names.check(name);
        return root + "/" + name;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
