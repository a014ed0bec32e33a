package dev.saddlebag.destination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this host remembers of a branch: a bare repository in the state directory in which commits are made before they
 * are pushed. Losing it loses nothing: it is fetched again.
 */
final class GitMirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitMirror.class);
    private static final String THERE = "refs/saddlebag/there";

    /** From so many packs on they are put together. */
    private static final int MANY_PACKS = 50;

    private final FileRepository repository;
    private final String workspace;
    private final String branch;
    private final GitRemote remote;

    private GitMirror(FileRepository repository, String workspace, String branch, GitRemote remote) {
        this.repository = repository;
        this.workspace = workspace;
        this.branch = branch;
        this.remote = remote;
    }

    /** Opens the mirror in {@code folder}, which is made when it is not there. */
    static GitMirror open(Path folder, String workspace, String branch, GitRemote remote) throws IOException {
        NoUserSettings.install();
        FileRepository repository = new FileRepository(folder.toFile());
        try {
            if (!Files.exists(folder.resolve(Constants.HEAD))) {
                create(repository, branch);
            }
            return new GitMirror(repository, workspace, branch, remote);
        } catch (IOException | RuntimeException failed) {
            repository.close();
            throw failed;
        }
    }

    private static void create(FileRepository repository, String branch) throws IOException {
        repository.create(true);
        StoredConfig config = repository.getConfig();
        // What JGit holds in memory while it looks for small differences; its defaults are for larger machines.
        config.setString("pack", null, "windowMemory", "24m");
        config.setString("pack", null, "deltaCacheSize", "8m");
        config.setInt("pack", null, "threads", 1);
        config.setString("core", null, "bigFileThreshold", "8m");
        // By itself JGit would tidy up in a thread of its own, also in a repository that is being removed.
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
        RefUpdate head = repository.updateRef(Constants.HEAD);
        head.link(Constants.R_HEADS + branch);
    }

    /** Removes a mirror that is damaged, or not needed any more. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    FileRepository repository() {
        return repository;
    }

    /**
     * What the remote and this host hold of the branch.
     *
     * @param there what the branch points at; empty when it is not there
     * @param ours the newest commit that is ours: that of the remote, or one that builds upon it
     */
    record Heads(Optional<ObjectId> there, Optional<ObjectId> ours) {}

    /**
     * Asks the remote, and fetches what this host does not know.
     *
     * @throws ForeignHistoryException when the branch is not ours alone
     */
    Heads heads() throws IOException {
        Optional<ObjectId> there = remote.head(repository);
        Optional<ObjectId> ours = ours();
        if (there.equals(ours)) {
            return new Heads(there, ours);
        }
        if (there.isEmpty()) {
            LOG.warn("{} is gone; the next delivery brings its history again", remote.place());
            return new Heads(there, ours);
        }
        if (!repository.getObjectDatabase().has(there.get())) {
            remote.fetch(repository, THERE, false);
        }
        GitHistory.of(repository, there, workspace, remote.place());
        if (ours.isEmpty() || isAncestor(ours.get(), there.get())) {
            remember(there.get());
            return new Heads(there, there);
        }
        if (!isAncestor(there.get(), ours.get())) {
            throw new ForeignHistoryException(
                    remote.place(),
                    "was rewritten: it does not build upon "
                            + ours.get().abbreviate(10).name() + ", which Saddlebag had pushed there");
        }
        LOG.warn("{} lacks commits that were pushed there; the next delivery brings them again", remote.place());
        return new Heads(there, ours);
    }

    /** The snapshots in the history of {@code head}. */
    GitHistory history(Optional<ObjectId> head) throws IOException {
        return GitHistory.of(repository, head, workspace, remote.place());
    }

    /**
     * Pushes {@code commit} and asks the remote whether it is there.
     *
     * @throws IOException with a sentence when it is not
     */
    void push(ObjectId commit, Optional<ObjectId> there) throws IOException {
        remote.push(repository, commit, there);
        Optional<ObjectId> now = remote.head(repository);
        if (!now.equals(Optional.of(commit))) {
            throw new IOException(remote.place() + " took the commit "
                    + commit.abbreviate(10).name() + " and does not show it. The next run looks at it anew");
        }
        remember(commit);
    }

    /** Puts packs together when there are many, since each is looked into. */
    void tidy() {
        if (repository.getObjectDatabase().getPacks().size() >= MANY_PACKS) {
            try (Git git = Git.wrap(repository)) {
                git.gc().call();
            } catch (GitAPIException | RuntimeException failed) {
                LOG.warn("The packs of {} could not be put together: {}", repository.getDirectory(), failed.toString());
            }
        }
    }

    private Optional<ObjectId> ours() throws IOException {
        try {
            return Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch))
                    .map(Ref::getObjectId);
        } catch (IOException unreadable) {
            throw new DamagedMirrorException("the reference of " + branch, unreadable);
        }
    }

    private void remember(ObjectId commit) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(commit);
        RefUpdate.Result result = update.forceUpdate();
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
            LOG.warn("{} could not be written ({}); the next run finds out anew", repository.getDirectory(), result);
        }
    }

    private boolean isAncestor(ObjectId older, ObjectId newer) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(older), walk.parseCommit(newer));
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
