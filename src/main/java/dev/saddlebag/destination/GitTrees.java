package dev.saddlebag.destination;

import dev.saddlebag.vault.Archive;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Store.Stored;
import dev.saddlebag.vault.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A git repository elsewhere, for Kamelets: each workspace has a branch, each snapshot is a commit. Camel fills
 * {@link #getOptions} one by one; nothing is opened before its first use, so that a remote that cannot be reached keeps
 * nothing from starting.
 */
public final class GitTrees {
    private static final Logger LOG = LoggerFactory.getLogger(GitTrees.class);
    private static final List<Class<? extends Exception>> DAMAGE = List.of(
            MissingObjectException.class,
            CorruptObjectException.class,
            IncorrectObjectTypeException.class,
            PackInvalidException.class,
            PackMismatchException.class,
            DamagedMirrorException.class);

    /** Who works in a folder; a lock of the file system tells processes apart, and not what is in one of them. */
    private static final Map<Path, Object> TURNS = new ConcurrentHashMap<>();

    private final Map<String, Object> options = new HashMap<>();

    /** A repository whose options are yet to come. */
    public static GitTrees create() {
        return new GitTrees();
    }

    /** The options by their names; they are taken at each use. */
    public Map<String, Object> getOptions() {
        return options;
    }

    /**
     * Commits the tree of a snapshot and pushes it.
     *
     * @param name the workspace, a slash, and the run
     */
    public Planted put(String name, Tree tree) throws IOException {
        return inTurn(tree.workspace(), place -> {
            GitMirror.Heads heads = place.mirror().heads();
            GitHistory history = place.mirror().history(heads.ours());
            if (history.commits().containsKey(tree.run())) {
                if (!heads.ours().equals(heads.there())) {
                    place.mirror().push(heads.ours().orElseThrow(), heads.there());
                }
                return Planted.before();
            }
            if (!history.commits().isEmpty()
                    && tree.run().compareTo(history.commits().lastKey()) < 0) {
                throw new IOException("the history at " + place.remote().place() + " is at "
                        + history.commits().lastKey() + " already, and nothing is put in between. Give the destination"
                        + " another branch, where a new history begins");
            }
            GitCommit making =
                    new GitCommit(place.mirror().repository(), place.folder(), place.settings(), tree, heads.ours());
            ObjectId commit = making.make();
            place.mirror().push(commit, heads.there());
            GitIndex.keepOnly(place.folder(), commit);
            place.mirror().tidy();
            return making.planted();
        });
    }

    /** The commits at the remote, as names of the form workspace, slash, run. */
    public List<Stored> list(String workspace) throws IOException {
        return inTurn(workspace, place -> {
            List<Stored> stored = new ArrayList<>();
            place.mirror()
                    .history(place.mirror().heads().there())
                    .commits()
                    .forEach((run, made) -> stored.add(new Stored(workspace + "/" + run, made.bytes())));
            return stored;
        });
    }

    /** The files of one commit as a ZIP. */
    public InputStream get(String name) throws IOException {
        String workspace = name.substring(0, Math.max(0, name.indexOf('/')));
        return inTurn(workspace, place -> {
            GitHistory.Made made = place.mirror()
                    .history(place.mirror().heads().there())
                    .commits()
                    .get(RunId.parse(name.substring(workspace.length() + 1)));
            if (made == null) {
                throw new NoSuchFileException(name);
            }
            return zip(place, made.commit());
        });
    }

    /** Fetches the branch anew, looks into each object, and compares the trees with their manifests. */
    public List<Finding> check(String workspace, TreeCheck check) throws IOException {
        return inTurn(workspace, place -> {
            Path folder = place.folder().resolve("check-" + UUID.randomUUID());
            try (GitMirror fresh = GitMirror.open(folder, workspace, place.branch(), place.remote())) {
                Optional<ObjectId> head = place.remote().head(fresh.repository());
                return head.isEmpty() ? List.of() : check(place, fresh, head, check);
            } finally {
                GitMirror.remove(folder);
            }
        });
    }

    private static List<Finding> check(Place place, GitMirror fresh, Optional<ObjectId> head, TreeCheck check)
            throws IOException {
        try {
            place.remote().fetch(fresh.repository(), "refs/saddlebag/checked", true);
        } catch (IOException failed) {
            // A remote that answers and yet does not give what it has is not away, but broken.
            place.remote().head(fresh.repository());
            return List.of(TreeVerification.damage(
                    null,
                    place.remote().place() + " answers, and what it holds cannot be had: " + failed.getMessage()));
        }
        GitHistory history = fresh.history(head);
        GitCheck comparison = new GitCheck(fresh.repository(), check.manifests());
        for (RunId run : check.runs()) {
            if (history.commits().containsKey(run)) {
                comparison.compare(run, history.commits().get(run).commit());
            }
        }
        return comparison.findings();
    }

    /** Where the work for one workspace is done. */
    private record Place(Path folder, GitSettings settings, String branch, GitRemote remote, GitMirror mirror) {}

    private interface Work<T> {
        T in(Place place) throws IOException;
    }

    /** Works alone on the mirror of a workspace, in this process and among all; one that is damaged is made anew. */
    private <T> T inTurn(String workspace, Work<T> work) throws IOException {
        GitSettings settings;
        String branch;
        try {
            settings = GitSettings.of(new Options(options));
            branch = settings.branch(workspace);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("The settings of the destination do not fit: " + wrong.getMessage(), wrong);
        }
        Path folder = settings.stateDirectory()
                .resolve(workspace)
                .resolve("git")
                .resolve(Hashes.of((settings.place() + "\n" + branch).getBytes(StandardCharsets.UTF_8))
                        .substring(0, 12));
        synchronized (TURNS.computeIfAbsent(folder, name -> new Object())) {
            Files.createDirectories(folder);
            try (FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                return work(folder, settings, workspace, branch, work);
            }
        }
    }

    private static <T> T work(Path folder, GitSettings settings, String workspace, String branch, Work<T> work)
            throws IOException {
        Path mirror = folder.resolve("mirror.git");
        boolean known = Files.exists(mirror);
        try {
            return once(folder, mirror, settings, workspace, branch, work);
        } catch (IOException | RuntimeException failed) {
            if (!known || !isDamage(failed)) {
                throw failed;
            }
            LOG.warn("{} is damaged ({}); it is made anew from the remote", mirror, failed.getMessage());
            GitMirror.remove(mirror);
            return once(folder, mirror, settings, workspace, branch, work);
        }
    }

    private static <T> T once(
            Path folder, Path mirror, GitSettings settings, String workspace, String branch, Work<T> work)
            throws IOException {
        GitRemote remote = new GitRemote(settings, branch);
        try (GitMirror opened = opened(mirror, workspace, branch, remote)) {
            return work.in(new Place(folder, settings, branch, remote, opened));
        }
    }

    private static GitMirror opened(Path mirror, String workspace, String branch, GitRemote remote)
            throws DamagedMirrorException {
        try {
            return GitMirror.open(mirror, workspace, branch, remote);
        } catch (IOException | RuntimeException unreadable) {
            throw new DamagedMirrorException(mirror + " does not open", unreadable);
        }
    }

    private static boolean isDamage(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (DAMAGE.contains(cause.getClass())) {
                return true;
            }
        }
        return false;
    }

    private static InputStream zip(Place place, ObjectId commit) throws IOException {
        Path file = Files.createTempFile(place.folder(), "tree-", ".zip");
        try {
            write(place.mirror().repository(), commit, file);
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }

    private static void write(Repository mirror, ObjectId commit, Path file) throws IOException {
        try (RevWalk commits = new RevWalk(mirror);
                TreeWalk walk = new TreeWalk(mirror);
                ObjectReader reader = mirror.newObjectReader();
                OutputStream out = Files.newOutputStream(file)) {
            Archive archive = Archive.compressing(out);
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                ObjectLoader blob = reader.open(walk.getObjectId(0));
                try (InputStream content = blob.openStream()) {
                    archive.put(walk.getPathString(), blob.getSize(), content);
                }
            }
            archive.finish();
        }
    }
}
