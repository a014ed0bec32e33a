package dev.saddlebag.destination;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.sftp.server.AbstractSftpEventListenerAdapter;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An SSH server of its own for each test, with one user, a host key, SFTP to a folder of this machine, and commands. */
public final class SftpServer implements BeforeEachCallback, AfterEachCallback {
    /** Has every sign in it that somebody on its way could take for his own. */
    public static final String PASSWORD = "sftp-Secret/+= it's \"q\", #{a} (b) %20 ${c}";

    /** The passphrase of the key. */
    public static final String PASSPHRASE = "sftp-Passphrase \"of\" the key's";

    private final AtomicReference<WriteFault> fault = new AtomicReference<>(WriteFault.NONE);
    private final AtomicReference<Runnable> atWrite = new AtomicReference<>();
    private final List<String> forced = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> wrapper = new AtomicReference<>("%s");
    private SshServer server;
    private Path home;
    private KeyPair userKey;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        home = Files.createTempDirectory("saddlebag-sftp");
        Files.createDirectory(home.resolve("served"));
        userKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        KeyPair hostKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator(
                (user, password, session) -> user.equals("saddle") && password.equals(PASSWORD));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("saddle") && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home.resolve("served")));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new Forcing())
                .build();
        sftp.addSftpEventListener(new Breaking());
        server.setSubsystemFactories(List.of(sftp));
        server.setCommandFactory((channel, command) -> new ProcessShellFactory(
                        command, "/bin/sh", "-c", wrapper.get().formatted(command))
                .createShell(channel));
        server.start();
        knownHosts("known_hosts", hostKey);
        knownHosts("of_another", KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256));
        Files.writeString(home.resolve("empty"), "");
        OpenSSHKeyEncryptionContext encrypted = new OpenSSHKeyEncryptionContext();
        encrypted.setPassword(PASSPHRASE);
        encrypted.setCipherType("256");
        try (OutputStream plain = Files.newOutputStream(home.resolve("id"));
                OutputStream locked = Files.newOutputStream(home.resolve("id_locked"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "saddle", null, plain);
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "saddle", encrypted, locked);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        server.stop(true);
        try (var all = Files.walk(home)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** What a destination there is set to, by password. */
    public Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("host", "127.0.0.1");
        options.put("port", String.valueOf(server.getPort()));
        options.put("user", "saddle");
        options.put("path", "back/ups");
        options.put("known-hosts", file("known_hosts"));
        options.put("password", PASSWORD);
        options.put("retry-delay", "1");
        return options;
    }

    /** The same with one option more, or another. */
    public Map<String, String> options(String name, String value) {
        Map<String, String> options = options();
        options.put(name, value);
        return options;
    }

    /** A file of the client's: known_hosts, of_another, empty, id, id_locked. */
    String file(String name) {
        return home.resolve(name).toString();
    }

    /** The address of a folder of this machine, for commands that are run there. */
    String address(Path folder) {
        return "ssh://saddle@127.0.0.1:" + server.getPort() + folder;
    }

    /** Runs each command in another way from now on: a shell command with {@code %s} for it. */
    void wrapCommands(String command) {
        wrapper.set(command);
    }

    /** What is served. */
    public Path served() {
        return home.resolve("served");
    }

    /** What goes wrong when bytes are written to a file. */
    public interface WriteFault {
        /** All is well. */
        WriteFault NONE = (session, offset) -> {};

        /** The connection breaks in each file that is longer. */
        static WriteFault breaksAt(long length) {
            return (session, offset) -> {
                if (offset >= length) {
                    session.close(true);
                    throw new IOException("broken");
                }
            };
        }

        /** There is no room for more than so many bytes of a file. */
        static WriteFault fullAt(long length) {
            return (session, offset) -> {
                if (offset >= length) {
                    throw new IOException("No space left on device");
                }
            };
        }

        /** Called before bytes are written at {@code offset}. */
        void at(ServerSession session, long offset) throws IOException;
    }

    /** From now on this goes wrong with each file. */
    public void fault(WriteFault wanted) {
        fault.set(wanted);
    }

    /** Breaks all connections now. */
    void breakAll() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    /** Does something while the next file is on its way. */
    public void atNextWrite(Runnable action) {
        atWrite.set(action);
    }

    /** The names of the files that were forced to the disk. */
    List<String> forced() {
        return forced;
    }

    private void knownHosts(String name, KeyPair key) throws IOException {
        Files.writeString(
                home.resolve(name),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    private final class Breaking extends AbstractSftpEventListenerAdapter {
        @Override
        public void writing(
                ServerSession session,
                String remoteHandle,
                FileHandle localHandle,
                long offset,
                byte[] data,
                int dataOffset,
                int dataLen)
                throws IOException {
            Runnable action = atWrite.getAndSet(null);
            if (action != null) {
                action.run();
            }
            fault.get().at(session, offset);
        }
    }

    private final class Forcing implements SftpFileSystemAccessor {
        @Override
        public void syncFileData(
                SftpSubsystemProxy subsystem, FileHandle handle, Path file, String name, Channel channel)
                throws IOException {
            forced.add(file.getFileName().toString());
            SftpFileSystemAccessor.super.syncFileData(subsystem, handle, file, name, channel);
        }
    }
}
