package dev.saddlebag.destination;

import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The making of one commit in the mirror: reads the files that the commit before does not have, writes them as one pack,
 * and the trees. No file is in memory as a whole, and none lies on the disk as itself.
 */
final class GitCommit {
    /** The file that names what is left out. */
    static final String LEFT_OUT = "LEFT-OUT.txt";

    private static final String NAMESPACE = "git";

    private final FileRepository mirror;
    private final Path folder;
    private final GitSettings settings;
    private final Tree tree;
    private final Optional<ObjectId> parent;
    private final GitContent content;
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<String, ObjectId> read = new HashMap<>();
    private final GitTreeProof proof;
    private long bytesRead;
    private long files;
    private long bytes;

    /**
     * Prepares the commit.
     *
     * @param folder where the indexes lie
     * @param parent the commit to build upon; empty for the first
     */
    GitCommit(FileRepository mirror, Path folder, GitSettings settings, Tree tree, Optional<ObjectId> parent)
            throws IOException {
        this.mirror = mirror;
        this.folder = folder;
        this.settings = settings;
        this.tree = tree;
        this.parent = parent;
        try (Entries entries = tree.entries()) {
            this.content = settings.content().in(entries);
        }
        this.proof = new GitTreeProof(mirror);
    }

    /** Makes it; nothing points at it yet. */
    ObjectId make() throws IOException {
        try (GitIndex.Writing index = new GitIndex.Writing(folder)) {
            ObjectId root;
            try (PackInserter inserter = mirror.getObjectDatabase().newPackInserter()) {
                insertChanged(inserter);
                root = insertTrees(inserter, index);
                inserter.flush();
            }
            proof.compare(root);
            ObjectId commit = insertCommit(root);
            index.keep(commit);
            return commit;
        }
    }

    /** What was done for it. */
    Planted planted() {
        return new Planted(true, true, read.size(), bytesRead, (int) files - read.size(), leftOut);
    }

    private void insertChanged(ObjectInserter inserter) throws IOException {
        try (GitIndex before = GitIndex.of(folder, parent)) {
            tree.read(entry -> isChanged(entry, before), (entry, bytesOfIt) -> {
                read.put(entry.path(), inserter.insert(Constants.OBJ_BLOB, entry.size(), bytesOfIt));
                expectEnd(bytesOfIt);
                bytesRead += entry.size();
            });
        }
    }

    private boolean isChanged(Entry entry, GitIndex before) {
        if (!content.holds(entry.path())) {
            return false;
        }
        Optional<String> objection = objection(entry);
        if (objection.isPresent()) {
            leftOut.add(new LeftOut(entry.path(), entry.size(), objection.get()));
            return false;
        }
        try {
            return before.blob(entry).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> objection(Entry entry) {
        if (entry.size() > settings.largestFile()) {
            return Optional.of("larger than the " + (settings.largestFile() >> 20) + " MiB of largest-file");
        }
        if (entry.path().equals(LEFT_OUT)) {
            return Optional.of("this list has its name");
        }
        return GitPaths.objection(entry.path());
    }

    /** The hash of a file is compared when its end is read. */
    private static void expectEnd(InputStream content) throws IOException {
        if (content.read() >= 0) {
            throw new IOException("a file goes on after its end");
        }
    }

    private ObjectId insertTrees(ObjectInserter inserter, GitIndex.Writing index) throws IOException {
        GitTreeBuilder builder = new GitTreeBuilder(inserter);
        try (Entries entries = tree.entries();
                GitIndex before = GitIndex.of(folder, parent)) {
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                Entry entry = next.get();
                if (content.holds(entry.path()) && objection(entry).isEmpty()) {
                    ObjectId known = read.get(entry.path());
                    ObjectId blob = known != null ? known : before.blob(entry).orElseThrow();
                    builder.add(entry.path(), blob);
                    index.add(entry, blob);
                    proof.expect(entry.path(), blob);
                    files++;
                    bytes += entry.size();
                }
            }
        }
        if (!leftOut.isEmpty()) {
            builder.add(LEFT_OUT, inserter.insert(Constants.OBJ_BLOB, list().getBytes(StandardCharsets.UTF_8)));
        }
        return builder.finish();
    }

    private String list() {
        StringBuilder text =
                new StringBuilder("These files of the snapshot are not in this tree. The vaults of the workspace"
                        + " have them.\nEach line: path, bytes, reason, with tabs between.\n\n");
        leftOut.forEach(file -> text.append(file.path())
                .append('\t')
                .append(file.size())
                .append('\t')
                .append(file.why())
                .append('\n'));
        return text.toString();
    }

    private ObjectId insertCommit(ObjectId root) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        PersonIdent author = new PersonIdent(
                settings.authorName(), settings.authorEmail(), tree.run().started(), ZoneOffset.UTC);
        commit.setTreeId(root);
        parent.ifPresent(commit::setParentId);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(GitMessage.of(tree, content, changedPages(root), files, bytes));
        if (settings.sign()) {
            commit.setGpgSignature(new GpgSignature(tree.sign(NAMESPACE, commit.build())));
        }
        try (ObjectInserter inserter = mirror.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private Optional<Integer> changedPages(ObjectId root) throws IOException {
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        int changed = 0;
        try (RevWalk commits = new RevWalk(mirror);
                TreeWalk walk = new TreeWalk(mirror)) {
            walk.addTree(commits.parseCommit(parent.get()).getTree());
            walk.addTree(root);
            walk.setRecursive(true);
            walk.setFilter(AndTreeFilter.create(PathFilter.create(content.pages()), TreeFilter.ANY_DIFF));
            while (walk.next()) {
                changed++;
            }
        }
        return Optional.of(changed);
    }
}
