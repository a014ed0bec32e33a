package dev.saddlebag.destination;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** One branch of a repository elsewhere: asks for it, fetches it, and pushes to it, never by force. */
final class GitRemote {
    /** How many seconds a remote may be silent. It is, while it checks what was pushed. */
    private static final int PATIENCE = 600;

    private static final int LONGEST_MESSAGE = 300;

    private final GitSettings settings;
    private final String branch;

    GitRemote(GitSettings settings, String branch) {
        this.settings = settings;
        this.branch = branch;
    }

    /** The branch and where it is, for sentences. */
    String place() {
        return "the branch " + branch + " of " + settings.place();
    }

    /** What the branch points at; empty when it is not there yet. */
    Optional<ObjectId> head(Repository mirror) throws IOException {
        try (Transport transport = open(mirror);
                FetchConnection connection = transport.openFetch()) {
            return Optional.ofNullable(connection.getRef(Constants.R_HEADS + branch))
                    .map(Ref::getObjectId);
        } catch (IOException | RuntimeException failed) {
            throw explained(failed);
        }
    }

    /**
     * Brings the branch and its history to {@code mirror}, as the reference {@code target}.
     *
     * @param check whether each object is looked into
     */
    void fetch(Repository mirror, String target, boolean check) throws IOException {
        try (Transport transport = open(mirror)) {
            transport.setCheckFetchedObjects(check);
            transport.fetch(
                    NullProgressMonitor.INSTANCE,
                    List.of(new RefSpec("+" + Constants.R_HEADS + branch + ":" + target)));
        } catch (IOException | RuntimeException failed) {
            throw explained(failed);
        }
    }

    /**
     * Lets the branch point at {@code commit}, which builds upon {@code head}.
     *
     * @throws IOException with a sentence when the remote refuses, or the branch has moved meanwhile
     */
    void push(Repository mirror, ObjectId commit, Optional<ObjectId> head) throws IOException {
        RemoteRefUpdate update = new RemoteRefUpdate(
                mirror, commit.name(), commit, Constants.R_HEADS + branch, false, null, head.orElse(ObjectId.zeroId()));
        String said;
        try (Transport transport = open(mirror)) {
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            said = result.getMessages();
        } catch (IOException | RuntimeException failed) {
            throw explained(failed);
        }
        switch (update.getStatus()) {
            case OK, UP_TO_DATE -> {}
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
                throw new IOException("somebody pushed to " + place()
                        + " at the same time. Nothing was changed there; the next run looks at it anew");
            default ->
                throw new IOException(place() + " was refused to us: " + reason(update, said)
                        + ". Nothing was changed there. Ask who runs that repository");
        }
    }

    private static String reason(RemoteRefUpdate update, String said) {
        String reason = update.getMessage() == null
                ? update.getStatus().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                : update.getMessage();
        String words = said == null ? "" : said.strip().replaceAll("\\s*\\R\\s*", " / ");
        words = words.length() > LONGEST_MESSAGE ? words.substring(0, LONGEST_MESSAGE) + "…" : words;
        return words.isEmpty() ? reason : reason + " (" + words + ")";
    }

    private Transport open(Repository mirror) throws IOException {
        Optional<Path> folder = settings.folder();
        if (folder.isPresent() && !GitSettings.isRepository(folder.get())) {
            throw new ExplainedException(
                    "there is no git repository at " + folder.get() + ". If it is to be new, make it: git init --bare "
                            + folder.get() + ". If it lies on a share, mount that",
                    null);
        }
        NoUserSettings.install();
        Transport transport = Transport.open(mirror, settings.remote());
        transport.setTimeout(PATIENCE);
        transport.setTagOpt(TagOpt.NO_TAGS);
        if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(new GitOverSsh(settings.login().orElseThrow()));
        }
        if (settings.isHttp() && settings.password().isPresent()) {
            transport.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                    settings.user().orElse("git"), settings.password().get()));
        }
        return transport;
    }

    private IOException explained(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExplainedException said) {
                return said;
            }
        }
        String reason = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        if (failed instanceof NoRemoteRepositoryException) {
            return new IOException(
                    "there is no git repository at " + settings.place() + ", or not for this user (" + reason
                            + "). Make it, empty, or correct remote",
                    failed);
        }
        if (reason.contains("not authorized") || reason.contains("Authentication is required")) {
            return new IOException(
                    settings.place() + " refuses us (" + reason + "). Check user and password, and that they may write",
                    failed);
        }
        return new IOException(
                settings.place() + " cannot be reached, or the connection broke: " + reason
                        + ". Check remote, and the network between here and there",
                failed);
    }
}
