package dev.saddlebag.destination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;

/**
 * A connection to an SSH server, logged in. A server whose key does not stand in {@code known_hosts} gets neither a
 * password nor a byte.
 */
final class SshConnection implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(20);

    private static final long WINDOW = 8L << 20;
    private static final int PIECE = 255 << 10;

    /** What processors compute themselves comes first; the client's own order begins with what Java computes slowly. */
    private static final List<NamedFactory<Cipher>> CIPHERS = List.copyOf(NamedFactory.setUpBuiltinFactories(
            false,
            List.of(
                    BuiltinCiphers.aes128gcm,
                    BuiltinCiphers.aes256gcm,
                    BuiltinCiphers.cc20p1305_openssh,
                    BuiltinCiphers.aes128ctr,
                    BuiltinCiphers.aes192ctr,
                    BuiltinCiphers.aes256ctr)));

    private final SshClient client;
    private final ClientSession session;

    /**
     * Whom to connect to, and as whom.
     *
     * @param knownHosts the file with the server's key
     * @param keyFile the private key, if there is one
     * @param passphrase of the private key
     * @param timeout how long the server may be silent
     */
    record Login(
            String host,
            int port,
            String user,
            Path knownHosts,
            Optional<Path> keyFile,
            Optional<String> passphrase,
            Optional<String> password,
            Duration timeout) {

        static Login of(Options options) {
            return of(options.required("host"), options.number("port", 1, 22), options.required("user"), options);
        }

        /** The same with a server that an address has named. */
        static Login of(String host, int port, String user, Options options) {
            Login login = new Login(
                    host,
                    port,
                    user,
                    file("known-hosts", options.required("known-hosts")),
                    options.text("key-file").map(text -> file("key-file", text)),
                    options.text("key-passphrase"),
                    options.text("password"),
                    options.timeout());
            if (login.keyFile().isEmpty() && login.password().isEmpty()) {
                throw new IllegalArgumentException("neither the option key-file nor the option password is set");
            }
            return login;
        }

        private static Path file(String option, String text) {
            Path file = Path.of(text);
            if (!file.isAbsolute() || !Files.isReadable(file)) {
                throw new IllegalArgumentException("the option " + option
                        + " must be a file that can be read, with its whole path, but is \"" + text + "\"");
            }
            return file;
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return user + "@" + host + ":" + port;
        }
    }

    private SshConnection(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /** @throws IOException with a sentence when the server cannot be reached, is not the right one, or refuses */
    static SshConnection open(Login login) throws IOException {
        SshClient client = start(login);
        try {
            return new SshConnection(client, session(client, login));
        } catch (IOException | RuntimeException failed) {
            client.stop();
            throw explained(login, failed);
        }
    }

    ClientSession session() {
        return session;
    }

    @Override
    public void close() {
        client.stop();
    }

    private static SshClient start(Login login) {
        SshClient client = ClientBuilder.builder().cipherFactories(CIPHERS).build();
        client.setServerKeyVerifier(
                new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, login.knownHosts()));
        // Nothing of the user's own SSH settings: the options say all.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        // How long an answer is waited for; and how long for the server to take more of a file.
        CoreModuleProperties.IDLE_TIMEOUT.set(client, login.timeout());
        CoreModuleProperties.WINDOW_TIMEOUT.set(client, login.timeout());
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, toConnect(login));
        // Fewer and larger pieces are under way: as large as OpenSSH takes them.
        CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW);
        SftpModuleProperties.READ_BUFFER_SIZE.set(client, PIECE);
        SftpModuleProperties.WRITE_BUFFER_SIZE.set(client, PIECE);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, TO_CONNECT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
        client.start();
        return client;
    }

    private static Duration toConnect(Login login) {
        return login.timeout().compareTo(TO_CONNECT) < 0 ? login.timeout() : TO_CONNECT;
    }

    private static ClientSession session(SshClient client, Login login) throws IOException {
        ClientSession session = client.connect(login.user(), login.host(), login.port())
                .verify(toConnect(login))
                .getSession();
        if (login.keyFile().isPresent()) {
            session.addPublicKeyIdentity(key(session, login));
        }
        login.password().ifPresent(session::addPasswordIdentity);
        session.auth().verify(toConnect(login));
        return session;
    }

    private static KeyPair key(ClientSession session, Login login) throws IOException {
        Path file = login.keyFile().orElseThrow();
        FileKeyPairProvider keys = new FileKeyPairProvider(file);
        login.passphrase().ifPresent(words -> keys.setPasswordFinder(FilePasswordProvider.of(words)));
        try {
            for (KeyPair key : keys.loadKeys(session)) {
                return key;
            }
        } catch (RuntimeException unreadable) {
            throw unusable(file, unreadable);
        }
        throw unusable(file, new GeneralSecurityException("there is no key in it"));
    }

    private static IOException unusable(Path file, Exception reason) {
        return new UnusableKeyException(
                "The key " + file + " cannot be used: " + reason.getMessage() + ". Check key-file and key-passphrase",
                reason);
    }

    /** What {@code failed} means, in a sentence. */
    static IOException explained(Login login, Exception failed) {
        if (failed instanceof UnusableKeyException said) {
            return said;
        }
        int code = failed instanceof SshException ssh ? ssh.getDisconnectCode() : 0;
        if (code == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE) {
            return new IOException(
                    "The key of " + login.host() + ":" + login.port() + " is not the one in " + login.knownHosts()
                            + ", or there is none. Nothing was sent. If the server has a new key, ask who runs it, and put the"
                            + " key there; if not, somebody may have come between",
                    failed);
        }
        if (code == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            return new IOException(
                    login
                            + " is refused: check user, key-file, key-passphrase and password, and that the server knows the"
                            + " key",
                    failed);
        }
        return new ConnectionLostException(
                login + " cannot be reached: " + reason(failed)
                        + ". Check host, port, and the network between here and there",
                failed);
    }

    private static String reason(Exception failed) {
        return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    }

    /** A key of ours that cannot be read, as opposed to whatever goes wrong on the way. */
    private static final class UnusableKeyException extends IOException {
        UnusableKeyException(String sentence, Exception cause) {
            super(sentence, cause);
        }
    }
}
