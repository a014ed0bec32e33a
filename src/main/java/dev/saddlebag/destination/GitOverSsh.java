package dev.saddlebag.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * Lets git speak through our own SSH connections, which look at nothing of the user's. JGit's own module would bring a
 * second, older copy of the SSH library.
 */
final class GitOverSsh extends SshSessionFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SshConnection.Login login;

    GitOverSsh(SshConnection.Login login) {
        this.login = login;
    }

    @Override
    public RemoteSession getSession(URIish uri, CredentialsProvider credentials, FS files, int timeout)
            throws TransportException {
        try {
            return new Session(SshConnection.open(login));
        } catch (IOException failed) {
            throw new TransportException(failed.getMessage(), new ExplainedException(failed.getMessage(), failed));
        }
    }

    @Override
    public String getType() {
        return "saddlebag";
    }

    private record Session(SshConnection connection) implements RemoteSession {
        @Override
        public Process exec(String command, int timeout) throws IOException {
            ChannelExec channel = connection.session().createExecChannel(command);
            channel.open().verify(PATIENCE);
            return new RemoteProcess(channel);
        }

        @Override
        public void disconnect() {
            connection.close();
        }
    }

    /** A command that runs at the server. */
    private static final class RemoteProcess extends Process {
        private final ChannelExec channel;

        RemoteProcess(ChannelExec channel) {
            this.channel = channel;
        }

        @Override
        public OutputStream getOutputStream() {
            return channel.getInvertedIn();
        }

        @Override
        public InputStream getInputStream() {
            return channel.getInvertedOut();
        }

        @Override
        public InputStream getErrorStream() {
            return channel.getInvertedErr();
        }

        @Override
        public int waitFor() {
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            return exitValue();
        }

        @Override
        public int exitValue() {
            if (channel.isOpen()) {
                throw new IllegalThreadStateException("the command still runs");
            }
            Integer status = channel.getExitStatus();
            return status == null ? -1 : status;
        }

        @Override
        public void destroy() {
            channel.close(true);
        }
    }
}
