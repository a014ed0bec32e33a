package dev.saddlebag.destination;

import java.io.IOException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** The connection to an SFTP server, made at its first use and again when it broke. */
final class SftpConnection implements AutoCloseable {
    private final SshConnection.Login login;
    private SshConnection ssh;
    private SftpClient sftp;

    SftpConnection(SshConnection.Login login) {
        this.login = login;
    }

    /** A client that was connected a moment ago. */
    synchronized SftpClient client() throws IOException {
        if (!isOpen()) {
            close();
            try {
                ssh = SshConnection.open(login);
                sftp = createClient();
            } finally {
                if (sftp == null) {
                    close();
                }
            }
        }
        return sftp;
    }

    /** Whether the next {@link #client} is one that was used before. It may be broken, and nobody know it yet. */
    synchronized boolean isOpen() {
        return sftp != null && sftp.isOpen();
    }

    /** Gives up a client that turned out to be broken. */
    synchronized void drop(SftpClient broken) {
        if (sftp == broken) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        sftp = null;
        if (ssh != null) {
            ssh.close();
            ssh = null;
        }
    }

    private SftpClient createClient() throws IOException {
        try {
            return SftpClientFactory.instance().createSftpClient(ssh.session());
        } catch (IOException | RuntimeException failed) {
            throw SshConnection.explained(login, failed);
        }
    }
}
