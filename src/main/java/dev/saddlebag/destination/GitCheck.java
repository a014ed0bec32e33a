package dev.saddlebag.destination;

import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Compares commits with the manifests of their snapshots, file by file. Holds the names of one tree in memory. */
final class GitCheck {
    private final Repository fetched;
    private final TreeCheck.Manifests manifests;
    private final List<Finding> findings = new ArrayList<>();
    private Map<ObjectId, String> hashes = new HashMap<>();

    /** @param fetched a repository that was fetched for this, and nothing else */
    GitCheck(Repository fetched, TreeCheck.Manifests manifests) {
        this.fetched = fetched;
        this.manifests = manifests;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Compares one commit; what has not changed since the one before is not read again. */
    void compare(RunId run, ObjectId commit) throws IOException {
        Optional<Entries> manifest = manifests.of(run);
        if (manifest.isEmpty()) {
            findings.add(TreeVerification.note(
                    run, "no vault has this snapshot any more: its tree is sound in itself, and was not compared"));
            return;
        }
        try (Entries entries = manifest.get();
                ObjectReader reader = fetched.newObjectReader()) {
            GitContent content = content(commit);
            Map<String, ObjectId> files = files(commit);
            Set<String> leftOut = leftOut(reader, files.remove(GitCommit.LEFT_OUT));
            Map<ObjectId, String> now = new HashMap<>();
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                Entry entry = next.get();
                ObjectId blob = files.remove(entry.path());
                if (blob != null) {
                    compare(run, entry, blob, reader, now);
                } else if (content.holds(entry.path()) && !leftOut.contains(entry.path())) {
                    damage(run, entry.path(), "is missing in the tree");
                }
            }
            files.keySet().stream()
                    .limit(Finding.SHOWN)
                    .forEach(path -> damage(run, path, "is in the tree, and the snapshot has no such file"));
            hashes = now;
        }
    }

    private void compare(RunId run, Entry entry, ObjectId blob, ObjectReader reader, Map<ObjectId, String> now)
            throws IOException {
        String hash = hashes.containsKey(blob) ? hashes.get(blob) : sha256(reader, blob);
        now.put(blob.copy(), hash);
        if (!hash.equals(entry.sha256())) {
            damage(run, entry.path(), "is not what the snapshot has: its SHA-256 is another");
        }
    }

    private GitContent content(ObjectId commit) throws IOException {
        try (RevWalk commits = new RevWalk(fetched)) {
            return GitMessage.content(commits.parseCommit(commit));
        }
    }

    private Map<String, ObjectId> files(ObjectId commit) throws IOException {
        Map<String, ObjectId> files = new HashMap<>();
        try (RevWalk commits = new RevWalk(fetched);
                TreeWalk walk = new TreeWalk(fetched)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                files.put(walk.getPathString(), walk.getObjectId(0));
            }
        }
        return files;
    }

    private static Set<String> leftOut(ObjectReader reader, ObjectId list) throws IOException {
        Set<String> paths = new HashSet<>();
        if (list != null) {
            new String(reader.open(list).getCachedBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.indexOf('\t') > 0)
                    .forEach(line -> paths.add(line.substring(0, line.indexOf('\t'))));
        }
        return paths;
    }

    private static String sha256(ObjectReader reader, ObjectId blob) throws IOException {
        try (InputStream content = reader.open(blob).openStream();
                DigestInputStream digest = new DigestInputStream(content, Hashes.sha256())) {
            digest.transferTo(OutputStream.nullOutputStream());
            return Hashes.hex(digest.getMessageDigest().digest());
        }
    }

    private void damage(RunId run, String path, String what) {
        findings.add(new Finding(run, path, Finding.Kind.DAMAGE, what, List.of(), 0));
    }
}
